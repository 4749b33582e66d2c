"""`leeward restore`: both files and an identity, into an installation that holds nothing yet."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader

from leeward.access.actors import SYSTEM
from leeward.audit import actions as audit
from leeward.audit.going_on import PutAside, go_on, proved
from leeward.audit.verify import Report
from leeward.keeping.backups import engines, files
from leeward.keeping.backups.manifest import (
    DATA,
    KEYRING,
    Manifest,
    audit_digest,
    audit_roots,
    count_rows,
    migrations_of,
)
from leeward.keeping.backups.private import working_folder
from leeward.keeping.backups.writing import ALIASES
from leeward.sealing.offline import Identity
from leeward.sealing.providers import provider
from leeward.sealing.state import lost_keys, where_the_key_is


class NotRestored(Exception):
    """Nothing was put back (unless the message says so), why, and what to do."""


@dataclass(frozen=True)
class Restored:
    """What was put back."""

    data: Manifest
    keyring: Manifest
    aside: PutAside
    # What proving the log came to; None when an older backup has to be migrated before.
    log: Report | None


def restore(*, data: Path, keyring: Path, identities: Sequence[Identity]) -> Restored:
    """Put both parts back and hold them against what they say of themselves. The keyring may be
    newer than the data. Raises NotRestored, EngineFault, OfflineFault, NotAManifest and OSError.
    """
    _check_empty()
    if not provider().exists():
        raise NotRestored(
            "Put the key-encryption key back first: without it nothing that comes back opens"
            f" ({where_the_key_is()}). Nothing was changed."
        )
    with working_folder() as private:
        folders = {DATA: private / DATA, KEYRING: private / KEYRING}
        for folder in folders.values():
            folder.mkdir(mode=0o700)
        with (
            files.read(data, identities, folders[DATA]) as of_data,
            files.read(keyring, identities, folders[KEYRING]) as of_keyring,
        ):
            parts = {DATA: of_data, KEYRING: of_keyring}
            for part, manifest in parts.items():
                _check_fits(part, manifest)
            for part, manifest in parts.items():
                if manifest.engine == "sqlite":
                    with engines.opened_file(folders[part] / files.DATABASE) as here:
                        engines.check_file(here)
                        _check_holds(manifest, here)
            _check_files(folders[DATA] / "files", of_data)
            for part, manifest in parts.items():
                _put_back(part, manifest, folders[part])
            _put_files_back(folders[DATA] / "files")
    if lost := lost_keys():
        raise NotRestored(f"All of it is back, and does not open: what is missing is {lost}.")
    aside, log = _take_up_the_log(of_data)
    return Restored(of_data, of_keyring, aside, log)


def _take_up_the_log(manifest: Manifest) -> tuple[PutAside, Report | None]:
    """Let the log go on from here, and prove it against the heads that still hold."""
    aside = go_on()
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    if {name for name in known if name.startswith("audit.")} - set(manifest.migrations):
        return aside, None
    log = proved()
    with transaction.atomic():
        audit.record(by=SYSTEM, action="keeping.restore", purpose=f"backup {manifest.made_at}")
    return aside, log


def _check_empty() -> None:
    if not all(engines.is_empty(alias) for alias in ALIASES.values()) or _has_files():
        raise NotRestored(
            "There is an installation here already. Restore into an empty one: another"
            " LEEWARD_DATA, or an empty database. Nothing was changed."
        )


def _has_files() -> bool:
    folder = Path(settings.LEEWARD_MEDIA)
    return folder.exists() and any(folder.iterdir())


def _check_fits(part: str, manifest: Manifest) -> None:
    if manifest.part != part:
        raise NotRestored(
            "Give the data file first and the keyring file second. Nothing was changed."
        )
    if manifest.engine != connections[ALIASES[part]].vendor:
        raise NotRestored(
            f"The {part} was backed up from {manifest.engine}. Restore it to the same kind of"
            " database. Nothing was changed."
        )
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    ours = {name for name in manifest.migrations if name.split(".")[0] in _our_apps(known)}
    if ours - known:
        raise NotRestored(
            f"This backup was made by a newer Leeward ({manifest.leeward}). Install that one."
            " Nothing was changed."
        )


def _our_apps(known: set[str]) -> set[str]:
    return {name.split(".")[0] for name in known}


def _check_holds(manifest: Manifest, alias: str) -> None:
    """Raise NotRestored when what is there is not what the manifest says."""
    found = count_rows(manifest.part, alias)
    wrong = sorted(
        table for table in found if found[table] != manifest.rows.get(table, 0)
    ) + sorted(set(_checkable(manifest)) - set(found))
    if wrong or migrations_of(alias) != manifest.migrations:
        raise NotRestored(
            f"The {manifest.part} does not hold what its backup says it held"
            f" ({', '.join(wrong) or 'migrations'}). Use another backup."
        )
    if manifest.part == DATA and (audit_digest(alias), audit_roots(alias)) != (
        manifest.audit,
        manifest.roots,
    ):
        raise NotRestored("The audit is not what it was when backed up. Use another backup.")


def _checkable(manifest: Manifest) -> list[str]:
    return [table for table, rows in manifest.rows.items() if rows]


def _check_files(folder: Path, manifest: Manifest) -> None:
    found = sum(1 for path in folder.rglob("*") if path.is_file()) if folder.exists() else 0
    if found != manifest.files:
        raise NotRestored("Some documents are missing from this backup. Use another backup.")


def _put_back(part: str, manifest: Manifest, folder: Path) -> None:
    alias = ALIASES[part]
    if manifest.engine == "sqlite":
        engines.put_back_sqlite(folder / files.DATABASE, alias)
        return
    engines.put_back_postgresql(folder / files.DATABASE, alias)
    try:
        _check_holds(manifest, alias)
    except NotRestored as fault:
        raise NotRestored(
            f"{fault} It was put back to be checked: empty the database before you try again."
        ) from fault


def _put_files_back(folder: Path) -> None:
    if folder.exists():
        place = Path(settings.LEEWARD_MEDIA)
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in folder.iterdir():
            shutil.move(path, place / path.name)
