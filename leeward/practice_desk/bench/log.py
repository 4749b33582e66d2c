"""The log's cost: rows a second by writers at once, beside a bare INSERT of the same columns."""

import contextvars
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from leeward.access.actors import SYSTEM, Actor
from leeward.accounts.actions import found_agency
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.audit.sealer import seal
from leeward.audit.verify import verify
from leeward.sealing.signing import public_key

WRITERS, TURNS, ROUNDS = 4, 250, 5
BACKLOG = 10_000
BARE = "bench_bare"


def measure_log(
    *, writers: int = WRITERS, turns: int = TURNS, rounds: int = ROUNDS, backlog: int = BACKLOG
) -> dict[str, Any]:
    """Rows a second, the middle of `rounds` by turns: `bare`, `recorded`, `while_sealed`; then of
    one sealer (`sealed`) and of `verify` (`proved`) over `backlog` rows. Its rows stay."""
    name = f"Bench {uuid.uuid4()}"
    agency = found_agency(
        by=SYSTEM, name=name, kind="society", time_zone="America/Toronto", invented=True
    ).pk
    by = Actor(kind="worker", id=uuid.uuid4(), agency_id=agency, role="worker")
    insert = _bare_insert(by)
    taken: dict[str, list[float]] = {"bare": [], "recorded": [], "while_sealed": []}
    for _round in range(rounds):
        taken["bare"].append(_at_once(insert, writers, turns))
        taken["recorded"].append(_at_once(lambda: _record(by), writers, turns))
        with _sealing():
            taken["while_sealed"].append(_at_once(lambda: _record(by), writers, turns))
    seal([agency])
    middle = {name: statistics.median(each) for name, each in taken.items()}
    found = {name: round(writers * turns / each) for name, each in middle.items()}
    return found | {
        "writers": writers,
        "to_bare": round(middle["recorded"] / middle["bare"], 2),
        "tree_costs": round(middle["while_sealed"] / middle["recorded"], 2),
        **_afterwards(by, agency, backlog),
    }


def _afterwards(by: Actor, agency: uuid.UUID, backlog: int) -> dict[str, int]:
    """Sealing and proving, with nobody else at the database."""
    row = {"agency_id": agency, "actor_kind": by.kind, "actor_id": by.id, "action": "file.open"}
    shown = [str(uuid.uuid4()) for _each in range(5)]
    with transaction.atomic():
        AuditRow.objects.bulk_create(
            (AuditRow(**row, outcome="done", shown=shown) for _each in range(backlog)),
            batch_size=500,
        )
    begun = time.perf_counter()
    done = seal([agency], sweep=False)
    sealed = done.rows / (time.perf_counter() - begun)
    pem = public_key(settings.LEEWARD_AUDIT_SIGNING_KEY)
    report = verify([agency], heads=settings.LEEWARD_AUDIT_HEADS, pem=pem)
    return {"sealed": round(sealed), "proved": round(report.rows / report.seconds)}


def _record(by: Actor) -> None:
    with transaction.atomic():
        audit.record(by=by, action="file.open", subject=by.id, purpose="overview")


def _bare_insert(by: Actor) -> Callable[[], None]:
    """The same columns into a table without indexes, triggers or checks."""
    table = AuditRow._meta.db_table
    fields = [each for each in AuditRow._meta.concrete_fields if not each.primary_key]
    row = AuditRow(
        at=timezone.now(),
        agency_id=by.agency_id,
        actor_kind=by.kind,
        actor_id=by.id,
        action="file.open",
        subject_id=by.id,
        shown=[],
        purpose="overview",
        outcome=AuditRow.Outcome.DONE,
    )
    values = [each.get_db_prep_save(getattr(row, each.attname), connection) for each in fields]
    names, marks = ", ".join(str(each.column) for each in fields), ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        # Names of our own table and columns.
        cursor.execute(f"DROP TABLE IF EXISTS {BARE}")
        cursor.execute(f"CREATE TABLE {BARE} AS SELECT {names} FROM {table} WHERE 1 = 0")  # noqa: S608
    sql = f"INSERT INTO {BARE} ({names}) VALUES ({marks})"  # noqa: S608

    def insert() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)

    return insert


def _at_once(write: Callable[[], None], writers: int, turns: int) -> float:
    """Seconds until every writer has written `turns` rows, each in its own transaction."""
    start = threading.Barrier(writers + 1)

    def alone() -> None:
        # The connection is opened before the clock starts.
        connection.ensure_connection()
        start.wait()
        for _turn in range(turns):
            write()
        connection.close()

    threads = [
        threading.Thread(target=contextvars.copy_context().run, args=[alone])
        for _writer in range(writers)
    ]
    for thread in threads:
        thread.start()
    start.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun


@contextmanager
def _sealing() -> Iterator[None]:
    """A sealer in a process of its own, as beside a server, that never rests."""
    command = [sys.executable, "-m", "config.cli", "audit", "seal", "--every", "0.01"]
    # Our own interpreter and numbers.
    sealer = subprocess.Popen(  # noqa: S603
        command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
    )
    with sealer:
        # It says how much it found in its first round.
        if sealer.stdout is not None:
            sealer.stdout.readline()
        try:
            yield
        finally:
            sealer.terminate()
