"""The sealer: in order, once each, whoever else seals; heads in a file and at a webhook."""

import datetime as dt
import http.server
import json
import logging
import threading
import uuid
from contextlib import nullcontext
from unittest.mock import Mock

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.boundary import within
from leeward.audit import actions as audit
from leeward.audit import sealer
from leeward.audit.heads import deliver
from leeward.audit.models import INSTALLATION, Leaf, Tree
from leeward.audit.sealer import Background, grow, seal
from leeward.audit.tests.tamper import proved, sealed, without_triggers

AGENCY = uuid.UUID("018f0000-0000-7000-8000-0000000000a9")
OTHER = uuid.UUID("018f0000-0000-7000-8000-0000000000b0")


@pytest.fixture(autouse=True)
def heads(settings, tmp_path):
    settings.LEEWARD_AUDIT_HEADS = tmp_path / "heads.jsonl"
    return settings.LEEWARD_AUDIT_HEADS


@pytest.fixture
def in_turn():
    """The SQLite of the tests is in memory, where a second writer does not wait but fails."""
    return threading.Lock() if connection.vendor == "sqlite" else nullcontext()


def write(count=1, agency=AGENCY):
    by = Actor(kind="worker", id=uuid.uuid4(), agency_id=agency, role="worker")
    with transaction.atomic():
        return [audit.record(by=by, action="file.open") for _each in range(count)]


def lines(heads):
    return [json.loads(line) for line in heads.read_text().splitlines()]


@pytest.mark.django_db
def test_each_agency_has_a_tree_and_a_head_of_its_own(heads):
    write(3)
    write(2, OTHER)
    done = seal([INSTALLATION, AGENCY, OTHER])
    assert (done.rows, done.heads) == (5, 2)
    assert {(line["agency"], line["size"]) for line in lines(heads)} == {
        (str(AGENCY), 3),
        (str(OTHER), 2),
    }
    assert heads.stat().st_mode & 0o777 == 0o600
    again = seal([INSTALLATION, AGENCY, OTHER])
    assert (again.rows, again.heads) == (0, 0)


@pytest.mark.django_db
def test_batches_make_the_same_tree_as_one_piece(monkeypatch):
    write(10)
    monkeypatch.setattr(sealer, "BATCH", 3)
    assert grow(AGENCY)[0] == 10
    assert [*Leaf.objects.order_by("position").values_list("position", flat=True)] == [*range(10)]
    sealed(AGENCY)
    assert proved().faults == []


@pytest.mark.django_db
def test_the_work_is_for_new_rows_and_not_for_all():
    def asked():
        with CaptureQueriesContext(connection) as seen:
            grow(AGENCY)
        return len(seen)

    write(2)
    asked()
    write(2)
    few = asked()
    write(200)
    asked()
    write(2)
    assert asked() == few


@pytest.mark.django_db
def test_a_settled_row_is_not_looked_at_again_but_by_a_sweep():
    write(1)
    (row,) = write(1)
    old = timezone.now() - dt.timedelta(days=1)
    with without_triggers() as cursor:
        cursor.execute("UPDATE audit_auditrow SET at = %s", [old])
    grow(AGENCY)
    assert Tree.objects.get(agency_id=AGENCY).settled_id == row.pk
    with without_triggers() as cursor:
        cursor.execute("DELETE FROM audit_leaf")
        cursor.execute("UPDATE audit_tree SET size = 0, frontier = %s", [b""])
    assert grow(AGENCY)[0] == 0
    assert grow(AGENCY, look="all")[0] == 2


@pytest.mark.django_db
def test_a_row_that_commits_after_later_ones_comes_after_them():
    first, late, last = write(3)
    with without_triggers() as cursor:
        # As the sealer sees it while the second is still inside its transaction.
        cursor.execute("UPDATE audit_auditrow SET agency_id = NULL WHERE id = %s", [late.pk])
    grow(AGENCY)
    with without_triggers() as cursor:
        kept = AGENCY.hex if connection.vendor == "sqlite" else AGENCY
        cursor.execute("UPDATE audit_auditrow SET agency_id = %s WHERE id = %s", [kept, late.pk])
    assert grow(AGENCY, look="new")[0] == 0
    assert grow(AGENCY)[0] == 1
    order = Leaf.objects.order_by("position").values_list("row_id", flat=True)
    assert [*order] == [first.pk, last.pk, late.pk]
    sealed(AGENCY)
    assert proved().faults == []


@pytest.mark.django_db(transaction=True)
def test_two_sealers_and_three_writers_lose_and_repeat_nothing(in_turn):
    faults = []

    def alone(act):
        try:
            for _turn in range(15):
                with in_turn:
                    act()
        except Exception as fault:  # noqa: BLE001  # a thread has nobody else to tell
            faults.append(fault)
        finally:
            connection.close()

    acts = [lambda: write(2)] * 3 + [lambda: seal([AGENCY], within=within, sweep=False)] * 2
    threads = [threading.Thread(target=alone, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    seal([AGENCY])
    assert [*Leaf.objects.order_by("position").values_list("position", flat=True)] == [*range(90)]
    report = proved()
    assert report.faults == []
    assert (report.rows, report.waiting) == (90, 0)


@pytest.mark.django_db(transaction=True)
def test_a_writer_does_not_wait_for_a_sealer():
    """On PostgreSQL a tree is held while a row is written; SQLite has one writer at a time."""
    sealed(AGENCY)
    if connection.vendor == "sqlite":
        with CaptureQueriesContext(connection) as seen:
            write(1)
        assert not [
            each for each in seen if "audit_tree" in each["sql"] or "audit_leaf" in each["sql"]
        ]
        return
    done = threading.Event()

    def writer():
        write(1)
        done.set()
        connection.close()

    with transaction.atomic():
        Tree.objects.select_for_update().get(agency_id=AGENCY)
        thread = threading.Thread(target=writer)
        thread.start()
        assert done.wait(20)
    thread.join()


# --- Beside the server ----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_it_seals_beside_the_server_and_signs_at_its_end(settings, heads, in_turn, monkeypatch):
    def seal_in_turn(*given, **options):
        with in_turn:
            return seal(*given, **options)

    monkeypatch.setattr(sealer, "seal", seal_in_turn)
    settings.LEEWARD_AUDIT_SEAL_SECONDS = 0.05
    settings.LEEWARD_AUDIT_HEAD_SECONDS = 3600
    write(2)
    with Background(lambda: [AGENCY], within=within) as background, in_turn:
        write(3)
    assert not background._thread.is_alive()
    assert Tree.objects.get(agency_id=AGENCY).size == 5
    assert lines(heads)[-1]["size"] == 5
    assert proved().faults == []


@pytest.mark.django_db
def test_zero_seconds_is_no_sealer(settings):
    settings.LEEWARD_AUDIT_SEAL_SECONDS = 0
    write(1)
    with Background(lambda: [AGENCY]):
        pass
    assert not Leaf.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fault", [OperationalError("locked"), OSError("full"), ImproperlyConfigured("no key")]
)
def test_a_round_that_fails_is_said_and_tried_again(monkeypatch, caplog, fault):
    monkeypatch.setattr(sealer.connection, "close", Mock())
    monkeypatch.setattr(sealer, "seal", Mock(side_effect=fault))
    background = Background(lambda: [AGENCY])
    with caplog.at_level(logging.ERROR):
        background.round()
    assert type(fault).__name__ in caplog.text
    monkeypatch.undo()
    write(1)
    background.round()
    assert Leaf.objects.count() == 1


@pytest.mark.django_db
def test_rows_are_sealed_even_when_no_head_can_be_written(settings, tmp_path):
    write(2)
    settings.LEEWARD_AUDIT_SIGNING_KEY = tmp_path / "none.json"
    with pytest.raises(ImproperlyConfigured, match="leeward migrate"):
        seal([AGENCY])
    assert Leaf.objects.count() == 2
    assert Tree.objects.get().headed == 0


# --- The file and the webhook ---------------------------------------------------------------


@pytest.mark.django_db
def test_a_line_cut_short_by_a_power_cut_is_written_anew(heads):
    write(1)
    sealed(AGENCY)
    with heads.open("a") as file:
        file.write('{"agency": "half a li')
    assert proved().faults == []
    write(1)
    sealed(AGENCY)
    assert [line["size"] for line in lines(heads)] == [1, 2]
    assert proved().faults == []


@pytest.fixture
def hook(settings):
    """A webhook on this machine; `answer` is the status it gives."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if server.answer == 200:
                server.had += body.decode().splitlines()
            self.send_response(server.answer)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    server.had, server.answer = [], 200
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.LEEWARD_AUDIT_WEBHOOK = f"http://127.0.0.1:{server.server_port}/heads"
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.django_db
def test_a_webhook_is_given_each_head_once_and_what_failed_again(hook, heads):
    write(1)
    assert sealed(AGENCY).delivery.waiting == 0
    hook.answer = 503
    write(1)
    delivery = sealed(AGENCY).delivery
    assert (delivery.waiting, delivery.fault) == (1, "it answered 503")
    write(1)
    assert sealed(AGENCY).delivery.waiting == 2
    hook.answer = 200
    assert sealed(AGENCY).delivery.waiting == 0
    assert deliver().waiting == 0
    assert hook.had == heads.read_text().splitlines()
    assert len(hook.had) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "why"),
    [("http://127.0.0.1:9/", "URLError"), ("file:///etc/hostname", "must begin with https://")],
)
def test_a_webhook_that_is_not_there_stops_nothing(settings, heads, address, why):
    settings.LEEWARD_AUDIT_WEBHOOK = address
    write(1)
    delivery = sealed(AGENCY).delivery
    assert delivery.waiting == 1
    assert why in delivery.fault
    assert len(lines(heads)) == 1
