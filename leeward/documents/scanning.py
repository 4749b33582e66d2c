"""Asks ClamAV whether a file is harmful, where one is configured (`LEEWARD_CLAMAV`)."""

import socket
import struct

from django.conf import settings

from leeward.documents.rules import Refusal, Refused

SECONDS = 30
CHUNK = 64 * 1024
# The answers of clamd's INSTREAM command (clamd(8)).
_CLEAN, _FOUND = b"OK", b"FOUND"


def is_configured() -> bool:
    """Whether there is a scanner to ask."""
    return bool(settings.LEEWARD_CLAMAV)


def scan(data: bytes) -> bool:
    """Whether these bytes were scanned: True when they were and nothing was found, False when no
    scanner is configured.

    Raises Refused with INFECTED, or with NOT_SCANNED when there is a scanner that does not answer:
    a scanner that is down must not let everything through.
    """
    if not is_configured():
        return False
    try:
        said = _ask(data)
    except OSError as fault:
        raise Refused(Refusal.NOT_SCANNED) from fault
    if said.endswith(_FOUND):
        raise Refused(Refusal.INFECTED)
    if not said.endswith(_CLEAN):
        raise Refused(Refusal.NOT_SCANNED)
    return True


def _ask(data: bytes) -> bytes:
    with _connected() as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), CHUNK):
            piece = data[start : start + CHUNK]
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        said = b""
        while not said.endswith(b"\0") and (more := line.recv(4096)):
            said += more
    return said.rstrip(b"\0")


def _connected() -> socket.socket:
    where = str(settings.LEEWARD_CLAMAV)
    if where.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        line.connect(where)
        return line
    host, _colon, port = where.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)
