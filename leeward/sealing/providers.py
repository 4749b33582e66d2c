"""Where the key-encryption key comes from. It seals the agencies' keysets, and nothing else does.

Three kinds (LEEWARD_KEY_PROVIDER): `file`, `environment`, and `vault`, the transit engine that
HashiCorp Vault and OpenBao share.
"""

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from tink import aead

from leeward.sealing import keysets
from leeward.sealing.vault import KeyInVault


class Provider(Protocol):
    """A key-encryption key with versions; older ones still open."""

    def exists(self) -> bool:
        """Whether there is a key to use."""

    def make(self) -> None:
        """Make the first version; does nothing when there is one."""

    def version(self) -> int:
        """The version that seals from now on. Raises ImproperlyConfigured without a key."""

    def turn(self) -> int:
        """Add a version, which seals from now on, and return it."""

    def aead(self) -> aead.Aead:
        """What seals and opens. Raises ImproperlyConfigured without a key."""


def provider() -> Provider:
    """The provider that the settings name. Raises ImproperlyConfigured for one not known."""
    kind = settings.LEEWARD_KEY_PROVIDER
    if kind not in PROVIDERS:
        raise ImproperlyConfigured(
            f"LEEWARD_KEY_PROVIDER is {kind}. It may be {', '.join(sorted(PROVIDERS))}."
        )
    return PROVIDERS[kind]()


class KeyFile:
    """The key in a file of its own, readable by the service alone (LEEWARD_KEYSET_FILE)."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(settings.LEEWARD_KEYSET_FILE)

    def exists(self) -> bool:
        """Whether the file is there."""
        return self.path.exists()

    def make(self) -> None:
        """Write a fresh key, mode 0600, unless the file is there.

        Losing this file loses every sealed word: the README says how to keep a copy apart.
        """
        if self.path.exists():
            return
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_new(self.path, keysets.as_text(keysets.make(keysets.SEALING)))

    def version(self) -> int:
        """The id of the file's primary key."""
        return keysets.primary(self._handle())

    def turn(self) -> int:
        """Put another key into the file, at once or not at all."""
        with _one_at_a_time(self.path.with_name(f"{self.path.name}.lock")):
            turned = keysets.with_new_primary(self._handle(), keysets.SEALING)
            beside = self.path.with_name(f"{self.path.name}.new")
            beside.unlink(missing_ok=True)
            _write_new(beside, keysets.as_text(turned))
            beside.replace(self.path)
        return keysets.primary(turned)

    def put_back(self, handle: keysets.Keyset) -> None:
        """Write a key that was joined from its shares. Raises FileExistsError when one is there:
        nothing is written over."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_new(self.path, keysets.as_text(handle))

    def aead(self) -> aead.Aead:
        """What seals and opens."""
        return self._handle().primitive(aead.Aead)

    def recovery_copy(self) -> keysets.Keyset:
        """The key itself, to be split between two officers."""
        return self._handle()

    def is_from_before_the_keyring(self) -> bool:
        """Whether the file is one of two keysets that sealed every word of an installation."""
        try:
            lines = self.path.read_text(encoding="utf-8").split("\n")
        except OSError:
            return False
        return len([line for line in lines if line.strip()]) == 2

    def _handle(self) -> keysets.Keyset:
        try:
            # A running service sees a key that was turned over: the file is then another one.
            text = _read(str(self.path), self.path.stat().st_mtime_ns)
        except OSError as fault:
            raise ImproperlyConfigured(
                f"No key-encryption key at {self.path}. Run `leeward migrate`, or set"
                " LEEWARD_KEYSET_FILE."
            ) from fault
        try:
            return keysets.from_text(text)
        except keysets.Fault as fault:
            raise ImproperlyConfigured(
                f"{self.path} holds no key-encryption key of this Leeward. Put the right file"
                " back from its own backup, or set LEEWARD_KEYSET_FILE."
            ) from fault


@contextlib.contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    # Two turns at once would each drop the other's key, and what it sealed by then.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@lru_cache(maxsize=4)
def _read(path: str, _changed: int) -> str:
    return Path(path).read_text(encoding="utf-8")


def _write_new(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


class KeyInEnvironment:
    """The key in LEEWARD_KEY, never on a disk of this machine.

    `leeward keys new` prints a value for it, and one that holds the present key and another.
    """

    def exists(self) -> bool:
        """Whether LEEWARD_KEY is set."""
        return bool(os.environ.get("LEEWARD_KEY"))

    def make(self) -> None:
        """Nothing can be made here: say how. Raises ImproperlyConfigured without a key."""
        self._handle()

    def version(self) -> int:
        """The id of its primary key."""
        return keysets.primary(self._handle())

    def turn(self) -> int:
        """The version at hand: whoever runs the service puts another into LEEWARD_KEY."""
        return self.version()

    def aead(self) -> aead.Aead:
        """What seals and opens."""
        return self._handle().primitive(aead.Aead)

    def recovery_copy(self) -> keysets.Keyset:
        """The key itself, to be split between two officers."""
        return self._handle()

    def _handle(self) -> keysets.Keyset:
        held = os.environ.get("LEEWARD_KEY", "")
        try:
            return keysets.from_text(held)
        except keysets.Fault as fault:
            # Never what was found there: it may be half a key.
            raise ImproperlyConfigured(
                "LEEWARD_KEY holds no key-encryption key. `leeward keys new` prints one; keep it"
                " where the service's environment comes from."
            ) from fault


PROVIDERS: dict[str, Callable[[], Provider]] = {
    "file": KeyFile,
    "environment": KeyInEnvironment,
    "vault": KeyInVault,
}
