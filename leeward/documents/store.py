"""Where the sealed bytes lie: one file a document, named by its id alone, outside the database."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from leeward.sealing.codec import Place, open_sealed, seal


class BytesGone(Exception):
    """The sealed bytes of a document are not where they were put."""


def _path(document_id: uuid.UUID) -> Path:
    # The end of an id is random (RFC 9562 §5.7), so folders fill evenly.
    return Path(settings.LEEWARD_MEDIA) / document_id.hex[-2:] / document_id.hex


def _place(document_id: uuid.UUID) -> Place:
    return Place("documents_document", "bytes", str(document_id))


def put(document_id: uuid.UUID, data: bytes, *, holder: uuid.UUID) -> None:
    """Seal `data` for `holder` and write it down for good. Only sealed bytes touch the disk."""
    path = _path(document_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_suffix(".half")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(seal(data, _place(document_id), holder=holder))
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)


def get(document_id: uuid.UUID, *, holder: uuid.UUID) -> bytes:
    """The bytes as they were put. Raises BytesGone, or DoesNotOpen when changed since."""
    try:
        sealed = _path(document_id).read_bytes()
    except FileNotFoundError as fault:
        raise BytesGone from fault
    return open_sealed(sealed, _place(document_id), holder=holder)


def remove(document_id: uuid.UUID) -> bool:
    """Remove the bytes. Returns whether they were there."""
    try:
        _path(document_id).unlink()
    except FileNotFoundError:
        return False
    return True


def lying_about() -> Iterator[tuple[Path, uuid.UUID | None]]:
    """Every file in the store, with the document it is of; None for one that was half written."""
    for path in sorted(Path(settings.LEEWARD_MEDIA).glob("??/*")):
        yield path, None if path.suffix else uuid.UUID(hex=path.name)
