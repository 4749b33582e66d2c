"""What an officer gives, who has no file: never more than its preview, to those named alone, and
no word of whether anybody is known."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Worker
from leeward.audit.models import AuditRow
from leeward.consents.actions import withdraw
from leeward.disclosures import actions
from leeward.disclosures.drafting import NoAuthority, NobodyThere, NothingToGive
from leeward.disclosures.models import Given, Received
from leeward.disclosures.queries import received_by
from leeward.disclosures.rules import digest_of
from leeward.disclosures.without_file.actions import (
    give_without_file,
    read_given,
    read_given_list,
)
from leeward.disclosures.without_file.drafting import (
    AskedWithoutFile,
    NotOpen,
    Typed,
    draft_without_file,
)
from leeward.disclosures.without_file.kinds import piece_kinds
from leeward.keeping.erasers import erase_all
from leeward.people.actions import index_names
from leeward.people.factories import ConflictLockFactory, YoungPersonFactory
from leeward.people.models import YoungPerson

pytestmark = pytest.mark.django_db
TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
WORDS = TEXT.filter(str.strip)
TYPED = st.builds(
    Typed,
    st.sampled_from(sorted(piece_kinds("en"))),
    WORDS,
    WORDS,
    st.one_of(st.none(), st.dates(dt.date(2025, 1, 1), dt.date(2027, 1, 1))),
)
PIECE = Typed("police_step", "A visit", "Nobody was home.", dt.date(2026, 11, 3))


@pytest.fixture
def told(person, wren):
    """What an officer tells Wren, of somebody with the very name of a file there."""
    return AskedWithoutFile(
        pieces=[PIECE],
        purpose="So that they look there first.",
        authority="police-protection",
        mark="m",
        about=person.name_used,
        agency_id=person.agency_id,
        names=wren.username,
    )


@pytest.fixture
def answer(give):
    """`answer(copy)`: the answer to what a worker gave from a file."""

    def of(disclosure=None):
        row = disclosure or give("strengths")
        return AskedWithoutFile(
            pieces=[PIECE],
            purpose="So that she is met.",
            authority="police-serious-harm",
            mark="m",
            answers=row.received_id,
        )

    return of


@pytest.fixture
def tell(piper):
    """Give what was previewed."""

    def of(asked):
        digest = draft_without_file(by=piper, asked=asked).given.digest
        return give_without_file(by=piper, asked=asked, digest=digest)

    return of


def read(worker, row):
    return actions.read_received(by=actor_for(worker), received_id=row.received_id)


# --- What is given --------------------------------------------------------------------------


@settings(max_examples=15)
@given(pieces=st.lists(TYPED, min_size=1, max_size=3), also=st.lists(WORDS, max_size=2))
def test_what_is_received_never_shows_more_than_its_preview(piper, wren, told, pieces, also):
    asked = replace(told, pieces=pieces, also=also)
    with transaction.atomic():
        draft = draft_without_file(by=piper, asked=asked).given
        row = give_without_file(by=piper, asked=asked, digest=draft.digest)
        shown = read(wren, row).content
        assert shown == json.loads(json.dumps(draft.content))
        copy = Received.objects.get(pk=row.received_id)
        assert digest_of(shown) == draft.digest == row.digest == copy.digest
        assert [each["kind"] for each in shown["items"]] == [each.kind for each in pieces]
        assert set(shown) == set(
            "mark from to workers about also answers on purpose authority until may_hand_on"
            " items".split()
        )
        # What stays for good on both sides says of each what it was, and no word of it.
        assert copy.items == row.items
        assert all(set(each) == {"kind", "on"} for each in row.items)
        transaction.set_rollback(True)


def test_what_changed_since_the_preview_is_not_given(piper, told):
    digest = draft_without_file(by=piper, asked=told).given.digest
    for asked in (replace(told, purpose="More."), replace(told, also=["Second Name"])):
        with pytest.raises(actions.ChangedSince):
            give_without_file(by=piper, asked=asked, digest=digest)
    assert not Received.objects.exists()
    assert not Given.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"pieces": []}, NothingToGive),
        ({"pieces": [Typed("notes", "A", "b")]}, NothingToGive),
        ({"pieces": [Typed("police_step", " ", "b")]}, NothingToGive),
        ({"pieces": [Typed("police_step", "A", "")]}, NothingToGive),
        ({"about": " "}, NothingToGive),
        ({"purpose": " "}, NoAuthority),
        ({"authority": "protection"}, NoAuthority),
        ({"authority": ""}, NoAuthority),
        ({"agency_id": None}, NoAuthority),
        ({"names": ""}, NobodyThere),
        ({"names": "Nobody Invented"}, NobodyThere),
    ],
)
def test_nothing_goes_without_a_piece_a_section_a_purpose_and_a_name(piper, told, wrong, fault):
    with pytest.raises(fault):
        draft_without_file(by=piper, asked=replace(told, **wrong))


def test_a_section_of_a_report_fits_a_society_alone(piper, told, person):
    asked = replace(told, authority="police-duty-to-report")
    person.agency.kind = "society"
    person.agency.save()
    draft_without_file(by=piper, asked=asked)
    person.agency.kind = "residence"
    person.agency.save()
    with pytest.raises(NoAuthority):
        draft_without_file(by=piper, asked=asked)


def test_only_an_officer_of_a_police_agency_gives_from_no_file(told, wren, outsider):
    with pytest.raises(NotAllowed):
        give_without_file(by=actor_for(outsider), asked=told, digest="")
    elsewhere = actor_for(WorkerFactory(role="police_partner"))
    with pytest.raises(NoAuthority):
        give_without_file(by=elsewhere, asked=told, digest="")


# --- Nobody is told whether somebody is known -----------------------------------------------


def test_it_is_the_same_whether_or_not_there_is_a_file(piper, wren, person, told):
    def drawn(asked):
        content = dict(draft_without_file(by=piper, asked=asked).given.content)
        return content | {"about": ""}

    index_names(person)
    assert drawn(told) == drawn(replace(told, about="Nobody Invented"))
    assert not YoungPerson.objects.visible_to(piper).exists()


def test_every_name_of_a_worker_that_does_not_fit_is_answered_alike(piper, told, wren):
    there = {"agency": wren.agency}
    WorkerFactory(**there, username="gone", is_active=False)
    WorkerFactory(**there, username="desk", role="agency_administrator")
    for name in ("gone", "desk", "Nobody Invented"):
        with pytest.raises(NobodyThere) as fault:
            draft_without_file(by=piper, asked=replace(told, names=name))
        assert fault.value.args == ()


# --- Who opens it ---------------------------------------------------------------------------


def test_those_named_open_it_and_it_stands_in_both_logs(tell, told, wren, police, colleague):
    row = tell(told)
    given_here, arrived = AuditRow.objects.filter(
        action__in=["disclosure.give", "disclosure.arrive"]
    ).order_by("action")[::-1]
    assert (given_here.agency_id, given_here.subject_id) == (police.agency_id, row.pk)
    assert (arrived.agency_id, arrived.subject_id) == (wren.agency_id, row.received_id)
    assert "Nobody was home." in str(read(wren, row).content)
    opened = AuditRow.objects.get(action="disclosure.open")
    assert (opened.agency_id, opened.subject_id) == (police.agency_id, row.pk)
    with pytest.raises(Received.DoesNotExist):
        read(colleague, row)


def test_whoever_gave_it_reads_of_it_and_no_other_officer(tell, told, piper, police):
    row = tell(told)
    assert read_given_list(by=piper) == [row]
    assert read_given(by=piper, given_id=row.pk).items == row.items
    other = actor_for(WorkerFactory(agency=police.agency, role="police_partner"))
    assert read_given_list(by=other) == []
    with pytest.raises(Given.DoesNotExist):
        read_given(by=other, given_id=row.pk)


@pytest.mark.parametrize("by_other_name", [False, True])
def test_whoever_is_locked_out_of_such_a_file_there_finds_nothing(
    tell, told, wren, person, by_other_name
):
    index_names(person)
    names = {"about": "Second Name", "also": [person.name_used]} if by_other_name else {}
    row = tell(replace(told, **names))
    assert len(received_by(actor_for(wren))) == 1
    ConflictLockFactory(person=person, worker=wren)
    assert received_by(actor_for(wren)) == []
    with pytest.raises(Received.DoesNotExist):
        read(wren, row)


def test_that_a_law_keeps_it_is_seen_by_whoever_gave_it(tell, told, wren, piper):
    row = tell(told)
    law = {"received_id": row.received_id, "authority": "kept-by-order", "reason": "order 1"}
    actions.keep_by_law(by=actor_for(wren), **law)
    found = read_given(by=piper, given_id=row.pk)
    assert found.kept_at
    assert found.kept_under == "kept-by-order"


# --- An answer ------------------------------------------------------------------------------


def test_an_answer_goes_back_to_whoever_gave_it_and_names_nobody(tell, answer, wren, police):
    row = tell(answer())
    copy = read(wren, row)
    assert copy.received.agency_id == wren.agency_id
    assert [each.worker_id for each in copy.received.to.all()] == [wren.pk]
    assert copy.content["workers"] == row.names == []
    assert wren.display_name not in str(copy.content)
    assert copy.content["answers"]
    assert received_by(actor_for(police))[0].pk == row.answers


@pytest.mark.parametrize("why", ["left", "another_role", "file_gone"])
def test_an_answer_finds_nobody_where_whoever_gave_it_no_longer_receives(
    piper, answer, wren, person, why
):
    asked = answer()
    if why == "file_gone":
        erase_all(person.pk)
    else:
        facts = {"is_active": False} if why == "left" else {"role": "agency_administrator"}
        Worker.objects.filter(pk=wren.pk).update(**facts)
    with pytest.raises(NobodyThere):
        draft_without_file(by=piper, asked=asked)


def test_only_a_copy_that_is_open_to_them_can_be_answered(piper, answer, give, actor, police):
    row = give("strengths")
    same = actor_for(WorkerFactory(agency=police.agency, role="police_partner"))
    with pytest.raises(Received.DoesNotExist):
        draft_without_file(by=same, asked=answer(row))
    withdraw(by=actor, consent=row.consent)
    with pytest.raises(NotOpen):
        draft_without_file(by=piper, asked=answer(row))


def test_an_answer_meets_a_lock_by_every_name_of_the_file(tell, answer, give, wren, person):
    given = give("strengths")
    # Known there by another name since, and somebody else's file has nothing to do with it.
    person.name_used, person.other_names = "Zed Example", []
    person.save()
    index_names(person)
    YoungPersonFactory(agency=person.agency, opened_by=wren)
    tell(answer(given))
    assert len(received_by(actor_for(wren))) == 1
    ConflictLockFactory(person=person, worker=wren)
    assert received_by(actor_for(wren)) == []


def test_an_officer_answers_another_officer_too(tell, told, piper, police):
    there = WorkerFactory(role="police_partner", username="quill")
    Worker.objects.filter(pk=there.pk).update(agency=there.agency)
    there.agency.kind = "police"
    there.agency.save()
    row = tell(replace(told, agency_id=there.agency_id, names="quill"))
    back = replace(told, answers=row.received_id, agency_id=None, names="", about="")
    by = actor_for(there)
    digest = draft_without_file(by=by, asked=back).given.digest
    again = give_without_file(by=by, asked=back, digest=digest)
    assert again.to_agency_id == police.agency_id
    assert "Nobody was home." in str(read(police, again).content)
