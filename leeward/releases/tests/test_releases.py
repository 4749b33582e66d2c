import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from leeward.access.actors import actor_for, young_person
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Worker
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.audit.queries import FROM_ANYWHERE
from leeward.entry.factories import EntryFactory, OfferFactory
from leeward.keeping.erasers import erase_all
from leeward.my_space.tests.test_words_of_ours import found_in
from leeward.observations.factories import ObservationFactory
from leeward.observations.models import Observation
from leeward.people.factories import YoungPersonFactory
from leeward.releases import actions, rules
from leeward.releases.factories import ReleaseFactory, SideFactory
from leeward.releases.models import Release, Side
from leeward.releases.openings import WHAT, WHO, opened_by
from leeward.releases.queries import closed_because, file_of, leaf_of, standing

pytestmark = pytest.mark.django_db
ALL_NO = {"phone": "no", "tip_off": "no", "names": "no"}


@pytest.fixture
def own(person):
    """The young person, in their own space."""
    return young_person(person.pk, person.agency_id)


@pytest.fixture
def entry(person):
    return EntryFactory(person=person)


@pytest.fixture
def note(person, entry):
    return ObservationFactory(person=person, text="She painted the whole wall.")


def last_audit():
    row = AuditRow.objects.latest("id")
    return row.action, row.purpose, row.actor_kind, row.subject_id


def say(own, person, note, words, version=0):
    return actions.write_side(by=own, person=person, note_id=note.pk, version=version, words=words)


def test_nothing_reaches_them_until_a_worker_releases_it(own, actor, person, note):
    # Given a note that nobody has released
    assert file_of(own, person) == []

    # When a worker of the team answers no to all three
    row = actions.release(by=actor, note=note, answers=ALL_NO)

    # Then they read it, and who let them, and the answers are kept
    assert last_audit() == ("note.release", "released", "worker", person.pk)
    [leaf] = file_of(own, person)
    assert leaf.note.text == "She painted the whole wall."
    assert leaf.note.recorded_by.display_name == note.recorded_by.display_name
    assert Release.objects.get(pk=row.pk).answers == ALL_NO


@pytest.mark.parametrize("question", rules.QUESTIONS)
@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_any_other_answer_than_no_keeps_it_from_every_device(
    own, actor, person, note, question, answer
):
    row = actions.release(by=actor, note=note, answers=ALL_NO | {question: answer})
    assert last_audit()[1] == row.kind == "not_now"
    assert row.answers[question] == answer
    assert file_of(own, person) == []


def test_asked_again_with_another_answer_it_is_released_no_more(own, actor, person, note):
    actions.release(by=actor, note=note, answers=ALL_NO)
    actions.release(by=actor, note=note, answers=ALL_NO | {"phone": "unsure"})
    assert file_of(own, person) == []
    assert [each.number for each in Release.objects.order_by("number")] == [1, 2]


def test_a_release_is_taken_back_by_another_row(own, actor, person, note):
    actions.release(by=actor, note=note, answers=ALL_NO)
    actions.take_back(by=actor, note=note)
    assert last_audit() == ("note.release", "taken_back", "worker", person.pk)
    assert file_of(own, person) == []
    with pytest.raises(Observation.DoesNotExist):
        leaf_of(own, person, note.pk)
    assert Release.objects.count() == 2
    with pytest.raises(actions.NotReleased):
        actions.take_back(by=actor, note=note)
    # And it can be released again.
    actions.release(by=actor, note=note, answers=ALL_NO)
    assert [each.note_id for each in file_of(own, person)] == [note.pk]


@pytest.mark.parametrize(
    "answers", [{}, {"phone": "no", "tip_off": "no"}, ALL_NO | {"names": "x"}]
)
def test_an_answer_that_is_missing_is_no_answer(actor, note, answers):
    with pytest.raises(ValueError, match="phone"):
        actions.release(by=actor, note=note, answers=answers)
    assert not Release.objects.exists()


def test_without_a_space_of_their_own_there_is_nowhere_to_release_to(actor, person):
    with pytest.raises(actions.NotOffered):
        actions.release(by=actor, note=ObservationFactory(person=person), answers=ALL_NO)


def test_a_note_that_was_corrected_is_not_released_and_one_that_was_says_so(
    own, actor, person, note
):
    actions.release(by=actor, note=note, answers=ALL_NO)
    assert [each.is_corrected for each in file_of(own, person)] == [False]
    newer = ObservationFactory(person=person, corrects=note, text="She painted half of it.")
    # The newer one is a note of its own: it is released by itself, or not at all.
    assert [(each.note_id, each.is_corrected) for each in file_of(own, person)] == [
        (note.pk, True)
    ]
    actions.take_back(by=actor, note=note)
    with pytest.raises(actions.CorrectedSince):
        actions.release(by=actor, note=note, answers=ALL_NO)
    actions.release(by=actor, note=newer, answers=ALL_NO)
    assert [each.note.text for each in file_of(own, person)] == ["She painted half of it."]


MAY_NOT = set(Worker.Role.values) - {
    "worker", "supervisor", "intake", "residence_staff", "youth_in_transition",
}  # fmt: skip


@pytest.mark.parametrize("role", sorted(MAY_NOT))
def test_these_roles_release_nothing(agency, note, role):
    by = actor_for(WorkerFactory(agency=agency, role=role))
    for does in (
        lambda: actions.release(by=by, note=note, answers=ALL_NO),
        lambda: actions.take_back(by=by, note=note),
    ):
        with pytest.raises(NotAllowed):
            does()


def test_nobody_reads_the_file_of_another(own, person):
    other = ReleaseFactory()
    assert file_of(own, person) == []
    assert file_of(own, other.person) == []
    theirs = young_person(other.person_id, other.person.agency_id)
    assert len(file_of(theirs, other.person)) == 1


# --- Their side -------------------------------------------------------------------------------


def test_their_side_is_kept_exactly_and_every_version_stays(own, person, note):
    ReleaseFactory(note=note)
    first = say(own, person, note, "  No.\n\nI was at my aunt's ᓄᐁᓖ ")
    assert last_audit() == ("file.answer", "", "young_person", person.pk)
    assert first.recorded_by is None
    say(own, person, note, "I was at my aunt's.", 1)
    assert [each.words for each in Side.objects.order_by("number")] == [
        "  No.\n\nI was at my aunt's ᓄᐁᓖ ",
        "I was at my aunt's.",
    ]
    assert standing(note).side.words == "I was at my aunt's."


def test_the_same_words_again_make_no_version(own, person, note):
    ReleaseFactory(note=note)
    row = say(own, person, note, "No.")
    assert say(own, person, note, "No.", 1) == row


def test_two_places_at_once_lose_nothing(own, person, note):
    ReleaseFactory(note=note)
    say(own, person, note, "from the phone")
    with pytest.raises(actions.ChangedMeanwhile) as held:
        say(own, person, note, "from the library")
    assert held.value.newest.words == "from the phone"


def test_their_side_stays_and_may_be_changed_when_the_release_is_taken_back(
    own, actor, person, note
):
    # Given a note they answered
    actions.release(by=actor, note=note, answers=ALL_NO)
    say(own, person, note, "It was my idea.")

    # When it is taken back
    actions.take_back(by=actor, note=note)

    # Then their words stand beside the note for workers, and in their own file without the note
    assert standing(note).side.words == "It was my idea."
    [leaf] = file_of(own, person)
    assert (leaf.note, leaf.side.words) == (None, "It was my idea.")
    assert say(own, person, note, "It was all my idea.", 1).number == 2


def test_what_was_never_released_to_them_is_not_theirs_to_answer(own, person, note):
    ReleaseFactory(note=note, not_now=True)
    elsewhere = ReleaseFactory().note
    for each in (note, elsewhere):
        with pytest.raises(actions.NotReleased):
            say(own, person, each, "Hello")
    assert not Side.objects.exists()


def test_blank_is_no_side(own, person, note):
    ReleaseFactory(note=note)
    with pytest.raises(actions.NothingWritten):
        say(own, person, note, " \n ")


def test_nobody_else_writes_it(actor, person, note):
    ReleaseFactory(note=note)
    other = YoungPersonFactory()
    for by in (actor, young_person(other.pk, other.agency_id)):
        with pytest.raises(NotAllowed):
            say(by, person, note, "As they told me")


def test_the_database_refuses_a_side_that_a_worker_signs(note, wren):
    with pytest.raises(IntegrityError), transaction.atomic():
        SideFactory(note=note, recorded_by=wren)
    SideFactory(note=note)
    with pytest.raises(IntegrityError), transaction.atomic():
        SideFactory(note=note)


# --- Where it opens ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("watched", "borrowed", "closed"),
    [
        ("no", False, ""),
        ("yes", False, "phone"),
        ("unsure", False, "phone"),
        ("", False, "phone"),
        ("yes", True, ""),
        ("unsure", True, ""),
    ],
)
def test_it_opens_where_nobody_else_is_likely_to_read(watched, borrowed, closed):
    said = {"watched": watched, "borrowed": borrowed}
    assert rules.closed_because(**said, private_is_open=True) == closed
    assert rules.closed_because(**said, private_is_open=False) == "words"


def test_what_they_found_last_counts(person, entry):
    assert closed_because(entry, borrowed=False) == ""
    OfferFactory(person=person, watched="unsure")
    assert closed_because(entry, borrowed=False) == "phone"
    assert closed_because(entry, borrowed=True) == ""
    entry.private_until = timezone.now() + dt.timedelta(hours=1)
    assert closed_because(entry, borrowed=True) == "words"


# --- Who opened it ----------------------------------------------------------------------------


def test_openings_say_the_kind_of_worker_and_never_a_name(agency, person, actor):
    peer = actor_for(WorkerFactory(agency=agency, role="survivor_peer"))
    partner = actor_for(WorkerFactory(agency=agency, role="police_partner"))
    for by, action in (
        (actor, "file.open"),
        (actor, "file.open"),
        (peer, "file.print"),
        (partner, "file.open"),
        (actor, "file.break_glass"),
    ):
        audit.record(by=by, action=action, subject=person.pk, purpose="overview")
    audit.record(by=actor, action="file.open", subject=person.pk, outcome="refused")
    [day] = opened_by(person)
    assert day.openings == [
        ("A worker", "opened it in an emergency, and had to say why"),
        ("Somebody whose work it is", "read in it"),
        ("A peer worker", "printed a part of it"),
        ("A worker", "read in it"),
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_said_of_openings_holds_no_word_for_what_was_done_to_them(language):
    with translation.override(language):
        said = " ".join(str(each) for each in (*WHO.values(), *WHAT.values()))
    assert not found_in(said)
    assert set(WHAT) == set(FROM_ANYWHERE)
    assert set(WHO) <= set(Worker.Role.values)


def test_it_goes_when_the_file_goes(person, note):
    SideFactory(note=ReleaseFactory(note=note).note)
    kept = SideFactory()
    erase_all(person.pk)
    assert not Release.objects.filter(person=person).exists()
    assert [each.pk for each in Side.objects.all()] == [kept.pk]
