"""Bringing in a spreadsheet by the pages, and by the command: the same rows, the same faults."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.urls import reverse

from leeward.accounts.factories import WorkerFactory
from leeward.concerns.importing import actions
from leeward.concerns.models import Import, ImportRow
from leeward.people.factories import YoungPersonFactory
from leeward.people.models import YoungPerson
from leeward.practice_desk.views import caseload

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
CSV = "Nom;Naissance\nPretend, Tamsin;04/03/2010\nInvented, Bram;2010-03-04\n;;\n".encode("cp1252")
COLUMNS = {"heading": 1, "goes-0": "last_first", "goes-1": "born", "style": "dmy"}
MAPPING = {
    "heading": 1,
    "columns": [{"goes": "last_first"}, {"goes": "born", "style": "dmy"}],
}


@pytest.fixture
def intake(agency):
    return WorkerFactory(agency=agency, role="intake", username="intake.sample")


@pytest.fixture
def desk(client, intake):
    client.force_login(intake)
    return client


def bring(desk, data=CSV):
    return desk.post(reverse("caseloads"), {"file": SimpleUploadedFile("x.csv", data)})


def test_from_the_spreadsheet_to_files_and_nothing_of_it_is_kept(desk):
    columns = bring(desk).url
    shown = desk.get(columns).content.decode()
    assert "A: Nom (Pretend, Tamsin, Invented, Bram)" in shown
    said = desk.post(columns, COLUMNS | {"goes-1": ""})
    assert said.status_code == 422
    assert "Say where column B goes" in said.content.decode()
    page = desk.post(columns, COLUMNS).url
    shown = desk.get(page).content.decode()
    assert re.search(r"Row 3</span><span><span class=\"q\">Naissance: This day is written", shown)
    assert not YoungPerson.objects.exists()
    desk.post(page)
    assert [each.name_used for each in YoungPerson.objects.all()] == ["Tamsin Pretend"]
    end = reverse("caseload_end", kwargs={"import_id": Import.objects.get().pk})
    assert desk.post(end).status_code == 422
    desk.post(end, {"leave_out": "yes"})
    assert [each.cells for each in ImportRow.objects.all()] == [None] * 3
    shown = desk.get(page).content.decode()
    assert "Nothing of the spreadsheet is kept" in shown
    # The row of the headings is no row of anybody.
    assert "1 of 2 rows are files" in shown


def test_rows_that_cannot_be_taken_are_named(desk, monkeypatch):
    page = desk.post(bring(desk).url, COLUMNS | {"style": "ymd"}).url
    monkeypatch.setattr(caseload, "go_on", lambda *_who, **_how: [3])
    said = desk.post(page)
    assert said.status_code == 422
    assert "could not be taken, and waits as it came: 3." in said.content.decode()


def test_where_no_row_can_be_taken_the_page_says_so_and_the_log_nothing_of_them(
    desk, monkeypatch, caplog
):
    def refuse(by, opened):
        raise IntegrityError(opened[0][0].name_used)

    page = desk.post(bring(desk).url, COLUMNS).url
    monkeypatch.setattr(actions, "keep_new", refuse)
    said = desk.post(page)
    assert said.status_code == 422
    assert "None of these rows could be taken" in said.content.decode()
    assert "IntegrityError" in caplog.text
    assert "Tamsin" not in caplog.text
    assert not YoungPerson.objects.exists()


def test_whoever_is_alike_is_decided_on_a_page(desk):
    twice = b"Name\nTamsin Pretend\nTamsin Pretend\n"
    page = desk.post(bring(desk, twice).url, {"heading": 1, "goes-0": "name"}).url
    desk.post(page)
    row = ImportRow.objects.get(state="alike")
    where = reverse("caseload_row", kwargs={"import_id": row.of_id, "row_id": row.pk})
    assert where in desk.get(page).content.decode()
    assert desk.post(where).status_code == 422
    shown = desk.get(where).content.decode()
    assert "Tamsin Pretend" in shown
    # As where one looks for a name: why, and where to read more.
    assert 'class="result__why"' in shown
    desk.post(where, {"who": "else"})
    assert YoungPerson.objects.count() == 2


def test_whoever_came_meanwhile_is_shown_before_the_answer_counts(desk, agency, intake):
    twice = b"Name\nTamsin Pretend\nTamsin Pretend\n"
    page = desk.post(bring(desk, twice).url, {"heading": 1, "goes-0": "name"}).url
    desk.post(page)
    row = ImportRow.objects.get(state="alike")
    where = reverse("caseload_row", kwargs={"import_id": row.of_id, "row_id": row.pk})
    YoungPersonFactory(agency=agency, opened_by=intake, name_used="Tamsin Pretendd")
    said = desk.post(where, {"who": "else"})
    assert said.status_code == 422
    assert "Tamsin Pretendd" in said.content.decode()
    assert YoungPerson.objects.count() == 2
    assert desk.post(where, {"who": "else"}).status_code == 302
    assert YoungPerson.objects.count() == 3


def test_without_headings_the_first_row_is_somebody(desk):
    columns = bring(desk, b"Tamsin Pretend\nBram Invented\n").url
    page = desk.post(columns, {"heading": 0, "goes-0": "name"}).url
    desk.post(page)
    assert {each.name_used for each in YoungPerson.objects.all()} == {
        "Tamsin Pretend",
        "Bram Invented",
    }


def test_what_is_no_spreadsheet_says_what_to_do(desk):
    said = bring(desk, b"%PDF-1.7\x00")
    assert said.status_code == 422
    assert "Choose a CSV or XLSX file" in said.content.decode()
    assert not Import.objects.exists()


@pytest.fixture
def ask(tmp_path, agency, intake, capsys):
    """`ask(go=True)`: the command, with what it said."""
    path, mapping = tmp_path / "x.csv", tmp_path / "mapping.json"
    path.write_bytes(CSV)
    mapping.write_text(json.dumps(MAPPING))

    def run(**options):
        given = {"agency": agency.name, "by": intake.username, "mapping": str(mapping)}
        call_command("import", str(path), **given | options)
        return capsys.readouterr().out

    return run


def test_the_command_tries_first_and_says_every_fault(ask):
    said = ask()
    assert "row 3, column B: This day is written in another style" in said
    assert "2 rows, 1 with faults, 1 empty rows between them." in said
    assert not Import.objects.exists()


def test_the_command_goes_and_goes_on(ask):
    said = ask(go=True)
    run = re.search(r"--resume (\S+)", said)[1]
    assert "A file was opened: 1" in said
    assert "A file was opened: 1" in ask(go=True, resume=run)
    assert YoungPerson.objects.count() == 1


def test_the_command_proposes_a_mapping(ask):
    assert json.loads(ask(mapping=None))["columns"][0]["goes"] == "name"


@pytest.mark.parametrize(
    "wrong",
    [
        {"agency": "Nowhere"},
        {"by": "nobody"},
        {"mapping": "nowhere.json"},
        {"go": True, "resume": "nothing"},
    ],
)
def test_the_command_refuses_what_cannot_be(ask, wrong):
    with pytest.raises(CommandError):
        ask(**wrong)
