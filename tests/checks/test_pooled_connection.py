"""One connection serves agency A, then B, then somebody not signed in: nothing carries over.

The connection is Django's own, kept between requests, as the role that serves pages. PostgreSQL
alone: on SQLite no connection knows an agency.
"""

import contextlib
import threading
import uuid

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.urls import reverse

from leeward.access import boundary
from leeward.access.boundary import across_agencies, within
from leeward.accounts.factories import WorkerFactory, supervise
from leeward.audit.models import AuditRow
from leeward.people.models import YoungPerson
from tests.doors import doors
from tests.two_agencies import a_house, covered_models, served_as_app_role

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 12


@pytest.fixture
def houses():
    """Made-Up Shore and Invented Rivers."""
    return a_house("Made-Up Shore"), a_house("Invented Rivers")


@pytest.fixture
def served(houses):
    """From here on every connection is of the role that serves, and this thread stands nowhere."""
    if connection.vendor == "sqlite":
        yield houses
        return
    with served_as_app_role(), within(None):
        yield houses


def backend():
    """Which server process answers; on SQLite there is none."""
    if connection.vendor == "sqlite":
        return 0
    connection.ensure_connection()
    return connection.connection.info.backend_pid


def left_behind():
    """What raw SQL on this very connection finds, past anything that Leeward would tell it."""
    if connection.vendor == "sqlite":
        return []
    plain = connection.connection
    told = plain.execute("SELECT current_setting('leeward.agency', true)").fetchone()
    found = [("leeward.agency", told)] if told[0] else []
    for model in covered_models():
        table = model._meta.db_table
        (count,) = plain.execute(f'SELECT count(*) FROM "{table}"').fetchone()  # noqa: S608
        found += [(table, count)] if count else []
    return found


def browser_of(worker):
    client = Client()
    with across_agencies():
        client.force_login(worker)
    return client


def people_in(house):
    return set(house.keys["people_youngperson"])


def test_pooled_connection(served):
    shore, rivers = served
    at_shore, at_rivers, nobody = browser_of(shore.worker), browser_of(rivers.worker), Client()
    one = backend()
    for _ in range(3):
        for client, own, other in ((at_shore, shore, rivers), (at_rivers, rivers, shore)):
            page = client.get(reverse("overview", args=[own.file.person.pk]))
            assert page.status_code == 200
            assert client.get(reverse("overview", args=[other.file.person.pk])).status_code == 404
            assert not left_behind()
        assert nobody.get(reverse("overview", args=[shore.file.person.pk])).status_code == 302
        assert nobody.get(reverse("account_login")).status_code == 200
        assert not left_behind()
    assert backend() == one, "not the one connection"


def test_every_page_answers_as_the_role_that_serves(served):
    """What a page needs it is granted, and signing in needs no agency set."""
    shore, rivers = served
    if connection.vendor == "sqlite":
        # No role serves there: `test_every_door` asks every address.
        assert not settings.LEEWARD_APP_ROLE
        return
    with across_agencies():
        shore.supervisor.set_password("an invented long password")
        shore.supervisor.save()
    client = Client(raise_request_exception=False)
    given = {"login": shore.supervisor.username, "password": "wrong"}
    assert client.post(reverse("account_login"), given).status_code == 200
    given["password"] = "an invented long password"
    assert client.post(reverse("account_login"), given).status_code == 302
    for door in doors():
        address = door.address(shore.file.ids())
        assert client.get(address).status_code < 500, door.name
        # One of them signs out, and one says that this worker's telephone is lost.
        with across_agencies():
            somebody = WorkerFactory.create(agency=shore.agency, role="supervisor")
            supervise(somebody, shore.worker)
        sender = browser_of(somebody)
        sender.raise_request_exception = False
        assert sender.post(address).status_code < 500, door.name
    refused = browser_of(shore.worker).get(reverse("overview", args=[rivers.file.person.pk]))
    assert refused.status_code == 404
    with within(shore.agency.pk):
        row = AuditRow.objects.latest("id")
    assert (row.outcome, row.subject_id) == ("refused", rivers.file.person.pk)
    assert not left_behind()


def test_no_queryset_of_ours_is_asked_which_agency(served):
    """The manager alone, without `visible_to`: below the code the boundary stands all the same."""
    shore, rivers = served
    for house in (shore, rivers, shore):
        with within(house.agency.pk):
            found = set(YoungPerson.objects.values_list("pk", flat=True))
        everybody = people_in(shore) | people_in(rivers)
        assert found == (people_in(house) if connection.vendor == "postgresql" else everybody)
    if connection.vendor == "postgresql":
        assert not YoungPerson.objects.exists()
        with across_agencies():
            assert not YoungPerson.objects.exists(), "the role that serves is no owner"


def test_nothing_carries_over_an_error_or_a_rollback(served):
    shore, rivers = served
    if connection.vendor == "sqlite":
        assert boundary.current().across
        return
    for fails in (psycopg.Error, ZeroDivisionError):
        with (
            contextlib.suppress(DatabaseError, ZeroDivisionError),
            within(shore.agency.pk),
            transaction.atomic(),
        ):
            assert YoungPerson.objects.exists()
            if fails is ZeroDivisionError:
                raise ZeroDivisionError
            connection.cursor().execute("SELECT no_such_column")
        assert not left_behind()
        with within(rivers.agency.pk):
            assert set(YoungPerson.objects.values_list("pk", flat=True)) == people_in(rivers)


def test_within_a_transaction_the_agency_is_the_one_that_stands_now(served):
    shore, rivers = served
    if connection.vendor == "sqlite":
        assert boundary.current().across
        return
    rows = YoungPerson.objects.values_list("pk", flat=True)
    with within(shore.agency.pk), transaction.atomic():
        assert set(rows.all()) == people_in(shore)
        mark = transaction.savepoint()
        with within(rivers.agency.pk):
            assert set(rows.all()) == people_in(rivers)
            # PostgreSQL goes back to before Rivers was told: it is told again.
            transaction.savepoint_rollback(mark)
            assert set(rows.all()) == people_in(rivers)
        assert set(rows.all()) == people_in(shore)
        with contextlib.suppress(DatabaseError), transaction.atomic(), within(None):
            assert not rows.exists()
            connection.cursor().execute("SELECT no_such_column")
        assert set(rows.all()) == people_in(shore)


def test_what_takes_no_transaction_runs_across_agencies_too(houses):
    with across_agencies(), connection.cursor() as cursor:
        cursor.execute("VACUUM")
        assert people_in(houses[0]) <= set(YoungPerson.objects.values_list("pk", flat=True))


def test_two_take_turns_on_one_server_connection_as_behind_a_pooler(served):
    """Transaction pooling: the server's connection goes to whoever begins a transaction next."""
    shore, rivers = served
    if connection.vendor == "sqlite":
        assert boundary.current().across
        return
    connection.ensure_connection()
    other = connection.copy()
    other.inc_thread_sharing()
    other.connection, other.autocommit = connection.connection, True
    asked = 'SELECT id FROM "people_youngperson"'

    def seen_by(wrapper, house):
        with within(house.agency.pk if house else None), wrapper.cursor() as cursor:
            if house is None:
                cursor.execute(asked)
                return {key for (key,) in cursor.fetchall()}
            wrapper.set_autocommit(False)
            try:
                cursor.execute(asked)
                return {key for (key,) in cursor.fetchall()}
            finally:
                wrapper.commit()
                wrapper.set_autocommit(True)

    try:
        for _ in range(3):
            assert seen_by(connection, shore) == people_in(shore)
            assert seen_by(other, rivers) == people_in(rivers)
            assert seen_by(connection, None) == set()
            assert seen_by(other, shore) == people_in(shore)
            assert not left_behind()
    finally:
        other.connection = None


def test_threads_do_not_hand_their_agency_to_each_other(served):
    shore, rivers = served
    if connection.vendor == "sqlite":
        assert boundary.current().across
        return
    wrong = []

    def works(first, second):
        try:
            if YoungPerson.objects.exists():
                wrong.append("a new thread sees somebody")
            for house in (first, second) * TIMES:
                with within(house.agency.pk):
                    seen = set(YoungPerson.objects.values_list("pk", flat=True))
                    wrong.extend(seen ^ people_in(house))
                if YoungPerson.objects.filter(pk=uuid.UUID(int=0)).exists() or left_behind():
                    wrong.append("left behind")
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=works, args=pair)
        for pair in ((shore, rivers), (rivers, shore), (shore, shore), (rivers, shore))
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not wrong
