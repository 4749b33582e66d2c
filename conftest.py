"""What every test stands on: a cast of invented people, and a GET that may write one thing."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import messages
import pytest
from django.conf import settings as django_settings
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, settings

from leeward.access.actors import Actor, actor_for
from leeward.access.boundary import across_agencies
from leeward.accounts.factories import AgencyFactory, WorkerFactory, supervise
from leeward.accounts.models import Agency, Worker
from leeward.audit.models import AuditRow
from leeward.people.factories import YoungPersonFactory
from leeward.people.models import YoungPerson
from leeward.sealing import keyring

# A first example may pay for imports and key set-up; what is slow is measured by `leeward bench`.
settings.register_profile(
    "leeward", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("leeward")

# A GET may write its own audit row; Django may look after the session it rests on.
MAY_BE_WRITTEN = ("audit_auditrow", "accounts_session")
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Tests in French read compiled catalogues, which are not kept in the repository."""
    if not hasattr(session.config, "workerinput"):
        messages.compile_all(messages.ROOT)


# The longest: started first, so that no process is left with one when the others are done.
LONGEST = (
    "leeward/keeping/tests/test_backups.py",
    "tests/checks/test_disposed_person_is_unreadable_in_older_backup.py",
    "tests/test_leaks.py",
    "tests/checks/test_foreign_object_everywhere.py",
    "tests/test_every_door.py",
)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Whatever touches the data touches the keyring: what is sealed needs a key. It is also what
    another engine could do otherwise."""
    for item in items:
        asked = item.get_closest_marker("django_db")
        if asked or {"db", "transactional_db"} & set(getattr(item, "fixturenames", ())):
            given = {**(asked.kwargs if asked else {}), "databases": ["default", "keyring"]}
            item.add_marker(pytest.mark.django_db(**given), append=False)
            if not item.get_closest_marker("one_engine"):
                item.add_marker("engine")
    yield
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_unconfigure() -> None:
    """The keys of this run, made on the spot; a worker of xdist ends without `atexit`."""
    folder = django_settings.LEEWARD_KEYSET_FILE.parent.parent
    if folder.name.startswith("leeward-test-"):
        shutil.rmtree(folder, ignore_errors=True)


# Filled by `migrate`, and by nobody after.
FILLED_ONCE = {"django_content_type", "auth_permission"}


def _empty(line: BaseDatabaseWrapper) -> None:
    """Remove every row. Django would truncate each table and fill two of them again: a second on
    PostgreSQL, where a test fills a few of a hundred tables."""
    names = line.introspection.django_table_names(only_existing=True, include_views=False)
    tables = {each: line.ops.quote_name(each) for each in {*names} - FILLED_ONCE}
    asked = " UNION ALL ".join(
        f"SELECT '{each}' WHERE EXISTS (SELECT 1 FROM {quoted})"  # noqa: S608
        for each, quoted in tables.items()
    )
    # In one transaction, at whose end every reference is looked at.
    with transaction.atomic(using=line.alias), line.cursor() as cursor:
        cursor.execute(asked)
        for (each,) in cursor.fetchall():
            cursor.execute(f"DELETE FROM {tables[each]}")  # noqa: S608


@pytest.fixture(autouse=True, scope="session")
def _audit_is_emptied_between_tests_alone() -> Iterator[None]:
    """A test that commits is followed by emptying every table, which the database rightly refuses
    of the log: the refusal is taken away for that moment and put back. Nothing outside the tests
    does this."""
    triggers = [
        import_module(f"leeward.audit.migrations.{name}")
        for name in ("0002_never_changed", "0004_leaves_never_changed")
    ]

    def empty(case: TransactionTestCase) -> None:
        with connection.schema_editor() as editor:
            for each in reversed(triggers):
                each.allow(None, editor)
        try:
            with across_agencies():
                for alias in case._databases_names(include_mirrors=False):  # type: ignore[attr-defined]
                    _empty(connections[alias])
        finally:
            with connection.schema_editor() as editor:
                for each in triggers:
                    each.forbid(None, editor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture(autouse=True)
def _no_key_outlives_its_test() -> Iterator[None]:
    """The keyring is emptied after each test; so is what this process has opened of it."""
    yield
    keyring.let_go()


@pytest.fixture(autouse=True)
def _every_agency() -> Iterator[None]:
    """A test sets its scene as the owner of the database. A request stands within one agency."""
    with across_agencies():
        yield


@pytest.fixture(autouse=True)
def _language_of_nobody() -> Iterator[None]:
    """A page leaves its language with the thread; the next test starts without one."""
    yield
    translation.deactivate()


@contextlib.contextmanager
def taken_back(alias: str) -> Iterator[None]:
    """Whatever is written to this database until the end is undone then."""
    with transaction.atomic(using=alias):
        yield
        transaction.set_rollback(True, using=alias)


@pytest.fixture(scope="module")
def made_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """What a fixture of a whole file of tests makes beneath this stays until the file is done.
    Each test works in a savepoint of its own above it, and leaves it as it was. Not for a file
    with a test that commits."""
    with django_db_blocker.unblock(), contextlib.ExitStack() as stack:
        for alias in ("default", "keyring"):
            stack.enter_context(taken_back(alias))
        yield


@pytest.fixture
def agency(db: None) -> Agency:
    """The agency the story happens at."""
    return AgencyFactory.create()


@pytest.fixture
def wren(agency: Agency) -> Worker:
    """A worker on the young person's team."""
    return WorkerFactory.create(agency=agency, username="wren")


@pytest.fixture
def colleague(agency: Agency) -> Worker:
    """A worker of the same agency who is not on the team."""
    return WorkerFactory.create(agency=agency, display_name="Jo Made-Up")


@pytest.fixture
def supervisor(agency: Agency, wren: Worker) -> Worker:
    """Wren's supervisor."""
    return supervise(WorkerFactory.create(agency=agency, supervisor=True), wren)


@pytest.fixture
def outsider(db: None) -> Worker:
    """A supervisor of another agency: as much as a role can be, and still a stranger."""
    return WorkerFactory.create(agency=AgencyFactory(indigenous=True), supervisor=True)


@pytest.fixture
def person(agency: Agency, wren: Worker) -> YoungPerson:
    """A young person whom Wren works with."""
    return YoungPersonFactory.create(
        agency=agency, opened_by=wren, name_used="Noʔeli", team=[wren]
    )


@pytest.fixture
def actor(wren: Worker) -> Actor:
    """Wren, as actions take her."""
    return actor_for(wren)


@pytest.fixture
def desk(client: Client, wren: Worker) -> Client:
    """A browser in which Wren is signed in."""
    client.force_login(wren)
    return client


@pytest.fixture
def assert_get_writes_only_audit() -> Callable[..., Any]:
    """`assert_get_writes_only_audit(client, url)`: the response, having proved that reading it
    wrote its one audit row at most and nothing else."""

    def get(client: Client, url: str, **extra: Any) -> Any:
        before = AuditRow.objects.count()
        with CaptureQueriesContext(connection) as seen:
            response = client.get(url, **extra)
        written = [
            each["sql"] for each in seen.captured_queries if each["sql"].startswith(WRITING)
        ]
        beyond = [
            sql for sql in written if not any(f'"{table}"' in sql for table in MAY_BE_WRITTEN)
        ]
        assert not beyond, f"GET {url} wrote: {beyond}"
        assert AuditRow.objects.count() - before <= 1, f"GET {url} wrote several audit rows"
        return response

    return get
