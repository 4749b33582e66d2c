"""What was given from no file, and to whom an answer goes."""

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from leeward.access.actors import Actor
from leeward.access.rules import may
from leeward.accounts.models import Worker
from leeward.disclosures.crossing import at
from leeward.disclosures.models import Disclosure, Given, Received


@dataclass(frozen=True)
class Gave:
    """Who gave what somebody received, if they can be given an answer, and what the one it is
    about is called there: for blind tokens alone."""

    workers: list[Worker]
    called: list[str]


def given_by(actor: Actor) -> QuerySet[Given]:
    """What this actor gave from no file, the newest first."""
    rows = Given.objects.visible_to(actor).select_related("to_agency", "worker")
    return rows.order_by("-given_at", "-id")


def one_given_by(actor: Actor, given_id: uuid.UUID) -> Given:
    """One of them. Raises Given.DoesNotExist."""
    return given_by(actor).get(pk=given_id)


def gave(received: Received) -> Gave:
    """Who gave this, at the agency that did. Nobody, where they left, no longer receive anything,
    or the file it came from is gone."""
    with at(received.from_agency_id):
        row = Disclosure.objects.filter(pk=received.disclosure_id)
        told = row.select_related("recorded_by", "person").first()
        if told:
            person = told.person
            called = [person.name_used, *(person.other_names or [])]
            return Gave(_still([told.recorded_by]), called)
        theirs = Given.objects.filter(pk=received.disclosure_id).select_related("worker")
        return Gave(_still([each.worker for each in theirs]), [])


def _still(workers: list[Worker]) -> list[Worker]:
    return [each for each in workers if each.is_active and may(each.role, "disclosure.receive")]
