"""What a full file holds of sharing: given to another agency, and received from one; and what
somebody there gave from no file."""

from typing import Any

from leeward.accounts.models import Worker
from leeward.consents.factories import ConsentFactory
from leeward.disclosures.factories import (
    DisclosureEventFactory,
    DisclosureFactory,
    TellingFactory,
    given_without_file,
    kept,
    received,
)
from leeward.people.models import YoungPerson


def shared(person: YoungPerson, worker: Worker) -> dict[str, Any]:
    """Something given, and something received; by the name each has in `FullFile`."""
    given = DisclosureFactory(consent__person=person)
    TellingFactory(disclosure=given)
    DisclosureEventFactory(disclosure=DisclosureFactory(consent__person=person))
    got = received(worker)
    kept(received(worker, about="Somebody Invented"), worker)
    return {"disclosure": given, "received": got, "given": given_without_file(worker)}


def share_more(person: YoungPerson) -> None:
    """One more decision, and one more copy that was given."""
    ConsentFactory(person=person)
    TellingFactory(disclosure=DisclosureFactory(consent__person=person))
