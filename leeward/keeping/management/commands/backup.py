"""`leeward backup`: two files for two places, which this machine writes and cannot read."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from leeward.keeping.backups.engines import EngineFault
from leeward.keeping.backups.private import Busy
from leeward.keeping.backups.writing import SamePlace, Written, back_up
from leeward.sealing.offline import OfflineFault, make_identity, recipients

MISUSED = 2


class Command(BaseCommand):
    """Exit codes: 0 both files are there, 1 it did not work, 2 it was asked wrongly."""

    help = (
        "Write two encrypted files to two places: the data, and the keyring that opens it. Keyring"
        " files whose time is over are removed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to; for whom is a setting, because it must not change from night to night."""
        parser.add_argument("--to", type=Path, help="folder for the data")
        parser.add_argument(
            "--keys-to", type=Path, help="folder for the keyring, on another machine or disk"
        )
        parser.add_argument(
            "--new-identity",
            type=Path,
            metavar="FILE",
            help="write an identity that opens backups, print its public recipient, and stop",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, or make an identity."""
        # Whatever is written is for the service's own user alone.
        os.umask(0o077)
        try:
            if options["new_identity"]:
                self.stdout.write(make_identity(options["new_identity"]))
                return
            self._say(self._back_up(options["to"], options["keys_to"]))
        except SamePlace as fault:
            raise CommandError(
                "--to and --keys-to are the same folder: whoever takes one file would take both.",
                returncode=MISUSED,
            ) from fault
        except Busy as fault:
            raise CommandError("Another backup or restore is running. Try again later.") from fault
        except (EngineFault, OfflineFault) as fault:
            raise CommandError(str(fault)) from fault
        except OSError as fault:
            raise CommandError(f"{fault.filename or 'The backup'}: {fault.strerror}") from fault

    def _back_up(self, to: Path | None, keys_to: Path | None) -> Written:
        if to is None or keys_to is None:
            raise CommandError(
                "Say where to: leeward backup --to FOLDER --keys-to ANOTHER", returncode=MISUSED
            )
        try:
            mine = recipients(settings.LEEWARD_BACKUP_RECIPIENTS)
            keys = recipients(settings.LEEWARD_KEYRING_RECIPIENTS)
        except OfflineFault as fault:
            raise CommandError(
                f"LEEWARD_BACKUP_RECIPIENTS, LEEWARD_KEYRING_RECIPIENTS: {fault}",
                returncode=MISUSED,
            ) from fault
        return back_up(to=to, keys_to=keys_to, data_recipients=mine, keyring_recipients=keys)

    def _say(self, written: Written) -> None:
        self.stdout.write(f"data: {written.data} ({written.data.stat().st_size} bytes)")
        self.stdout.write(f"keyring: {written.keyring} ({written.keyring.stat().st_size} bytes)")
        self.stdout.write(f"{written.rows} rows and {written.files} documents.")
        for path in written.removed:
            self.stdout.write(f"removed, its time is over: {path}")
