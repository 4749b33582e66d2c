"""`leeward restore`: both files and an identity, into an empty installation."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leeward.keeping.backups.engines import EngineFault
from leeward.keeping.backups.manifest import NotAManifest
from leeward.keeping.backups.private import Busy
from leeward.keeping.backups.reading import NotRestored, Restored, restore
from leeward.sealing.offline import OfflineFault, identities


class Command(BaseCommand):
    """Exit codes: 0 it is back, 1 it is not, 2 it was asked wrongly."""

    help = "Put a backup back into an empty installation, and check that all of it is there."

    def add_arguments(self, parser: CommandParser) -> None:
        """Both files, and what opens them."""
        parser.add_argument("data", type=Path, help="the data file, data-....age")
        parser.add_argument("keyring", type=Path, help="the keyring file, keyring-....age")
        parser.add_argument(
            "--identity",
            type=Path,
            action="append",
            required=True,
            metavar="FILE",
            help="what opens them; give it twice when each has its own",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, and say what is next."""
        os.umask(0o077)
        try:
            back = restore(
                data=options["data"],
                keyring=options["keyring"],
                identities=identities(options["identity"]),
            )
        except Busy as fault:
            raise CommandError("Another backup or restore is running. Try again later.") from fault
        except OSError as fault:
            raise CommandError(f"{fault.filename or 'The backup'}: {fault.strerror}") from fault
        except (EngineFault, NotAManifest, NotRestored, OfflineFault) as fault:
            raise CommandError(str(fault)) from fault
        rows = sum(back.data.rows.values()) + sum(back.keyring.rows.values())
        self.stdout.write(
            f"{rows} rows and {back.data.files} documents from {back.data.made_at}, with the keys"
            f" of {back.keyring.made_at}. Counts and audit are what they were."
        )
        self._say_log(back)
        self.stdout.write("Now run: leeward migrate")

    def _say_log(self, back: Restored) -> None:
        if back.aside.where:
            self.stdout.write(
                "Some signed heads speak of rows that came after this backup, or cannot be checked"
                f" without their key ({back.aside.heads}). They are now in {back.aside.where}."
            )
        if back.log is None:
            self.stdout.write("Prove the log after migrating: leeward audit verify")
        elif back.log.faults:
            raise CommandError(
                "All of it is back, and its log does not hold: it was changed before it was backed"
                " up, or these heads are not its own. See where: leeward audit verify"
            )
        else:
            self.stdout.write(
                f"The log holds: {back.log.rows} rows, {back.log.heads} signed heads."
            )
