"""Files for somebody who is elsewhere: whoever writes one cannot read it back.

age encryption (X25519, ChaCha20-Poly1305 in authenticated pieces) to public *recipients*. The
*identities* that open it are kept offline. Both ways the bytes stream through a pipe: a backup of
any size takes a few megabytes of memory.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import pyrage

Recipient: TypeAlias = "pyrage.x25519.Recipient"
Identity: TypeAlias = "pyrage.x25519.Identity"

_OPENS = "AGE-SECRET-KEY-"


class OfflineFault(ValueError):
    """A recipient, an identity or a file that cannot be used; the message says how to mend it."""


def make_identity(path: Path) -> str:
    """Write a fresh identity to `path` (mode 0600) and return its public recipient.

    Raises OfflineFault when there is a file already: a lost identity is a lost backup.
    """
    identity = pyrage.x25519.Identity.generate()
    recipient = str(identity.to_public())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        raise OfflineFault(f"{path}: {fault.strerror}. Nothing was written.") from fault
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"# public: {recipient}\n{identity}\n")
    return recipient


def recipients(told: str) -> list[Recipient]:
    """The recipients in `told`: `age1…` words with commas or spaces between, or the path of a file
    with one a line (`#` starts a comment). Raises OfflineFault for anything else, or none."""
    words = told if told.lstrip().startswith("age1") else _text(Path(told)) if told else ""
    found = [_recipient(word) for word in _words(words)]
    if not found:
        raise OfflineFault("No recipient is named. Make one: leeward backup --new-identity FILE")
    return found


def _recipient(word: str) -> Recipient:
    if word.upper().startswith(_OPENS):
        raise OfflineFault(
            "This is an identity, which opens backups. It must not be on this machine: give its"
            " public recipient (age1...) instead."
        )
    try:
        return pyrage.x25519.Recipient.from_str(word)
    except pyrage.RecipientError as fault:
        raise OfflineFault(f"{word} is not a recipient (age1...).") from fault


def identities(paths: Sequence[Path]) -> list[Identity]:
    """The identities in these files, as `make_identity` or age-keygen write them. Raises
    OfflineFault, which never repeats what a line said."""
    found = []
    for path in paths:
        for word in _words(_text(path)):
            try:
                found.append(pyrage.x25519.Identity.from_str(word))
            except pyrage.IdentityError as fault:
                raise OfflineFault(f"{path} holds a line that is not an identity.") from fault
    if not found:
        raise OfflineFault("No identity is given. Give the file: --identity FILE")
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise OfflineFault(f"{path} cannot be read as text.") from fault


def _words(text: str) -> list[str]:
    plain = (line.partition("#")[0] for line in text.splitlines())
    return [word for line in plain for word in line.replace(",", " ").split()]


@contextmanager
def written_for(path: Path, to: Sequence[Recipient]) -> Iterator[BinaryIO]:
    """A stream whose bytes land encrypted in `path`, a new file (mode 0600), safely on the disk
    when the block ends well. A block that fails leaves no file. Raises OfflineFault and OSError.
    """
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        try:
            reading, writing = os.pipe()
            with (
                _beside(_encrypt, os.fdopen(reading, "rb"), target, to) as _,
                os.fdopen(writing, "wb") as stream,
            ):
                yield stream
            target.flush()
            os.fsync(target.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise


@contextmanager
def read_with(path: Path, held: Sequence[Identity]) -> Iterator[BinaryIO]:
    """A stream of what `path` holds. Believe nothing of it before the block has ended well: a file
    that was cut short or changed is found at its end. Raises OfflineFault and OSError."""
    with open(path, "rb") as source:
        reading, writing = os.pipe()
        with (
            _beside(_decrypt, source, os.fdopen(writing, "wb"), held) as _,
            os.fdopen(reading, "rb") as stream,
        ):
            yield stream
            while stream.read(65536):
                pass


@contextmanager
def _beside(
    work: Callable[..., None], source: BinaryIO, target: BinaryIO, keys: Sequence[Any]
) -> Iterator[Future[None]]:
    """Run `work` in a thread beside the block; what fails first is what is raised."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        done = pool.submit(work, source, target, keys)
        try:
            yield done
        except BaseException as fault:
            # A pipe that broke under the block tells only that the work had failed.
            work_failed = done.exception()
            if isinstance(work_failed, OfflineFault):
                raise work_failed from fault
            raise
        done.result()


def _encrypt(source: BinaryIO, target: BinaryIO, to: Sequence[Recipient]) -> None:
    # Our end of the pipe is closed whatever happens, so that the other end never waits for it.
    with source:
        try:
            pyrage.encrypt_io(source, target, list(to))
        except (pyrage.EncryptError, OSError) as fault:
            raise OfflineFault(f"The file could not be written: {fault}") from fault


def _decrypt(source: BinaryIO, target: BinaryIO, held: Sequence[Identity]) -> None:
    try:
        pyrage.decrypt_io(source, target, list(held))
    except BrokenPipeError:
        raise
    except pyrage.DecryptError as fault:
        known = "No matching keys" in str(fault)
        raise OfflineFault(
            "This identity does not open the file." if known else "This is no backup file."
        ) from fault
    except OSError as fault:
        raise OfflineFault("The file was cut short or changed: it does not open.") from fault
    finally:
        with suppress(OSError):
            target.close()
