"""Giving from no file, and reading what one gave."""

import uuid

from django.db import transaction

from leeward.access.actors import Actor
from leeward.access.rules import check
from leeward.audit import actions as audit
from leeward.core.ids import new_id
from leeward.disclosures.actions import ChangedSince
from leeward.disclosures.handing import hand_over
from leeward.disclosures.models import Given
from leeward.disclosures.without_file.drafting import AskedWithoutFile, draft_without_file
from leeward.disclosures.without_file.queries import given_by, one_given_by
from leeward.sealing import keyring


@transaction.atomic
def give_without_file(*, by: Actor, asked: AskedWithoutFile, digest: str) -> Given:
    """Give what was previewed, and nothing else: `digest` is the preview's. It is sealed under a
    key of its own at the agency that receives it, and is in both logs. Raises ChangedSince, and
    what `draft_without_file` raises."""
    check(by.role, "disclosure.give_without_file")
    draft = draft_without_file(by=by, asked=asked)
    given = draft.given
    if given.digest != digest:
        raise ChangedSince
    row = Given(
        agency_id=by.own_agency_id,
        worker_id=by.author_id,
        to_agency=given.to,
        answers=asked.answers,
        received_id=new_id(),
        authority=given.authority,
        digest=given.digest,
        may_hand_on=asked.may_hand_on,
        about=given.content["about"],
        purpose=given.content["purpose"],
        items=[each.as_item() for each in given.items],
        names=given.content["workers"],
    )
    keyring.make_keys([(row.received_id, given.to.pk), (row.pk, row.agency_id)])
    hand_over(
        by,
        given,
        names=draft.called,
        from_agency_id=row.agency_id,
        received_id=row.received_id,
        disclosure_id=row.pk,
    )
    row.save()
    audit.record(by=by, action="disclosure.give", subject=row.pk)
    return row


@transaction.atomic
def read_given_list(*, by: Actor) -> list[Given]:
    """What this worker gave from no file, read and recorded as listed."""
    check(by.role, "disclosure.give_without_file")
    found = list(given_by(by))
    audit.record(
        by=by, action="disclosure.list", shown=[each.pk for each in found], purpose="given"
    )
    return found


@transaction.atomic
def read_given(*, by: Actor, given_id: uuid.UUID) -> Given:
    """The facts of one. Its words are with whoever received them. Raises Given.DoesNotExist."""
    check(by.role, "disclosure.give_without_file")
    found = one_given_by(by, given_id)
    audit.record(by=by, action="disclosure.look", subject=found.pk)
    return found
