"""What each action of consents and disclosures is given to try it. `tests.acts` joins these."""

import datetime as dt

from leeward.access.actors import actor_for
from leeward.accounts.factories import AgencyFactory, WorkerFactory
from leeward.consents import actions as consents
from leeward.consents.factories import ConsentFactory
from leeward.core.agency_time import today
from leeward.disclosures import actions as disclosures
from leeward.disclosures.drafting import Asked, draft_of
from leeward.disclosures.factories import DisclosureFactory, TellingFactory
from leeward.disclosures.models import Given
from leeward.disclosures.pieces import pieces_of
from leeward.disclosures.without_file import actions as without_file
from leeward.disclosures.without_file.drafting import (
    AskedWithoutFile,
    Typed,
    draft_without_file,
)
from leeward.people.factories import StrengthFactory

NO = {"phone": "no", "tip_off": "no", "names": "no"}


def _decided(_cast):
    return consents.Decided(
        given=True,
        kinds=["notes"],
        purpose="So that the room is ready.",
        until=today() + dt.timedelta(days=9),
        decided_on=today(),
        to_agency_id=AgencyFactory.create().pk,
    )


def _previewed(cast):
    """`by`, `person`, what is asked and its digest, as giving takes them."""
    there = WorkerFactory.create(agency=AgencyFactory.create(), display_name="Piper Sample")
    consent = ConsentFactory.create(person=cast.person, to_agency=there.agency)
    StrengthFactory.create(person=cast.person, text="kind")
    asked = Asked(
        pieces=[pieces_of(cast.by, cast.person)[0].key],
        names="Piper Sample",
        mark="invented",
        consent_id=consent.pk,
    )
    draft = draft_of(by=cast.by, person=cast.person, asked=asked)
    return cast.file | {"asked": asked, "digest": draft.digest}


def _previewed_without_file(_cast):
    """An officer, what they would tell somebody of a society, and its digest."""
    officer = WorkerFactory.create(
        agency=AgencyFactory.create(kind="police"), role="police_partner"
    )
    there = WorkerFactory.create(agency=AgencyFactory.create())
    asked = AskedWithoutFile(
        pieces=[Typed("police_step", "A visit", "Nobody was home.")],
        purpose="So that they know.",
        authority="police-protection",
        mark="invented",
        about="Somebody Invented",
        agency_id=there.agency_id,
        names=there.username,
    )
    by = actor_for(officer)
    draft = draft_without_file(by=by, asked=asked)
    return {"by": by, "asked": asked, "digest": draft.given.digest}


def _given(cast):
    return without_file.give_without_file(**_previewed_without_file(cast)).worker


def _received(cast):
    """The one it was given to, and what it is."""
    given = disclosures.give(**_previewed(cast))
    recipient = given.to_agency.workers.get()
    return {"by": actor_for(recipient), "received_id": given.received_id}


def _read_given(cast):
    worker = _given(cast)
    return {"by": actor_for(worker), "given_id": Given.objects.get(worker=worker).pk}


DOES = {
    consents.record_decision: lambda c: c.file | {"decided": _decided(c)},
    consents.withdraw: lambda c: {
        "by": c.by, "consent": DisclosureFactory.create(consent__person=c.person).consent,
    },
    disclosures.give: _previewed,
    without_file.give_without_file: _previewed_without_file,
    disclosures.keep_by_law: lambda c: _received(c) | {
        "authority": "kept-by-order", "reason": "order 1",
    },
    disclosures.let_know: lambda c: {
        "by": c.by, "disclosure": DisclosureFactory.create(consent__person=c.person),
        "answers": NO,
    },
    disclosures.take_back: lambda c: {
        "by": c.by,
        "disclosure": TellingFactory.create(disclosure__consent__person=c.person).disclosure,
    },
}  # fmt: skip
READS = {
    disclosures.read_received_list: lambda c: {"by": _received(c)["by"]},
    disclosures.read_received: _received,
    without_file.read_given_list: lambda c: {"by": actor_for(_given(c))},
    without_file.read_given: _read_given,
}
# An opening stands in the logs of both agencies.
IN_TWO_LOGS = {disclosures.read_received}
