"""Unusual words go into every field of every form; afterwards they lie nowhere but sealed.

The walk is a process of its own (tests/leaks/walk.py) with its own database, data folder and
folder for temporary files, so that everything it leaves behind can be searched: the database file
with its journal (or, of PostgreSQL, a dump, every file of the server and its log with every
statement in it), the log, sessions, cache, headers, addresses, titles and file names.
"""

import base64
import contextlib
import json
import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import dj_database_url
import postgres
import psycopg
import psycopg.sql
import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.db import connection
from django.test import RequestFactory
from django.views.debug import get_exception_reporter_filter

from leeward.core.checks import statements_are_not_logged
from leeward.core.logs import WithoutTypedWords
from tests.leaks.words import SEEDS, leaks_in, leaks_on_disk, said, shapes

# In processes of its own, each with a database of the engine at hand.
pytestmark = [pytest.mark.engine, pytest.mark.xdist_group("leaks")]

ROOT = Path(__file__).parent.parent
# One for each process that walks: two may at once.
LEAKS = f"leaks_{os.getpid()}"
CREATE = psycopg.sql.SQL(f"CREATE DATABASE {LEAKS} OWNER {{}}")
POSTGRES_URL = os.environ.get("LEEWARD_DATABASE_URL", "")


class Left:
    """What the walk left behind."""

    def __init__(self, folder, done):
        self.folder = folder
        self.printed = done.stdout + done.stderr
        self.report = json.loads((folder / "report.json").read_text())


@contextlib.contextmanager
def _a_database_of_its_own(folder):
    """The address of an empty database; every statement of the walk goes to the server's log.

    At the end a dump of the database and a copy of the server's files lie in `folder`.
    """
    if not POSTGRES_URL:
        yield f"sqlite:///{folder / 'data' / 'leeward.sqlite3'}"
        return
    server = dj_database_url.parse(POSTGRES_URL)
    host = server["HOST"]
    keeper = psycopg.connect(f"host={host} user=keeper dbname=postgres", autocommit=True)
    with keeper:
        keeper.execute(CREATE.format(psycopg.sql.Identifier(server["USER"])))
        keeper.execute(f"ALTER DATABASE {LEAKS} SET log_statement = 'all'")
        keeper.execute(f"ALTER DATABASE {LEAKS} SET log_parameter_max_length = -1")
        try:
            yield f"postgres://{server['USER']}@{quote(host, safe='')}/{LEAKS}"
            _dump(host, folder / "copy")
            keeper.execute("CHECKPOINT")
            for name in ("data", "log"):
                from_server = Path(host) / name
                copy = shutil.copytree if from_server.is_dir() else shutil.copy
                # Sockets and files that come and go are no data.
                with contextlib.suppress(shutil.Error):
                    copy(from_server, folder / "copy" / f"server-{name}")
        finally:
            keeper.execute(f"DROP DATABASE {LEAKS} WITH (FORCE)")


def _dump(host, folder):
    """Every row of every table, as a dump writes them, and a `pg_dump` where there is one."""
    with psycopg.connect(f"host={host} user=keeper dbname={LEAKS}") as line:
        tables = line.execute(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for (table,) in tables:
            with line.cursor().copy(f"COPY {table} TO STDOUT") as rows:
                (folder / f"{table}.copy").write_bytes(b"".join(rows))
    program = postgres.binaries() / "pg_dump"
    if program.exists():
        done = subprocess.run(
            [program, "-h", host, "-U", "keeper", LEAKS], capture_output=True, check=True
        )
        (folder / "leaks.sql").write_bytes(done.stdout)


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    """Walk once."""
    folder = tmp_path_factory.mktemp("leaks")
    for name in ("data", "data/keys", "tmp", "copy"):
        (folder / name).mkdir(mode=0o700)
    with _a_database_of_its_own(folder) as url:
        done = subprocess.run(
            [sys.executable, "-m", "tests.leaks.walk", folder / "report.json", folder / "copy"],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "config.settings_test",
                "LEEWARD_DATABASE_URL": url,
                "LEEWARD_OWNER_DATABASE_URL": url if POSTGRES_URL else "",
                "LEEWARD_KEYRING_URL": f"sqlite:///{folder / 'data' / 'keys' / 'keyring.sqlite3'}",
                "LEEWARD_DATA": str(folder / "data"),
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tools")]),
                "TMPDIR": str(folder / "tmp"),
            },
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr.decode()[-3000:]
    return Left(folder, done)


def test_the_words_lie_on_no_disk(left):
    assert leaks_on_disk([left.folder / name for name in ("copy", "data", "tmp")]) == {}


def test_what_is_searched_is_the_whole_database(left):
    if not POSTGRES_URL:
        assert {path.name for path in (left.folder / "copy").glob("leeward.sqlite3*")} > {
            "leeward.sqlite3"
        }
        return
    assert b"INSERT INTO" in (left.folder / "copy" / "server-log").read_bytes()
    assert (left.folder / "copy" / "server-data" / "base").is_dir()
    assert (left.folder / "copy" / "public.people_youngperson.copy").stat().st_size > 0


def test_the_words_stand_in_no_log(left):
    assert leaks_in(left.printed) == set()
    assert b"ValueError" in left.printed, "the fault itself must be told"


def test_the_words_leave_in_no_header_address_title_or_file_name(left):
    assert left.report["headers"] == {}
    assert left.report["titles"] == {}
    assert left.report["searched_for_by_get"] == [], "a form would write words in an address"
    assert left.report["pdfs"] > 0


def test_the_words_wait_in_no_session_cache_or_mail(left):
    assert left.report["in_memory"] == []
    assert left.report["sessions"] == []


def test_nothing_is_written_outside_the_data_folder(left):
    assert left.report["written"] == []


def test_no_page_broke_but_the_one_that_was_broken(left):
    assert set(left.report["broke"]) <= {"/"}


# What the walk must have filled in, or it proves nothing. By model and field.
TAKEN_IN = """
    drafts.Draft.typed legal.Duty.child legal.DutyAnswer.reasons missing.Episode.last_seen
    missing.Episode.on_return observations.Explanation.how observations.Observation.text
    observations.Observation.own_words observations.Opinion.reasons observations.Pin.why
    observations.Resolution.reason people.Contact.note people.Description.places
    people.FileEvent.reason people.SafeContact.code_word people.SafeContact.reach_at
    people.Strength.text people.YoungPerson.born people.YoungPerson.caring
    people.YoungPerson.name_used people.YoungPerson.other_names placements.Placement.with_whom
    plans.ItemVersion.words plans.ItemVersion.who plans.ItemNews.words plans.Suggestion.words
    plans.Suggestion.why
    relationships.TieVersion.name relationships.TieVersion.part relationships.Advocacy.what
    relationships.AdvocacyNews.words reminders.Channel.address reminders.PutOff.reason
""".split()


def test_the_words_were_taken_in_and_lie_sealed(left):
    assert set(TAKEN_IN) - set(left.report["kept"]) == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_search_would_find_each_word_in_any_shape(seed):
    assert len(shapes(seed)) >= 6
    for shape in shapes(seed):
        assert seed in leaks_in(b"\x00before " + shape + b" after\xff")
    assert leaks_in(b"an ordinary page about nobody, 2007-08-18") == set()


def test_the_search_finds_words_inside_base64():
    for shift in range(3):
        held = base64.b64encode(b"x" * shift + said().encode() + b"and more")
        assert leaks_in(held) == set(SEEDS)


def _logged(record_of):
    """One line as the log would hold it."""
    try:
        raise ValueError(said())
    except ValueError:
        record = record_of(sys.exc_info())
    return WithoutTypedWords().format(record)


def test_a_log_keeps_our_sentences_and_leaves_out_everybody_elses():
    def record(name, text, *arguments, **more):
        made = logging.LogRecord(name, logging.ERROR, __file__, 1, text, arguments, None)
        vars(made).update(more)
        return lambda fault: vars(made).update(exc_info=fault) or made

    ours = _logged(record("leeward.audit", "The log could not be sealed."))
    assert "The log could not be sealed." in ours
    assert "builtins.ValueError" in ours
    assert "test_leaks.py" in ours
    request = RequestFactory().get(f"/{quote(said(40))}/")
    for line in (
        ours,
        _logged(record("django.request", "%s: %s", said(), said(), request=request)),
        _logged(record("django.security.X", said())),
        _logged(record("asyncio", "it broke: %s", said())),
    ):
        assert leaks_in(line.encode()) == set()
    assert "it broke" in _logged(record("asyncio", "it broke: %s", said()))


def test_a_report_of_a_fault_holds_no_variables_forms_or_cookies():
    request = RequestFactory().post("/", {"text": said()}, headers={"cookie": said()})
    keeps = get_exception_reporter_filter(request)
    assert type(keeps).__module__ == "leeward.core.logs"
    try:
        held = said()
        raise ValueError(held)
    except ValueError as fault:
        frame = fault.__traceback__.tb_frame
    assert list(keeps.get_traceback_frame_variables(request, frame)) == []
    for told in (
        keeps.get_post_parameters(request),
        keeps.get_safe_request_meta(request),
        keeps.get_safe_cookies(request),
    ):
        assert not told


@pytest.mark.django_db
def test_faults_are_sent_to_nobody(settings):
    assert [*settings.ADMINS, *settings.MANAGERS] == []
    assert not _said_by_checks("leeward.E001")
    settings.ADMINS = [("Sam Sample", "sam@example.invalid")]
    assert _said_by_checks("leeward.E001")


@pytest.mark.django_db
def test_a_log_in_another_format_is_refused(settings):
    assert not _said_by_checks("leeward.E002")
    plain = {"plain": {"format": "%(message)s"}}
    settings.LOGGING = {**settings.LOGGING, "formatters": plain}
    assert _said_by_checks("leeward.E002")


def _said_by_checks(name):
    return [each for each in run_checks(include_deployment_checks=True) if each.id == name]


@pytest.mark.django_db
def test_a_server_that_logs_statements_is_told_of():
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        assert list(statements_are_not_logged(None, databases=["default"])) == []
        return
    with connection.cursor() as cursor:
        cursor.execute("SET log_parameter_max_length_on_error = '0'")
        before = {each.msg for each in statements_are_not_logged(None, databases=["default"])}
        cursor.execute("SET log_parameter_max_length_on_error = '100'")
        after = {each.msg for each in statements_are_not_logged(None, databases=["default"])}
    assert [each.rpartition(" ")[2] for each in after - before] == [
        "log_parameter_max_length_on_error."
    ]
