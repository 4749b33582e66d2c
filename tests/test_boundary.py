"""Where a thread stands, and as whom each command asks the database."""

import contextlib
import importlib
import os
import subprocess
import sys
import threading
import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError
from django.db import connection

from config import cli
from leeward.access import policies
from leeward.access.boundary import NOBODY, across_agencies, current, within
from leeward.access.checks import role_that_sees_too_little
from leeward.core.boundary import NOTHING, Boundary, SeesTooLittle, for_row_of
from leeward.documents.sweeping import sweep_up
from leeward.practice_desk.management import serving
from tests.two_agencies import served_as_app_role

# In processes of its own, each with a database of the engine at hand.
pytestmark = pytest.mark.engine

settings = importlib.import_module("config.settings")
SHORE, RIVERS = uuid.uuid4(), uuid.uuid4()


def test_the_inner_boundary_holds_and_the_outer_one_comes_back():
    with within(SHORE):
        with within(RIVERS):
            assert current() == Boundary(RIVERS)
        with contextlib.suppress(ZeroDivisionError), within(None):
            assert current() == NOTHING
            raise ZeroDivisionError
        assert current() == Boundary(SHORE)


def test_a_new_thread_stands_nowhere():
    found = []
    with across_agencies():
        thread = threading.Thread(target=lambda: found.append(current()))
        thread.start()
        thread.join()
    assert found == [NOTHING]


@pytest.mark.parametrize(("agency_id", "at"), [(SHORE, SHORE), (None, NOBODY)])
def test_an_audit_row_goes_where_it_belongs(agency_id, at):
    with within(RIVERS), for_row_of(agency_id):
        assert current() == Boundary(at)
    with across_agencies(), for_row_of(agency_id):
        assert current().across


def test_only_commands_ask_as_the_owner(monkeypatch):
    monkeypatch.setenv("LEEWARD_DATABASE_URL", "postgres://pages@/leeward")
    monkeypatch.setenv("LEEWARD_OWNER_DATABASE_URL", "postgres://owner@/leeward")
    for as_owner, role in (("1", "owner"), ("", "pages")):
        monkeypatch.setenv("LEEWARD_AS_OWNER", as_owner)
        assert settings._database_url() == f"postgres://{role}@/leeward"
    monkeypatch.delenv("LEEWARD_DATABASE_URL")
    with pytest.raises(ImproperlyConfigured, match="LEEWARD_DATABASE_URL"):
        settings._database_url()


@pytest.mark.parametrize(("command", "across"), [("migrate", True), ("serve", False)])
def test_a_command_of_the_owners_stands_across_and_no_other_does(monkeypatch, command, across):
    seen = []
    monkeypatch.setattr(
        "django.core.management.execute_from_command_line", lambda _: seen.append(current())
    )
    monkeypatch.setattr(cli, "make_secret_key", lambda _: None)
    monkeypatch.setattr(cli, "_check_sees_all", lambda: None)
    monkeypatch.setenv("LEEWARD_AS_OWNER", "1")
    assert cli.main([command]) == 0
    assert seen == [Boundary(across=across)]
    assert {"serve", "check", "shell"}.isdisjoint(cli.AS_OWNER)


def test_each_command_of_ours_says_as_whom_it_runs():
    ours = {name for name, app in get_commands().items() if app.startswith("leeward.")}
    # Pages are served by the other role; every command beside it works for all agencies.
    assert ours - {"serve"} <= cli.AS_OWNER


@pytest.mark.django_db
@pytest.mark.parametrize("agency_id", [None, SHORE])
def test_nothing_is_swept_up_by_whoever_does_not_see_whose_it_is(agency_id):
    with within(agency_id), pytest.raises(SeesTooLittle):
        sweep_up()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("command", [("documents", "sweep"), ("watch",), ("audit", "verify")])
def test_a_role_that_is_shown_no_row_runs_no_command_of_the_owners(monkeypatch, capsys, command):
    ran = []
    monkeypatch.setattr("django.core.management.execute_from_command_line", ran.append)
    monkeypatch.setenv("LEEWARD_AS_OWNER", "1")
    assert cli.main(command) == 0
    assert len(ran) == 1
    if connection.vendor == "sqlite":
        assert role_that_sees_too_little() == ""
        return
    with served_as_app_role():
        # Every row would seem gone: a sweep would take every document for nobody's.
        assert cli.main(command) == 1
    assert len(ran) == 1
    assert "Set LEEWARD_OWNER_DATABASE_URL" in capsys.readouterr().err


def test_an_identity_is_made_where_leeward_keeps_nothing(tmp_path):
    there = tmp_path / "nothing"
    told = {name: value for name, value in os.environ.items() if not name.startswith("LEEWARD_")}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "config.cli",
            "backup",
            "--new-identity",
            str(tmp_path / "officer"),
        ],
        env=told | {"LEEWARD_DATA": str(there), "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("age1"), done.stderr
    assert not there.exists()


def test_whoever_serves_pages_is_not_told_of_the_owner(monkeypatch):
    monkeypatch.setenv("LEEWARD_AS_OWNER", "1")
    monkeypatch.setenv("LEEWARD_OWNER_DATABASE_URL", "postgres://owner@/leeward")
    monkeypatch.setenv("LEEWARD_DATABASE_URL", "postgres://pages@/leeward")
    told = serving.environment_of_pages()
    assert told["LEEWARD_DATABASE_URL"] == "postgres://pages@/leeward"
    assert not serving.OWNERS & set(told)


@pytest.mark.django_db
def test_migrating_says_which_table_nothing_covers(monkeypatch):
    def uncovered(*_):
        raise policies.Uncovered("an_invented_table")

    monkeypatch.setattr(policies, "apply", uncovered)
    monkeypatch.setattr("leeward.practice_desk.management.commands.migrate.connection.vendor",
                        "postgresql", raising=False)  # fmt: skip
    with pytest.raises(CommandError, match="an_invented_table"):
        call_command("migrate", verbosity=0, interactive=False)
