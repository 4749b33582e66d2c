"""A copy: never more than its preview, closed when consent ends, for those it names alone."""

import datetime as dt
import json

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.audit.models import AuditRow
from leeward.audit.queries import openings_of
from leeward.consents.actions import withdraw
from leeward.consents.factories import ConsentFactory
from leeward.consents.models import Kind
from leeward.disclosures import actions
from leeward.disclosures.drafting import (
    Asked,
    NoAuthority,
    NobodyThere,
    NotCovered,
    NothingToGive,
    draft_of,
)
from leeward.disclosures.models import Received
from leeward.disclosures.pieces import pieces_of
from leeward.disclosures.queries import newly_received, received_by
from leeward.disclosures.rules import digest_of, is_open, state_of
from leeward.legal.factories import DutyFactory
from leeward.observations.factories import ObservationFactory, OpinionFactory
from leeward.people.actions import index_names
from leeward.people.factories import (
    ConflictLockFactory,
    StrengthFactory,
    YoungPersonFactory,
)
from leeward.plans.factories import ItemFactory, ItemVersionFactory

pytestmark = pytest.mark.django_db
SECRET = "Xylograph-never-given"


def copy_at(disclosure):
    return Received.objects.get(pk=disclosure.received_id)


def read(piper, disclosure):
    return actions.read_received(by=piper, received_id=disclosure.received_id)


# --- Pure -----------------------------------------------------------------------------------

WHEN = st.one_of(st.none(), st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
HAPPENED = st.sets(st.sampled_from(["withdrawn", "kept"]))


@given(HAPPENED, WHEN, st.dates(dt.date(2025, 6, 1), dt.date(2027, 6, 1)))
def test_over_or_withdrawn_is_closed_unless_a_law_keeps_it(happened, until, on):
    over = "withdrawn" in happened or (until is not None and on > until)
    assert is_open(state_of(happened, until, on)) is (not over or "kept" in happened)


@given(HAPPENED, WHEN, st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 1)))
def test_time_alone_never_opens_what_is_closed(happened, until, on):
    later = on + dt.timedelta(days=1)
    if is_open(state_of(happened, until, later)):
        assert is_open(state_of(happened, until, on))


@settings(max_examples=25)
@given(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=4))
def test_a_digest_tells_any_two_contents_apart(content):
    assert digest_of(content) == digest_of(dict(reversed(content.items())))
    assert digest_of(content) != digest_of(content | {"more": "x"})


# --- What is given --------------------------------------------------------------------------


@settings(max_examples=15)
@given(chosen=st.sets(st.sampled_from(Kind.values), min_size=1), onward=st.booleans())
def test_a_disclosure_never_shows_more_than_its_preview(
    actor, person, asked, piper, chosen, onward
):
    with transaction.atomic():
        wanted = asked(*chosen, may_hand_on=onward)
        draft = draft_of(by=actor, person=person, asked=wanted)
        row = actions.give(by=actor, person=person, asked=wanted, digest=draft.digest)
        shown = read(piper, row).content
        assert shown == json.loads(json.dumps(draft.content))
        assert digest_of(shown) == draft.digest == row.digest == copy_at(row).digest
        assert {each["kind"] for each in shown["items"]} == chosen
        # What stays for good says of each what it was, and no word of it.
        assert copy_at(row).items == row.items
        for each in row.items:
            assert set(each) == {"kind", "on"}
            assert not (each["kind"] == "missing" and each["on"])
        transaction.set_rollback(True)


def test_what_changed_since_the_preview_is_not_given(actor, person, asked):
    wanted = asked("contact")
    digest = draft_of(by=actor, person=person, asked=wanted).digest
    with pytest.raises(actions.ChangedSince):
        actions.give(by=actor, person=person, asked=asked("strengths"), digest=digest)
    person.name_used = "Zed Example"
    person.save()
    with pytest.raises(actions.ChangedSince):
        actions.give(by=actor, person=person, asked=wanted, digest=digest)
    assert not Received.objects.exists()


def test_what_cannot_be_given_is_not_there_to_choose(actor, person, full, supervisor):
    about = {"level": "possible", "about": "another_child"}
    for facts in ({"harm": about}, {"harm": about | {"about": "both"}}, {"source": "other"}):
        ObservationFactory(person=person, text=SECRET, **facts)
    DutyFactory(observation__person=person, about_another_child=True, child=SECRET)
    OpinionFactory(person=person, reasons=SECRET)
    ItemVersionFactory(person_of=person, words=SECRET, sees="me", recorded_by=None)
    for key in ("not_again", "words", "places"):
        item = ItemFactory(person=person, section_key=key)
        ItemVersionFactory(person_of=person, item=item, words=SECRET, sees="team")
    found = pieces_of(actor, person)
    assert {each.kind for each in found} == set(Kind.values)
    assert SECRET not in repr(found)


def test_of_a_corrected_note_the_one_that_stands_is_given(actor, person, full):
    old = ObservationFactory(person=person, text="wrong")
    ObservationFactory(person=person, text="right", corrects=old)
    said = repr(pieces_of(actor, person))
    assert "right" in said
    assert "wrong" not in said


@pytest.mark.parametrize("name", ["", "Nobody Invented", "sam pretend", "gone", "two", "desk"])
def test_every_name_that_does_not_fit_is_answered_alike(actor, person, asked, police, name):
    there = {"agency": police.agency}
    WorkerFactory(**there, username="gone", role="police_partner", is_active=False)
    WorkerFactory(**there, username="desk", role="agency_administrator")
    for _ in range(2):
        WorkerFactory(**there, display_name="Two", role="police_partner")
    with pytest.raises(NobodyThere):
        draft_of(by=actor, person=person, asked=asked(names=name))


def test_a_consent_covers_its_kinds_its_agency_and_its_days(actor, person, asked, police):
    def fails(consent):
        with pytest.raises(NotCovered):
            draft_of(by=actor, person=person, asked=asked("notes", consent_id=consent.pk))

    to = {"person": person, "to_agency": police.agency}
    fails(ConsentFactory(**to, kinds=["strengths"]))
    fails(ConsentFactory(**to, ended=True))
    fails(ConsentFactory(**to, said="refused"))
    fails(ConsentFactory(to_agency=police.agency))
    withdrawn = ConsentFactory(**to)
    withdraw(by=actor, consent=withdrawn)
    fails(withdrawn)
    with pytest.raises(NobodyThere):
        draft_of(by=actor, person=person, asked=asked(consent_id=ConsentFactory(person=person).pk))


def test_a_section_must_fit_the_agency_and_needs_a_purpose(actor, person, asked, police):
    law = {"consent_id": None, "agency_id": police.agency_id, "purpose": "A search."}
    draft_of(by=actor, person=person, asked=asked(**law, authority="police-investigation"))
    for wrong in (
        {"authority": "duty-to-report"},
        {"authority": "kept-by-order"},
        {"authority": "protection", "purpose": " "},
        {"authority": "protection", "agency_id": person.agency_id},
    ):
        with pytest.raises(NoAuthority):
            draft_of(by=actor, person=person, asked=asked(**law | wrong))
    for wrong in ([], ["notes:nothing"]):
        with pytest.raises(NothingToGive):
            draft_of(by=actor, person=person, asked=asked(pieces=wrong))


# --- Who opens it ---------------------------------------------------------------------------


def test_the_named_one_opens_it_and_both_logs_say_so(give, piper, police, person):
    row = give("notes")
    copy = read(piper, row)
    assert "She painted." in str(copy.content)
    own, theirs = AuditRow.objects.filter(action__in=["disclosure.read", "disclosure.open"])[:2]
    assert {own.agency_id, theirs.agency_id} == {police.agency_id, person.agency_id}
    opening = openings_of(person.pk).first()
    assert (opening.action, opening.actor_id) == ("disclosure.open", police.pk)


def test_nobody_else_does(give, police, person, supervisor, actor):
    row = give()
    same = WorkerFactory(agency=police.agency, role="police_partner")
    third = WorkerFactory(role="supervisor")
    off = WorkerFactory(agency=police.agency, role="privacy_officer")
    for worker in (same, third, supervisor):
        with pytest.raises(Received.DoesNotExist):
            read(actor_for(worker), row)
    with pytest.raises(NotAllowed):
        read(actor_for(off), row)
    assert received_by(actor) == []


@pytest.mark.parametrize("name", ["Noʔeli Pretend", "Second Name"])
def test_whoever_is_locked_out_of_a_file_there_with_such_a_name_finds_nothing(
    actor, person, police, piper, consent, name
):
    person.name_used, person.other_names = "Noʔeli Pretend", ["Second Name"]
    person.save()
    StrengthFactory(person=person)
    there = YoungPersonFactory(agency=police.agency, opened_by=police, name_used=name)
    index_names(there)
    wanted = Asked(
        pieces=[pieces_of(actor, person)[0].key], names="piper", mark="m", consent_id=consent.pk
    )
    digest = draft_of(by=actor, person=person, asked=wanted).digest
    row = actions.give(by=actor, person=person, asked=wanted, digest=digest)
    assert len(received_by(piper)) == 1
    lock = ConflictLockFactory(person=there, worker=police)
    assert received_by(piper) == newly_received(piper, 14) == []
    with pytest.raises(Received.DoesNotExist):
        read(piper, row)
    type(lock).objects.filter(pk=lock.pk).delete()
    assert len(received_by(piper)) == 1
