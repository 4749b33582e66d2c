"""Cleaning in a process of its own: little memory, little time, no environment, no files."""

import json
import resource
import subprocess
import sys

from leeward.documents import cleaning
from leeward.documents.rules import Refusal, Refused

SECONDS = 30
# Address space. Several times the most that a file may hold inside, and no more.
MEMORY = 1024 * 1024 * 1024


def _within_limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    # It may write to its pipe and to nothing else.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def cleaned_pdf(data: bytes) -> tuple[bytes, int]:
    """A clean copy of a PDF and the number of pictures taken out of it.

    Raises Refused with LOCKED, BROKEN, TOO_MUCH_INSIDE or NOTHING_LEFT.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own file, nothing typed
            [sys.executable, "-I", "-B", cleaning.__file__],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env={},
            preexec_fn=_within_limits,
        )
    except subprocess.TimeoutExpired as fault:
        raise Refused(Refusal.TOO_MUCH_INSIDE) from fault
    except subprocess.CalledProcessError as fault:
        raise Refused(Refusal.BROKEN) from fault
    said, _newline, copy = done.stdout.partition(b"\n")
    told = json.loads(said)
    if "refused" in told:
        raise Refused(Refusal(told["refused"]))
    return copy, int(told["pictures"])
