"""For tests: an administrator of the database, with nothing in their way."""

from contextlib import contextmanager
from importlib import import_module

from django.conf import settings
from django.db import connection

from leeward.audit.models import INSTALLATION
from leeward.audit.sealer import seal
from leeward.audit.verify import verify
from leeward.sealing.signing import public_key

TRIGGERS = [
    import_module(f"leeward.audit.migrations.{name}")
    for name in ("0002_never_changed", "0004_leaves_never_changed")
]


class _Editor:
    """What the migrations need of Django's own, which SQLite has only outside a transaction."""

    connection = connection

    @staticmethod
    def execute(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)


@contextmanager
def without_triggers():
    """As somebody who owns the tables may do."""
    if connection.vendor == "postgresql":
        _Editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for each in reversed(TRIGGERS):
        each.allow(None, _Editor)
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        for each in TRIGGERS:
            each.forbid(None, _Editor)


def sealed(*agencies):
    """Seal these agencies' rows and those of none, with a head each."""
    return seal([INSTALLATION, *agencies])


def proved(heads=None, **options):
    """The report of `leeward audit verify`."""
    key = public_key(settings.LEEWARD_AUDIT_SIGNING_KEY)
    return verify([], heads=heads or settings.LEEWARD_AUDIT_HEADS, pem=key, **options)


def first(report):
    """What, where, which row: of the first fault."""
    return next(((each.what, each.position, each.row) for each in report.faults), None)
