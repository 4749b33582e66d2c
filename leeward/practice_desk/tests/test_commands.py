"""The commands that make, fill and serve an installation: what they do and refuse."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.core.management.base import CommandError
from django.http import Http404

from leeward.access.actors import SYSTEM
from leeward.accounts.factories import AgencyFactory
from leeward.accounts.models import Agency
from leeward.accounts.session_store import SessionStore
from leeward.audit.models import AuditRow
from leeward.people.models import YoungPerson
from leeward.practice_desk.invented.personas import NotHere, personas, sign_in_persona
from leeward.practice_desk.invented.populate import populate
from leeward.practice_desk.invented.views import sign_in_as
from leeward.practice_desk.management.commands import demo as demo_command
from leeward.practice_desk.management.serving import check_port, compile_words
from leeward.sealing import keyring
from leeward.sealing.models import AgencyKeyset
from leeward.sealing.providers import KeyFile

# In processes of its own, each with a database of the engine at hand.
pytestmark = pytest.mark.engine

STARTS_WITHIN = 90.0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def command(*arguments: str, data: Path) -> list[str]:
    """`leeward …` with its own folder."""
    return [sys.executable, "-m", "config.cli", *arguments, "--data", str(data)]


def environment() -> dict[str, str]:
    """Ours, without what the test settings put there."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith("LEEWARD_")}
    ours.pop("DJANGO_SETTINGS_MODULE", None)
    return ours


# --- migrate, populate -----------------------------------------------------------------------


@pytest.mark.django_db
def test_migrate_makes_the_keys_once(settings, tmp_path):
    settings.LEEWARD_KEYSET_FILE = tmp_path / "keys" / "keyset.json"
    call_command("migrate", verbosity=0)
    made = settings.LEEWARD_KEYSET_FILE.read_text(encoding="utf-8")
    assert settings.LEEWARD_KEYSET_FILE.stat().st_mode & 0o777 == 0o600
    call_command("migrate", verbosity=0)
    assert settings.LEEWARD_KEYSET_FILE.read_text(encoding="utf-8") == made


@pytest.mark.django_db
@pytest.mark.parametrize("lost", ["key", "keyring"])
def test_migrate_makes_no_new_keys_beside_sealed_words(person, settings, tmp_path, lost):
    if lost == "key":
        settings.LEEWARD_KEYSET_FILE = tmp_path / "keyset.json"
    else:
        AgencyKeyset.objects.all().delete()
    with pytest.raises(CommandError, match=f"not the key.*{'keyset' if lost == 'key' else ''}"):
        call_command("migrate", verbosity=0)
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
def test_migrate_refuses_the_wrong_key(person, settings, tmp_path):
    settings.LEEWARD_KEYSET_FILE = tmp_path / "keyset.json"
    KeyFile().make()
    keyring.let_go()
    with pytest.raises(CommandError, match="key-encryption key that opens this keyring"):
        call_command("migrate", verbosity=0)


@pytest.mark.django_db
def test_migrate_says_so_when_files_are_from_before_the_keyring(person, settings, tmp_path):
    settings.LEEWARD_KEYSET_FILE = tmp_path / "keyset.json"
    settings.LEEWARD_KEYSET_FILE.write_text("{}\n{}\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"from before the keyring.*start again"):
        call_command("migrate", verbosity=0)


@pytest.mark.django_db
def test_migrate_gives_keys_to_an_agency_that_has_none_yet():
    bare = Agency.objects.create(name="Invented, Bare", kind="society", invented=True)
    call_command("migrate", verbosity=0)
    assert keyring.has_key(bare.pk)


@pytest.mark.django_db
def test_populate_fills_an_empty_database(capsys):
    call_command("populate", people=4, seed=3, verbosity=0)
    assert YoungPerson.objects.count() == 4
    assert "4 invented people, seed 3." in capsys.readouterr().out


@pytest.mark.django_db
def test_populate_refuses_a_real_agency():
    AgencyFactory(invented=False)
    with pytest.raises(CommandError, match="real agency"):
        call_command("populate", people=4, verbosity=0)
    assert not YoungPerson.objects.exists()


@pytest.mark.django_db
def test_populate_refuses_a_database_with_people():
    call_command("populate", people=2, verbosity=0)
    with pytest.raises(CommandError, match="already holds people"):
        call_command("populate", people=4, verbosity=0)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["populate", "demo"])
def test_nothing_invented_runs_under_the_settings_of_a_live_service(name, settings):
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["leeward.agency.invalid"]
    with pytest.raises(CommandError, match="live service"):
        call_command(name, people=4)
    assert not Agency.objects.exists()


# --- demo, serve -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_demo_refuses_without_the_demo_settings(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="not the demo"):
        call_command("demo")


@pytest.mark.django_db
def test_demo_refuses_a_real_agency_before_it_touches_anything(settings, monkeypatch):
    settings.DEMO = True
    AgencyFactory(invented=False)
    touched = []
    monkeypatch.setattr(demo_command, "call_command", lambda *a, **_: touched.append(a))
    with pytest.raises(CommandError, match="real agency"):
        call_command("demo", port=free_port())
    assert not touched
    assert not YoungPerson.objects.exists()


@pytest.mark.django_db
def test_demo_says_when_its_port_is_taken(settings):
    settings.DEMO = True
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="is taken"):
            call_command("demo", port=taken.getsockname()[1])


def test_a_port_that_is_free_is_let_through():
    check_port("127.0.0.1", free_port())


@pytest.mark.parametrize("port", [0, 65536, -1])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(CommandError, match="not a port"):
        check_port("127.0.0.1", port)


@pytest.mark.django_db
def test_serve_is_never_the_demo(settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="leeward demo"):
        call_command("serve")


@pytest.mark.django_db
def test_serve_asks_for_migrate_when_there_are_no_keys(settings, tmp_path):
    settings.DEMO = False
    settings.LEEWARD_KEYSET_FILE = tmp_path / "nothing.json"
    with pytest.raises(CommandError, match="leeward migrate"):
        call_command("serve")


def test_words_are_compiled_when_they_are_missing(settings, tmp_path):
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    words = f'{head}\nmsgid "Home"\nmsgstr "Accueil"\n'
    (folder / "django.po").write_text(words, encoding="utf-8")
    settings.LOCALE_PATHS = [tmp_path]
    compile_words()
    assert b"Accueil" in (folder / "django.mo").read_bytes()


class Running:
    """A demo in a process of its own."""

    def __init__(self, data: Path, port: int) -> None:
        self.port = port
        self.process = subprocess.Popen(
            command("demo", "--people", "3", "--port", str(port), data=data),
            cwd=project.BASE_DIR,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.said = self.process.stdout

    def until_ready(self) -> list[str]:
        """What it said, up to the line that says it is ready."""
        lines, until = [], time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            line = self.said.readline()
            if not line:
                break
            lines.append(line.rstrip("\n"))
            if line.startswith("ready:"):
                return lines
        raise AssertionError((lines, self.process.communicate(timeout=30)))

    def get(self, address: str) -> tuple[int, str]:
        """The status and text of a page."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.request("GET", address)
        response = line.getresponse()
        text = response.read().decode()
        line.close()
        return response.status, text

    def stop(self, number: int) -> int:
        """Ask it to stop, and say how it ended."""
        self.process.send_signal(number)
        self.process.communicate(timeout=30)
        return self.process.returncode


def test_the_demo_serves_stops_cleanly_and_starts_again_on_the_same_data(tmp_path):
    port = free_port()
    first = Running(tmp_path, port)
    try:
        said = first.until_ready()
        assert said[0] == "Drawing 3 invented young people, seed 1."
        assert said[-1] == f"ready: http://127.0.0.1:{port}/"
        status, page = first.get("/sign-in/")
        assert status == 200
        assert 'data-persona="wren"' in page
        assert first.stop(signal.SIGTERM) == 0
        second = Running(tmp_path, port)
        # Nothing is drawn anew: it says where to go, and how Noʔeli comes in.
        again = second.until_ready()
        assert again == said[1:]
        assert [each.split(":")[0] for each in again[1:]] == ["my space", "ready"]
        assert second.stop(signal.SIGINT) == 0
    finally:
        for each in (first, locals().get("second")):
            if each and each.process.poll() is None:
                # Not killed: the servers beneath it would live on, and hold what it says open.
                each.process.terminate()
                each.process.communicate(timeout=30)


def test_a_wrong_number_is_said_in_one_line_and_ends_with_1(tmp_path):
    done = subprocess.run(
        command("bench", "--people", "5", data=tmp_path),
        cwd=project.BASE_DIR,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr == "CommandError: --people must be 200 or more.\n"


# --- personas --------------------------------------------------------------------------------


def asked(rf, key: str, going: str = ""):
    request = rf.post("/demo/sign-in/", {"persona": key, "next": going})
    request.session = SessionStore()
    return request


@pytest.mark.django_db
def test_a_persona_signs_in_with_one_press_and_is_recorded(rf, settings):
    settings.DEMO = True
    populate(by=SYSTEM, people=1, seed=1)
    request = asked(rf, "wren", "/people/")
    response = sign_in_as(request)
    assert (response.status_code, response["Location"]) == (302, "/people/")
    row = AuditRow.objects.get(action="worker.sign_in")
    assert str(row.actor_id) == request.session["_auth_user_id"]
    assert row.purpose == "demo"


@pytest.mark.django_db
def test_a_persona_who_writes_french_reads_french(rf, settings):
    settings.DEMO = True
    populate(by=SYSTEM, people=1, seed=1)
    assert sign_in_as(asked(rf, "odile"))["Location"] == "/?lang=fr"


@pytest.mark.django_db
def test_a_persona_is_never_sent_to_another_site(rf, settings):
    settings.DEMO = True
    populate(by=SYSTEM, people=1, seed=1)
    assert sign_in_as(asked(rf, "wren", "https://elsewhere.invalid/"))["Location"] == "/"


@pytest.mark.django_db
def test_nobody_is_a_persona_outside_the_demo(rf, settings):
    settings.DEMO = False
    populate(by=SYSTEM, people=1, seed=1)
    assert personas() == []
    with pytest.raises(Http404):
        sign_in_as(asked(rf, "wren"))


@pytest.mark.django_db
def test_a_worker_of_a_real_agency_is_no_persona(rf, settings):
    settings.DEMO = True
    populate(by=SYSTEM, people=1, seed=1)
    Agency.objects.update(invented=False)
    with pytest.raises(NotHere):
        sign_in_persona(request=asked(rf, "wren"), key="wren")


@pytest.mark.django_db
def test_a_worker_who_is_not_offered_is_no_persona(rf, settings):
    settings.DEMO = True
    populate(by=SYSTEM, people=1, seed=1)
    with pytest.raises(NotHere):
        sign_in_persona(request=asked(rf, "jo"), key="jo")


@pytest.mark.django_db
def test_there_is_a_persona_for_each_job_in_both_agencies(settings):
    settings.DEMO = True
    populate(by=SYSTEM, people=2, seed=1)
    found = personas()
    assert [each.key for each in found] == [
        *("wren", "odile", "sam", "robin", "noor", "lise"),
        *("tala", "ada", "kai", "june", "elio"),
    ]
    assert len({each.agency for each in found}) == 2
    assert {each.language for each in found} == {"en", "fr"}
