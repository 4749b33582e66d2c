"""`leeward backup`: the data first, then the keyring, then what is too old goes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from leeward.access.actors import SYSTEM
from leeward.audit import actions as audit
from leeward.keeping.backups import engines, files
from leeward.keeping.backups.manifest import (
    DATA,
    KEYRING,
    Manifest,
    audit_digest,
    audit_roots,
    count_rows,
    migrations_of,
    this_version,
)
from leeward.keeping.backups.private import working_folder
from leeward.keeping.rules import KEYRING_BACKUP, kept_for
from leeward.sealing.offline import Recipient

ALIASES = {DATA: "default", KEYRING: "keyring"}


class SamePlace(Exception):
    """The two files were to stand in one folder, where whoever takes one takes both."""


@dataclass
class Written:
    """What was written, and which older keyring files are gone."""

    data: Path
    keyring: Path
    rows: int = 0
    files: int = 0
    removed: list[Path] = field(default_factory=list)


def back_up(
    *,
    to: Path,
    keys_to: Path,
    data_recipients: Sequence[Recipient],
    keyring_recipients: Sequence[Recipient],
) -> Written:
    """Write both parts, and remove keyring files whose time is over: last, so that a run that
    fails removes nothing. Raises SamePlace, EngineFault, OfflineFault, Busy and OSError."""
    if to.resolve() == keys_to.resolve():
        raise SamePlace
    for folder in (to, keys_to):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    now = timezone.now()
    written = Written(to / files.name_for(DATA, now), keys_to / files.name_for(KEYRING, now))
    with working_folder() as private:
        # A key is made before the first row it seals: a keyring copied after the data has them.
        _write_part(DATA, written.data, data_recipients, private, now, written)
        _write_part(KEYRING, written.keyring, keyring_recipients, private, now, written)
    written.removed = remove_old_keyrings(keys_to, now)
    with transaction.atomic():
        audit.record(by=SYSTEM, action="keeping.backup")
    return written


def _write_part(
    part: str,
    path: Path,
    to: Sequence[Recipient],
    private: Path,
    now: dt.datetime,
    written: Written,
) -> None:
    alias, copy = ALIASES[part], private / part
    with engines.snapshot(alias, copy) as here:
        # A document is written before its row: copied after the rows, all are here.
        others = _documents() if part == DATA else []
        manifest = Manifest(
            part=part,
            made_at=now.isoformat(),
            engine=connections[alias].vendor,
            leeward=this_version(),
            migrations=migrations_of(here),
            rows=count_rows(part, here),
            audit=audit_digest(here) if part == DATA else "",
            roots=audit_roots(here) if part == DATA else {},
            files=len(others),
        )
    files.write(path, to, manifest, copy, others)
    copy.unlink()
    written.rows += sum(manifest.rows.values())
    written.files += len(others)


def _documents() -> list[tuple[str, Path]]:
    """The sealed files beside the database, by their path in the folder that holds them."""
    folder = Path(settings.LEEWARD_MEDIA)
    found = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []
    named = ((path.relative_to(folder).as_posix(), path) for path in found)
    return [(name, path) for name, path in named if not path.name.startswith(".")]


def remove_old_keyrings(folder: Path, now: dt.datetime) -> list[Path]:
    """Remove the keyring files in `folder` that are older than the schedule keeps them: from then
    on nothing opens what a disposed person's older backups hold. Returns those removed."""
    period = kept_for(KEYRING_BACKUP, settings.LEEWARD_RETENTION)
    old = files.older_than(folder, KEYRING, now - dt.timedelta(days=period.days))
    for path in old:
        path.unlink()
    return old
