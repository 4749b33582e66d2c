"""printed_copy_traces_to_its_printer: somebody finds, or leaks, a printed plan.

The paper and the file name nobody who printed it and no agency. The code on it leads to one row
of the audit, and only there.
"""

import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from leeward.audit.models import AuditRow
from leeward.audit.traces import LENGTH, LETTERS, NotATrace, as_kept, as_printed, new_trace
from leeward.plans.copy.lettering import words_in
from leeward.plans.tests.copies import opened, pages_of, squashed, text_of, told_about
from leeward.relationships.factories import TieVersionFactory

pytestmark = pytest.mark.django_db

CODE = re.compile(f"(?:Copy|Copie)([{LETTERS}]{{4}}-[{LETTERS}]{{4}})")


COPIES = ["plan_copy", "circle_copy"]


def printed(client, person, language="en", copy="plan_copy"):
    """The file, and the code on it."""
    response = client.get(reverse(f"{copy}_{language}", args=[person.pk]))
    assert response.status_code == 200
    codes = {CODE.search(squashed(page))[1] for page in pages_of(response.content)}
    (code,) = codes
    return response, code


def asked(capsys, code):
    """What the privacy officer is told."""
    call_command("audit", "trace", code)
    return capsys.readouterr().out


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_printed_copy_traces_to_its_printer(desk, wren, person, capsys, language, copy):
    TieVersionFactory(tie__person=person)
    _response, code = printed(desk, person, language, copy)
    row = AuditRow.objects.get(trace=as_kept(code))
    assert (row.actor_id, row.subject_id, row.action) == (wren.pk, person.pk, "file.print")
    said = asked(capsys, code)
    assert code in said
    assert wren.display_name in said
    assert wren.agency.name in said
    assert str(person.pk) in said
    assert str(row.at.year) in said


@pytest.mark.parametrize("copy", COPIES)
def test_paper_file_and_name_say_nothing_of_who_printed_it(desk, wren, person, copy):
    TieVersionFactory(tie__person=person)
    response, code = printed(desk, person, copy=copy)
    with opened(response.content) as pdf:
        about = " ".join(f"{key} {value}" for key, value in pdf.docinfo.items())
    around = str(response.headers) + about + told_about(response.content)
    everything = squashed(text_of(response.content) + around).casefold()
    row = AuditRow.objects.get(trace=as_kept(code))
    of_whom = (wren.display_name, wren.username, str(wren.pk), wren.agency.name)
    of_what = (str(wren.agency_id), str(person.pk), row.request_id)
    for each in of_whom + of_what:
        assert squashed(each).casefold() not in everything
        assert squashed(each).replace("-", "").casefold() not in everything
    assert code not in around
    assert code.replace("-", "") not in response.headers["Content-Disposition"]


def test_two_printings_of_the_same_plan_by_the_same_worker_carry_two_codes(desk, person):
    assert printed(desk, person)[1] != printed(desk, person)[1]


def test_a_code_is_drawn_from_letters_that_are_not_mistaken_for_others():
    drawn = {new_trace() for _each in range(300)}
    assert len(drawn) == 300
    assert {len(each) for each in drawn} == {LENGTH}
    assert set("".join(drawn)) == set(LETTERS)
    assert not set(LETTERS) & set("AEIOULQSVYZ")


@pytest.mark.parametrize("typed", ["bcdf-ghjk", " BCDF GHJK ", "B C D F G H J K", "BCDFGHJK"])
def test_a_code_is_read_however_it_was_typed(typed):
    assert as_printed(as_kept(typed)) == "BCDF-GHJK"


@pytest.mark.parametrize("typed", ["", "BCDF", "BCDF-GHJO", "BCDF-GHJK-B"])
def test_what_is_no_code_is_said(typed):
    with pytest.raises(NotATrace):
        as_kept(typed)
    with pytest.raises(CommandError, match="eight letters") as said:
        call_command("audit", "trace", typed)
    assert said.value.returncode == 2


def test_an_unknown_code_tells_nothing(desk, person):
    printed(desk, person)
    with pytest.raises(CommandError, match="No copy was printed with BCDF-GHJK"):
        call_command("audit", "trace", "BCDF-GHJK")


def test_asking_is_on_the_record_too(desk, person, capsys):
    _response, code = printed(desk, person)
    asked(capsys, code)
    row = AuditRow.objects.get(action="audit.trace")
    assert row.shown == [str(person.pk)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_young_person_reads_what_the_code_is_for(desk, person, language):
    response, _code = printed(desk, person, language)
    assert squashed(words_in(language)["code_is_for"]) in text_of(response.content)
    assert len(pages_of(response.content)) == 1
