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


@pytest.mark.parametrize("weak", ["short", "password1234"])
def test_found_with_a_weak_password_adds_nothing(db, monkeypatch, weak):
    with pytest.raises(CommandError):
        found(monkeypatch, weak)
    assert not Agency.objects.exists()


def test_found_with_a_taken_name_says_so(db, monkeypatch):
    found(monkeypatch, "an invented long password")
    with pytest.raises(CommandError, match="is taken"):
        found(monkeypatch, "an invented long password")
