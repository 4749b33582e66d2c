"""Carrying out what two people agreed on: rows, then the key, then what lies in the files.

Each step can be taken again: a run that was cut off is finished by the next.
"""

import datetime as dt
import time
import uuid
from dataclasses import replace

from django.conf import settings
from django.db import connections

from leeward.access.actors import SYSTEM, Actor
from leeward.access.boundary import within
from leeward.core.agency_time import today
from leeward.keeping.actions import certify, erase
from leeward.keeping.models import Disposal
from leeward.keeping.rules import KEYRING_BACKUP, due_on
from leeward.sealing import keyring

# How long to wait for readers before the write-ahead log can be emptied.
SECONDS = 30.0


class StillInUse(Exception):
    """Somebody reads the database just now, so its write-ahead log still holds what was erased."""


def actor_of(agency_id: uuid.UUID) -> Actor:
    """The system, at one agency: it reaches that agency's files and no other's."""
    return replace(SYSTEM, agency_id=agency_id)


def carry_out(disposal: Disposal) -> Disposal:
    """Erase the rows, destroy the key, scrub the files, and say when no backup opens it any more.

    Raises NotDue and HeldBack when something changed since it was agreed on, and StillInUse.
    """
    by = actor_of(disposal.agency_id)
    if not disposal.erased_at:
        disposal = erase(by=by, disposal=disposal)
    keyring.destroy_key(disposal.person_id)
    for alias in ("default", "keyring"):
        scrub(alias)
    return certify(by=by, disposal=disposal, unreadable_from=unreadable_from(today()))


def unreadable_from(gone_on: dt.date) -> dt.date:
    """The first day on which no backup of the keyring that `leeward backup` keeps holds a key that
    was destroyed on `gone_on`: one made that very day goes with the first backup after its time.
    """
    return due_on(KEYRING_BACKUP, gone_on, settings.LEEWARD_RETENTION) + dt.timedelta(days=1)


def scrub(alias: str) -> None:
    """Leave nothing of deleted rows in the database's own files. Raises StillInUse.

    SQLite writes zeros over what is deleted (secure_delete); its write-ahead log is emptied here.
    PostgreSQL writes its small keyring anew; of the data, dead rows are cleared for reuse, and
    what may lie on the disk until then is sealed under a key that is gone.
    """
    connection = connections[alias]
    if connection.vendor == "sqlite":
        _empty_log(alias)
    else:
        # With nobody's rows in sight the engine opens no transaction: in one, none of this runs.
        with within(None), connection.cursor() as cursor:
            cursor.execute("VACUUM FULL" if alias == "keyring" else "VACUUM")


def _empty_log(alias: str) -> None:
    until = time.monotonic() + SECONDS
    while True:
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = cursor.fetchone()[0]
        if not busy:
            return
        if time.monotonic() > until:
            raise StillInUse(alias)
        time.sleep(0.2)
