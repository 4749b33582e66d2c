"""Words that could not be saved: whose they are, and how they wait until that worker is back.

Two marks travel in pages, and neither is ever on the device or in the database:

* `written_by`, in every form: the worker for whom the page was drawn, signed. Without it a page
  left open by one worker could be posted, and signed, by the next one at the same browser.
* `carried`, on the sign-in page and nowhere else: everything a form held when it came back,
  sealed so that it opens for its writer alone and tells nobody else what it says. What is carried
  is no longer than what was posted: it is squeezed before it is sealed.
"""

import json
import uuid
import zlib
from collections.abc import Iterable
from typing import NamedTuple

from django.core import signing

from leeward.accounts.models import Worker
from leeward.sealing.codec import DoesNotOpen, Place, open_sealed, seal

WRITER = "written_by"
CARRIED = "carried"
# Fields of the machinery and of signing in: never words, never carried.
NOT_TYPED = frozenset(
    {"csrfmiddlewaretoken", "draft_version", WRITER, CARRIED, "login", "password"}
)
# A shift, and some: long enough to find one's password, short enough not to surprise anybody.
KEPT_SECONDS = 60 * 60 * 12

_WRITER_SALT = "leeward.practice_desk.written_by"
_CARRIED_SALT = "leeward.practice_desk.carried"

Typed = list[tuple[str, str]]


class NotYours(Exception):
    """These words were written by another worker."""


class Gone(Exception):
    """These words were changed on the way, or waited too long."""


class Words(NamedTuple):
    """What was typed, as (field, value) in the order of the page, and where it was going."""

    path: str
    typed: Typed


def writer_mark(worker_id: uuid.UUID) -> str:
    """The signed id of the worker for whom a page is drawn, for its forms."""
    return signing.Signer(salt=_WRITER_SALT).sign(str(worker_id))


def writer_in(mark: str) -> uuid.UUID | None:
    """The worker whom `writer_mark` named; None for anything else."""
    try:
        return uuid.UUID(signing.Signer(salt=_WRITER_SALT).unsign(mark))
    except (signing.BadSignature, ValueError):
        return None


def typed_in(fields: Iterable[tuple[str, Iterable[object]]]) -> Typed:
    """What was typed among the fields of a request (`request.POST.lists()`)."""
    return [
        (name, str(value)) for name, values in fields if name not in NOT_TYPED for value in values
    ]


def carry(words: Words, writer: uuid.UUID) -> str:
    """Seal `words` so that only `writer` gets them back. The answer is safe in any page."""
    plain = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
    sealed = seal(zlib.compress(plain), _place(writer), holder=_agency_of(writer))
    signer = signing.TimestampSigner(salt=_CARRIED_SALT)
    return signer.sign(signing.b64_encode(sealed).decode())


def open_carried(text: str, worker_id: uuid.UUID) -> Words:
    """What `carry` sealed. Raises NotYours for another worker, Gone when it cannot be had."""
    signer = signing.TimestampSigner(salt=_CARRIED_SALT)
    try:
        sealed = signing.b64_decode(signer.unsign(text, max_age=KEPT_SECONDS).encode())
    except signing.BadSignature as fault:
        raise Gone from fault
    try:
        plain = open_sealed(sealed, _place(worker_id), holder=_agency_of(worker_id))
    except DoesNotOpen as fault:
        raise NotYours from fault
    path, typed = json.loads(zlib.decompress(plain))
    return Words(path, [(name, value) for name, value in typed])


def _agency_of(worker_id: uuid.UUID) -> uuid.UUID:
    # The words may be about anybody, so they are sealed for the agency, and open for no other.
    found: uuid.UUID = Worker.objects.values_list("agency_id", flat=True).get(pk=worker_id)
    return found


def _place(writer: uuid.UUID) -> Place:
    return Place("page", CARRIED, str(writer))
