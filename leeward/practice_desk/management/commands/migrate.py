"""`leeward migrate`: Django's own, after making the keys that seal what it will hold."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import DEFAULT_DB_ALIAS, ProgrammingError, connection

from leeward.access import policies
from leeward.access.boundary import across_agencies
from leeward.accounts.models import Agency
from leeward.people.models import YoungPerson
from leeward.sealing import keyring, state
from leeward.sealing.providers import KeyFile, provider
from leeward.sealing.router import KEYRING
from leeward.sealing.signing import make_signing_key

BEFORE_THE_KEYRING = (
    "These files were sealed by a Leeward from before the keyring, and this one cannot open them."
    " If the people in them are invented, remove {folder} and start again."
)

# Nothing else has a table in the keyring: the rest would be walked through for nothing.
ALL_OF_SEALING = {"app_label": "sealing", "migration_name": "", "run_syncdb": False}

# With these Django only looks, or leaves tables out: one that has no policy yet has no right
# granted on it either.
NOT_ALL_OF_IT = {"plan", "check_unapplied", "app_label"}


def _given(options: dict[str, Any]) -> set[str]:
    return {name for name, value in options.items() if value}


class Command(MigrateCommand):
    """Makes the key and the keyring the first time, then makes or updates the database."""

    help = "Make or update the database, and the keys that seal it the first time."

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Keys first: a database without them could keep nothing."""
        if options["database"] == KEYRING and not options["app_label"]:
            options |= ALL_OF_SEALING
        if options["database"] != DEFAULT_DB_ALIAS:
            return super().handle(*args, **options)
        # As the owner of the database: what is counted and what is moved are every agency's.
        with across_agencies():
            self._refuse_lost_keys()
            provider().make()
            make_signing_key(settings.LEEWARD_AUDIT_SIGNING_KEY)
            super().handle(**{**options, "database": KEYRING, **ALL_OF_SEALING})
            done = super().handle(*args, **options)
            self._complete_the_keyring()
            if not NOT_ALL_OF_IT & _given(options):
                self._draw_the_boundary()
        return done

    def _refuse_lost_keys(self) -> None:
        if not self._holds(YoungPerson):
            return
        if KeyFile().is_from_before_the_keyring():
            raise CommandError(BEFORE_THE_KEYRING.format(folder=settings.DATA_DIR))
        if lost := state.lost_keys():
            raise CommandError(
                f"The database holds sealed files, but not {lost}. Put it back from its own"
                " backup; a new one would open nothing."
            )

    def _complete_the_keyring(self) -> None:
        # An agency founded while the keyring was away holds no words yet, or we would have
        # refused above.
        if self._holds(Agency):
            with_keys = set(keyring.agencies_with_keys())
            for agency_id in Agency.objects.values_list("pk", flat=True):
                if agency_id not in with_keys:
                    keyring.make_agency(agency_id)

    @staticmethod
    def _draw_the_boundary() -> None:
        if connection.vendor != "postgresql":
            return
        try:
            policies.apply(connection, settings.LEEWARD_APP_ROLE)
        except policies.Uncovered as fault:
            raise CommandError(str(fault)) from fault
        except ProgrammingError as fault:
            raise CommandError(
                "The database is migrated, but the boundary between agencies is not drawn: run"
                " `leeward migrate` as the owner of its tables, and make sure that the role in"
                f" LEEWARD_DATABASE_URL exists. {fault}"
            ) from fault

    @staticmethod
    def _holds(model: type[Agency] | type[YoungPerson]) -> bool:
        # Before the first migration there is no table to ask.
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
        return model._meta.db_table in tables and model._default_manager.exists()
