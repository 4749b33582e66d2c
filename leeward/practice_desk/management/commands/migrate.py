"""`leeward migrate`: Django's own, after making the keys that seal what it will hold."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import connection

from leeward.people.models import YoungPerson
from leeward.sealing.keys import make_keyset


class Command(MigrateCommand):
    """Makes the keyset the first time, then makes or updates the database."""

    help = "Make or update the database, and the keys that seal it the first time."

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Keys first: a database without them could keep nothing."""
        keyset = settings.LEEWARD_KEYSET_FILE
        if not keyset.exists() and self._holds_sealed_words():
            raise CommandError(
                f"The database holds sealed files, but their keys are not at {keyset}."
                " Put them back from their own backup; new keys would open nothing."
            )
        make_keyset(keyset)
        return super().handle(*args, **options)

    @staticmethod
    def _holds_sealed_words() -> bool:
        # Before the first migration there is no table to ask.
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
        return YoungPerson._meta.db_table in tables and YoungPerson.objects.exists()
