"""A private folder to work in, beside the data; swept when an earlier run was cut off."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

_PREFIX = ".working-"


class Busy(Exception):
    """Another backup, restore or disposal is running on this machine."""


@contextmanager
def working_folder() -> Iterator[Path]:
    """An empty folder that only the service's own user may read, on the disk of the data, gone at
    the end. What an earlier run left when it was cut off goes too. Raises Busy."""
    data = Path(settings.DATA_DIR)
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(data / ".working.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise Busy from fault
        for left in data.glob(f"{_PREFIX}*"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=data) as folder:
            yield Path(folder)
    finally:
        os.close(lock)
