"""Signed heads: what a tree was at a moment, kept where whoever writes the database cannot reach.

One JSON object a line, appended to a file (LEEWARD_AUDIT_HEADS) and, if one is set, posted to a
webhook (LEEWARD_AUDIT_WEBHOOK). Each line holds the hash of the one before it, so that a line
taken out of the middle is missed; a copy kept elsewhere shows when lines were taken off the end.
"""

import base64
import binascii
import datetime as dt
import fcntl
import hashlib
import http.client
import json
import os
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.utils import timezone

from leeward.sealing.signing import sign, signed_by

CONTEXT = b"leeward audit head 1\n"
# Bytes of each leaf hash that a head keeps: enough to say which row it was, in a fifth of the
# space. What proves anything is the root.
MARK = 4
ANSWERS_WITHIN = 5.0
MOST_AT_ONCE = 200
_BLOCK = 65536
_NOT_WHOLE = (
    KeyError,
    TypeError,
    AttributeError,
    binascii.Error,
    json.JSONDecodeError,
    UnicodeDecodeError,
)


class BadHead(ValueError):
    """A line that is no head of ours: not JSON, not complete, or not signed by this key."""


@dataclass(frozen=True)
class Head:
    """A tree's size and root, and the marks of its leaves from position `since` on."""

    of: uuid.UUID
    size: int
    root: bytes
    at: dt.datetime
    since: int
    marks: bytes

    def said(self, previous: str) -> dict[str, Any]:
        """What is signed."""
        return {
            "agency": str(self.of),
            "size": self.size,
            "root": self.root.hex(),
            "at": self.at.isoformat(),
            "since": self.since,
            "marks": base64.b64encode(self.marks).decode(),
            "previous": previous,
        }


@dataclass(frozen=True)
class Line:
    """One line of a file of heads: the head, or why there is none."""

    number: int
    head: Head | None
    fault: str = ""


@dataclass(frozen=True)
class Delivery:
    """What the webhook has been given: how many heads it still waits for, and why."""

    waiting: int
    fault: str = ""


def _canonical(said: dict[str, Any]) -> bytes:
    return CONTEXT + json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def _fingerprint(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def write_head(head: Head) -> None:
    """Sign `head` and append it. Raises OSError, or ImproperlyConfigured without a signing key."""
    path = Path(settings.LEEWARD_AUDIT_HEADS)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        said = head.said(_fingerprint(_last_line(file)))
        made = sign(Path(settings.LEEWARD_AUDIT_SIGNING_KEY), _canonical(said))
        line = json.dumps(said | {"signature": base64.b64encode(made).decode()}, sort_keys=True)
        file.write(line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _last_line(file: BinaryIO) -> bytes:
    """The last whole line without its end; the file is left to be written after it."""
    end = file.seek(0, os.SEEK_END)
    held, start, block = b"", end, _BLOCK
    while start and held.count(b"\n") < 2:
        start, block = max(0, end - block), block * 2
        file.seek(start)
        held = file.read(end - start)
    # A line that a power cut left half-written was never told to anybody.
    whole = held.rpartition(b"\n")[0]
    file.seek(start + len(whole) + (1 if b"\n" in held else 0))
    file.truncate()
    return whole.rpartition(b"\n")[2]


def read_heads(path: Path, pem: str) -> Iterator[Line]:
    """Every line of a file of heads, its signature and its place after the last one checked.

    Raises OSError when there is no such file, NotAKey when `pem` is none.
    """
    before = ""
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            line = raw.rstrip(b"\n")
            try:
                head, previous = _parsed(line, pem)
            except BadHead as fault:
                # A last line without its end is still being written, or never was.
                if raw.endswith(b"\n"):
                    yield Line(number, None, str(fault))
            else:
                out_of_line = bool(before) and previous != before
                why = "a head before this one was changed or taken out" if out_of_line else ""
                yield Line(number, head, why)
            before = _fingerprint(line)


def _parsed(line: bytes, pem: str) -> tuple[Head, str]:
    try:
        said = json.loads(line)
        made = base64.b64decode(said.pop("signature"))
        if not signed_by(pem, made, _canonical(said)):
            raise BadHead("it is not signed by this installation's key")
        head = Head(
            of=uuid.UUID(said["agency"]),
            size=int(said["size"]),
            root=bytes.fromhex(said["root"]),
            at=dt.datetime.fromisoformat(said["at"]),
            since=int(said["since"]),
            marks=base64.b64decode(said["marks"]),
        )
        return head, str(said["previous"])
    except _NOT_WHOLE as fault:
        raise BadHead("it is not a whole head") from fault


def deliver() -> Delivery:
    """Post to the webhook what it has not had yet, oldest first. Never raises for a webhook that
    does not answer: what waits is tried again the next time."""
    path, to = Path(settings.LEEWARD_AUDIT_HEADS), settings.LEEWARD_AUDIT_WEBHOOK
    if not to or not path.exists():
        return Delivery(0)
    beside = _mark_of(path)
    with os.fdopen(os.open(beside, os.O_RDWR | os.O_CREAT, 0o600), "r+") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        told = mark.read().strip()
        at = int(told) if told.isdigit() else 0
        with path.open("rb") as file:
            file.seek(at)
            lines = [line for line in file if line.endswith(b"\n")]
        while lines:
            some, rest = lines[:MOST_AT_ONCE], lines[MOST_AT_ONCE:]
            if fault := _post(to, b"".join(some)):
                return Delivery(len(lines), fault)
            at += sum(map(len, some))
            mark.seek(0)
            mark.write(f"{at:>20}")
            mark.flush()
            lines = rest
    return Delivery(0)


def _mark_of(path: Path) -> Path:
    """The file that says how far a file of heads was given to the webhook."""
    return path.with_name(path.name + ".delivered")


def forget_delivered(path: Path, *, after: int) -> None:
    """What stood after this byte of the file of heads is there no longer: what is written there
    from now on is given to the webhook too."""
    beside = _mark_of(path)
    told = beside.read_text(encoding="ascii").strip() if beside.exists() else ""
    if told.isdigit() and int(told) > after:
        beside.write_text(f"{after:>20}", encoding="ascii")


def _post(to: str, body: bytes) -> str:
    """Why it could not be posted; empty when it was."""
    if urllib.parse.urlsplit(to).scheme not in {"http", "https"}:
        return "LEEWARD_AUDIT_WEBHOOK must begin with https:// or http://"
    # The scheme was just looked at, and the address is the agency's own setting.
    request = urllib.request.Request(  # noqa: S310
        to, data=body, headers={"Content-Type": "application/x-ndjson"}, method="POST"
    )
    try:
        with urllib.request.urlopen(  # noqa: S310  # nosec B310
            request, timeout=ANSWERS_WITHIN
        ) as answer:
            answer.read(1)
    except urllib.error.HTTPError as fault:
        fault.close()
        return f"it answered {fault.code}"
    except (OSError, http.client.HTTPException) as fault:
        return type(fault).__name__
    return ""


def now() -> dt.datetime:
    """The moment that a head may speak for."""
    return timezone.now().astimezone(dt.UTC)
