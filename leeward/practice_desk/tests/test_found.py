import io

import pytest
from django.core.management import CommandError, call_command

from leeward.accounts.models import Agency, Worker

WHO = ["--agency", "Invented Agency", "--username", "ilo", "--name", "Ilo Sample"]


def found(monkeypatch, password, *more):
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    call_command("found", *WHO, *more, stdout=io.StringIO())


def test_found_adds_an_agency_and_its_first_supervisor(db, monkeypatch):
    found(monkeypatch, "an invented long password")
    worker = Worker.objects.get()
    assert (worker.agency.name, worker.role) == ("Invented Agency", "supervisor")
    assert worker.check_password("an invented long password")
    assert not worker.agency.invented


def test_found_again_adds_a_worker_to_the_same_agency(db, monkeypatch):
    found(monkeypatch, "an invented long password")
    found(monkeypatch, "another invented password", "--username", "jo", "--role", "worker")
    assert Agency.objects.count() == 1
    assert Worker.objects.get(username="jo").role == "worker"


def test_the_only_supervisor_sees_the_files_of_whoever_is_taken_on(db, monkeypatch):
    found(monkeypatch, "an invented long password")
    found(monkeypatch, "another invented password", "--username", "jo", "--role", "worker")
    ilo = Worker.objects.get(username="ilo")
    assert (Worker.objects.get(username="jo").supervised_by, ilo.supervised_by) == (ilo, None)


def test_of_several_supervisors_one_is_named(db, monkeypatch):
    for name in ("ilo", "kai"):
        found(monkeypatch, "an invented long password", "--username", name)
    for more in ([], ["--supervised-by", "kai"]):
        name = "jo" if more else "al"
        found(monkeypatch, "yet another password", "--username", name, "--role", "worker", *more)
    assert Worker.objects.get(username="al").supervised_by is None
    assert Worker.objects.get(username="jo").supervised_by.username == "kai"
    with pytest.raises(CommandError, match="is no supervisor"):
        found(monkeypatch, "yet another password", "--username", "z", "--supervised-by", "al")


@pytest.mark.parametrize("weak", ["short", "password1234"])
def test_found_with_a_weak_password_adds_nothing(db, monkeypatch, weak):
    with pytest.raises(CommandError):
        found(monkeypatch, weak)
    assert not Agency.objects.exists()


def test_found_with_a_taken_name_says_so(db, monkeypatch):
    found(monkeypatch, "an invented long password")
    with pytest.raises(CommandError, match="is taken"):
        found(monkeypatch, "an invented long password")


def test_found_with_an_invitation_asks_for_no_password_and_prints_a_link_that_works(db, client):
    said = io.StringIO()
    call_command("found", *WHO, "--invite", stdout=said)
    worker = Worker.objects.get()
    assert not worker.has_usable_password()
    link = said.getvalue().splitlines()[0]
    path = link.removeprefix("https://testserver")
    assert path.startswith("/start/")
    assert client.post(path).headers["Location"] == "/start/"
    chosen = {"password": "an invented long password", "once_more": "an invented long password"}
    assert client.post("/start/", chosen).status_code == 302
    assert client.session["_auth_user_id"] == str(worker.pk)
