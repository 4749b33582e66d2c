"""The files of a backup: neutral names with their time, one age-encrypted tar each."""

import datetime as dt
import io
import os
import re
import tarfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from leeward.keeping.backups.manifest import Manifest, NotAManifest
from leeward.sealing.offline import Identity, Recipient, read_with, written_for

MANIFEST, DATABASE, FILES = "manifest.json", "database", "files/"
_NAME = re.compile(r"(data|keyring)-(\d{8}T\d{6}Z)\.age")
_STAMP = "%Y%m%dT%H%M%SZ"
# Sealed files are named by ids alone, perhaps in folders of their own.
_MEMBER = re.compile(r"files/[\w-][\w.-]*(?:/[\w-][\w.-]*)*")


def name_for(part: str, at: dt.datetime) -> str:
    """`data-20261123T233000Z.age`: tells which part and when, and nothing of what Leeward is."""
    return f"{part}-{at.astimezone(dt.UTC).strftime(_STAMP)}.age"


def made_at(path: Path, part: str) -> dt.datetime | None:
    """When a backup file of this part was made, by its name; None for any other file."""
    found = _NAME.fullmatch(path.name)
    if not found or found[1] != part:
        return None
    return dt.datetime.strptime(found[2], _STAMP).replace(tzinfo=dt.UTC)


def older_than(folder: Path, part: str, moment: dt.datetime) -> list[Path]:
    """The backup files of a part in `folder` that were made before `moment`, oldest first."""
    dated = [(made_at(path, part), path) for path in folder.iterdir() if path.is_file()]
    return [path for at, path in sorted((at, path) for at, path in dated if at) if at < moment]


def write(
    path: Path,
    to: Sequence[Recipient],
    manifest: Manifest,
    database: Path,
    others: Sequence[tuple[str, Path]] = (),
) -> None:
    """Write one part to `path`, whole or not at all. `others` are more files, by their names.

    Raises OfflineFault and OSError.
    """
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    with written_for(unfinished, to) as stream, tarfile.open(fileobj=stream, mode="w|") as tar:
        _add_bytes(tar, MANIFEST, manifest.as_bytes())
        tar.add(database, DATABASE, recursive=False, filter=_of_nobody)
        for name, source in others:
            tar.add(source, FILES + name, recursive=False, filter=_of_nobody)
    unfinished.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _add_bytes(tar: tarfile.TarFile, name: str, held: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(held)
    tar.addfile(entry, io.BytesIO(held))


def _of_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    # Who runs the service here is nothing that a backup needs to tell.
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o600
    return entry


@contextmanager
def read(path: Path, held: Sequence[Identity], into: Path) -> Iterator[Manifest]:
    """Unpack one part into the private folder `into`: its `database`, and its `files/`. The block
    runs when all of it was read and proved whole. Raises OfflineFault, NotAManifest and OSError.
    """
    with read_with(path, held) as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|") as tar:
                manifest = _unpack(tar, into)
        except tarfile.TarError as fault:
            raise NotAManifest("This is no backup of Leeward.") from fault
    if manifest is None or not (into / DATABASE).exists():
        raise NotAManifest("This is no backup of Leeward.")
    yield manifest


def _unpack(tar: tarfile.TarFile, into: Path) -> Manifest | None:
    manifest = None
    for entry in tar:
        source = tar.extractfile(entry)
        if source is None:
            raise NotAManifest("This backup holds something that is no file.")
        if entry.name == MANIFEST:
            manifest = Manifest.from_bytes(source.read())
        elif entry.name == DATABASE or _MEMBER.fullmatch(entry.name):
            _copy(source, into / entry.name)
        else:
            raise NotAManifest("This backup holds a file that does not belong in one.")
    return manifest


def _copy(source: IO[bytes], to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        while piece := source.read(1 << 20):
            target.write(piece)
