"""The copy of a file: all of it, nothing that is held back, and nothing that slipped in unseen."""

import datetime as dt
import io

import pikepdf
import pytest
from django.apps import apps
from django.db.models import ForeignKey

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.audit import actions as audit
from leeward.audit.models import AuditRow
from leeward.core.agency_time import today
from leeward.legal.actions import answer_duty
from leeward.observations.actions import explain, pin, resolve
from leeward.observations.factories import ObservationFactory
from leeward.people.actions import change_details, close_file, describe
from leeward.people.models import YoungPerson
from leeward.plans.factories import ItemVersionFactory, ReaderFactory
from leeward.plans.tests.copies import squashed, text_of
from leeward.reminders import register as reminders
from leeward.requests.copying import actions, meeting_parts, own_parts
from leeward.requests.copying.actions import Settled
from leeward.requests.copying.lines import all_lines
from leeward.requests.copying.queries import asked_of, progress_of
from leeward.requests.factories import FileRequestFactory
from leeward.requests.models import Copy, FileRequest, Preparation
from leeward.requests.printing import pages_copy, pages_name
from leeward.requests.register import OF_THE_FILE
from leeward.requests.rules import Held
from leeward.sealing.fields import SealedField
from tests.cast import full_file

pytestmark = pytest.mark.django_db
# An app above tells its own.
TELLS = {each for parts in OF_THE_FILE for each in parts.TELLS} | set(reminders.TELLS)
LEFT_OUT = own_parts.LEFT_OUT | meeting_parts.LEFT_OUT
# A field of a row that is told, which the copy leaves out or says in other words, and why.
NOT_AS_KEPT = {
    "observations.Observation.findings": "said as signs in words",
    "observations.Observation.harm": "said in words",
    "observations.Explanation.indicators": "said as signs in words",
    "observations.Opinion.stage": "said by its name",
    "observations.Opinion.confidence": "said in words",
    "observations.Opinion.reading": "said in words",
    "legal.Duty.question": "said in words",
    "legal.Duty.child": "about another child: of no file",
    "legal.DutyAnswer.outcome": "said in words",
    "placements.Placement.kind": "said in words",
    "people.Assignment.works_as": "said in words",
    "people.BreakGlass.review_words": "of how a worker worked; the privacy officer answers for it",
    "relationships.TieVersion.answers": "said in words",
    "releases.Release.answers": "said in words",
    "releases.StepRelease.answers": "said in words",
    "conferences.Meeting.shape": "said in words",
    "conferences.Preparation.presence": "said in words",
    "conferences.Invitation.role_key": "said in words",
    "conferences.Decision.agrees": "said in words",
    "conferences.Telling.answers": "said in words",
    "consents.Consent.kinds": "said in words",
    "consents.Consent.decider": "said in words",
    "consents.Consent.capacity": "said in words",
    "consents.Consent.form": "said in words",
    "consents.Consent.facts": "what the law was asked, as answers",
    "disclosures.Disclosure.items": "said by their titles",
    "disclosures.Telling.answers": "said in words",
    "concerns.Concern.urgency": "said in words",
    "plans.Wheel.asked_by": "said in words",
    "plans.Wheel.parts": "how they laid it out, which is theirs alone",
    "plans.Suggestion.section_key": "said by its heading",
    "entry.Offer.watched": "said in words",
    "entry.Offer.where": "said in words",
    "people.SafeContact.watched": "said in words",
    "people.SafeContact.voicemail": "said in words",
    "people.YoungPerson.born_approximate": "said in words",
}


@pytest.fixture
def request_(person):
    return FileRequestFactory(person=person, copy=True)


@pytest.fixture
def begun(actor, request_):
    return actions.begin(by=actor, request=request_)


def read_all(actor, begun):
    begun = Preparation.objects.get(pk=begun.pk)
    for each in progress_of(actor, begun).to_look_at:
        actions.look_through(by=actor, preparation=begun, part=each.part.key, seen=each.seen)


def hold(actor, begun, line, passage="", **more):
    said = {"ground": "reporter", "whose": "Kay Pretend", "reason": "she called"} | more
    held = Held(line, passage=passage, **said)
    return actions.hold_back(by=actor, preparation=begun, held=held)


def make(actor, begun, language="en"):
    return actions.make(by=actor, preparation=begun, language=language)


def words_on(copy):
    """Every word of a copy."""
    return "\n".join(
        "\n".join([row["head"], *(each["words"] for each in row["fields"])])
        for part in copy.content["parts"]
        for row in part["rows"]
    )


# --- All of the file ---------------------------------------------------------------------------


def _own_to_a_person(model):
    return any(
        isinstance(each, ForeignKey) and each.related_model is YoungPerson
        for each in model._meta.concrete_fields
    )


def test_every_model_about_a_young_person_is_in_a_part_or_left_out_with_a_reason():
    about = {each for each in apps.get_models() if _own_to_a_person(each)} | {YoungPerson}
    out = {apps.get_model(each) for each in LEFT_OUT}
    assert about == TELLS | out
    assert not TELLS & out
    assert all(LEFT_OUT.values())


def _texts(value):
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [value] if isinstance(value, str) and value else []


def test_every_word_of_a_full_file_is_in_the_copy(actor, person, wren, supervisor):
    file = full_file(person, wren, supervisor)
    describe(by=actor, person=person, hair="long", marks="a scar on the left hand")
    change_details(by=actor, person=person, version=1, details={"caring": "Auntie Example"})
    pin(by=actor, observation=file.note, why="first time")
    explain(by=actor, observation=file.note, how="an aunt was there", on=today())
    resolve(by=actor_for(supervisor), opinion=file.opinion, reason="both saw it")
    answer_duty(
        by=actor, duty=file.duty, outcome="reported", on=today(), who="Wren, by phone",
        society="an invented society", reference="REF-12", own_view="she agreed",
    )  # fmt: skip
    close_file(by=actor, person=person, reason="they moved to another town")
    mine = file.copy.preparation
    told = "\n".join(f"{each.head}\n{each.words}" for each in all_lines(asked_of(actor, mine)))
    missing, seen = [], set()
    for model in TELLS:
        fields = [each for each in model._meta.concrete_fields if isinstance(each, SealedField)]
        own = {"pk": person.pk} if model is YoungPerson else {"person": person}
        for row in model._base_manager.filter(**own):
            seen.add(model)
            if getattr(row, "sees", "team") != "team":
                continue
            for field in fields:
                name = f"{model._meta.label}.{field.name}"
                texts = [] if name in NOT_AS_KEPT else _texts(getattr(row, field.name))
                missing += [(name, each) for each in texts if each not in told]
    assert not missing
    assert TELLS - seen == set()


def test_what_they_keep_to_themselves_or_share_by_name_is_in_no_copy(actor, wren, person, begun):
    ItemVersionFactory(person_of=person, words="For the whole team")
    mine = {"person_of": person, "sees": "me", "recorded_by": None}
    ItemVersionFactory(**mine, words="Xylograph, mine alone")
    named = ItemVersionFactory(person_of=person, sees="named", words="Xylograph, for Wren")
    ReaderFactory(version=named, worker=wren)
    back = ItemVersionFactory(person_of=person, words="Xylograph, once for the team")
    ItemVersionFactory(**mine, item=back.item, number=2, words="now mine")
    read_all(actor, begun)
    copy = make(actor, begun)
    assert "For the whole team" in words_on(copy)
    assert "Xylograph" not in str(copy.content)


def test_who_opened_it_is_named_with_the_agency_up_to_when_this_began(
    actor, person, agency, begun
):
    audit.record(by=actor, action="file.open", subject=person.pk)
    assert not [each for each in all_lines(asked_of(actor, begun)) if each.part == "opened"]
    later = begun.recorded_at + dt.timedelta(hours=1)
    type(begun).objects.filter(pk=begun.pk).update(recorded_at=later)
    begun.refresh_from_db()
    [line] = [each for each in all_lines(asked_of(actor, begun)) if each.part == "opened"]
    assert f"{actor.name}, {agency.name}" in line.head


# --- (a) A held name in another part ------------------------------------------------------------


def test_a_name_held_back_in_one_part_must_be_decided_in_every_other(actor, person, begun):
    # Given a caller who stands in a note, in another, and in a strength
    note = ObservationFactory(person=person, text="Kay Pretend called us, worried.")
    other = ObservationFactory(person=person, text="Kay’s car was at the door.")
    ItemVersionFactory(person_of=person, words="Visit kay on Sunday")
    hold(actor, begun, f"note:{note.pk}:text", "Kay Pretend")
    read_all(actor, begun)

    # When the copy is asked for, it is not made
    with pytest.raises(actions.NotReady) as stopped:
        make(actor, begun)
    places = stopped.value.progress.places
    assert {each.line.part for each in places} == {"notes", "plan"}
    assert not Copy.objects.exists()

    # Until each place is held back too, or left with a reason
    of_note = Settled("kay", (f"note:{other.pk}:text",), "the same caller", "reporter")
    actions.settle(by=actor, preparation=begun, settled=of_note)
    with pytest.raises(actions.NotReady):
        make(actor, begun)
    [place] = progress_of(actor, begun).places
    with pytest.raises(actions.WordsMissing):
        actions.settle(by=actor, preparation=begun, settled=Settled("kay", (place.line.key,), ""))
    left = Settled("kay", (place.line.key,), "another Kay, a friend of theirs")
    actions.settle(by=actor, preparation=begun, settled=left)
    copy = make(actor, begun)

    # Then the name stands only where somebody left it
    assert "[held back] called us, worried." in words_on(copy)
    assert "[held back]’s car was at the door." in words_on(copy)
    assert str(copy.content).count("Kay") == 0
    assert "Visit kay on Sunday" in words_on(copy)
    assert copy.content["held"] == [{"ground": "It would show who made a report.", "count": 2}]
    assert "she called" not in str(copy.content)


def test_a_name_that_somebody_types_is_looked_for_and_a_lifted_one_is_not(actor, person, begun):
    ObservationFactory(person=person, text="Ilo was there.")
    asked = actions.look_for(by=actor, preparation=begun, words="Ilo")
    assert [each.found for each in progress_of(actor, begun).places] == ["Ilo"]
    actions.lift(by=actor, preparation=begun, decision_id=asked.pk)
    assert progress_of(actor, begun).places == []


@pytest.mark.one_engine
def test_a_hold_has_a_ground_of_the_law_somebody_named_a_reason_and_a_line(actor, person, begun):
    note = ObservationFactory(person=person, text="Kay called.")
    line = f"note:{note.pk}:text"
    elsewhere = ObservationFactory(text="Kay called.")
    for wrong, fault in (
        ({"ground": "tidiness"}, KeyError),
        ({"whose": " "}, actions.NobodyNamed),
        ({"reason": " "}, actions.WordsMissing),
        ({"passage": "Kay cried"}, actions.NoSuchLine),
        ({"line": f"note:{elsewhere.pk}:text"}, actions.NoSuchLine),
    ):
        with pytest.raises(fault):
            hold(actor, begun, **({"line": line} | wrong))
    hold(actor, begun, line, ground="serious-harm", whose="")


# --- (b) What changes after it was read ---------------------------------------------------------


def test_a_line_that_is_new_since_it_was_read_is_in_no_copy_unseen(actor, person, begun):
    read_all(actor, begun)
    assert progress_of(actor, begun).ready
    note = ObservationFactory(person=person, text="Written meanwhile.")
    [part] = progress_of(actor, begun).to_look_at
    assert part.part.key == "notes"
    assert f"note:{note.pk}:text" in part.changes.new
    with pytest.raises(actions.NotReady):
        make(actor, begun)
    read_all(actor, begun)
    assert "Written meanwhile." in words_on(make(actor, begun))


def test_what_is_read_is_what_the_page_showed(actor, person, begun):
    [notes] = [each for each in progress_of(actor, begun).parts if each.part.key == "notes"]
    ObservationFactory(person=person)
    with pytest.raises(actions.LookAgain):
        actions.look_through(by=actor, preparation=begun, part="notes", seen=notes.seen)


def test_a_copy_is_not_given_when_the_file_or_a_decision_changed_since(actor, person, begun):
    # Given a copy of the file as it was
    read_all(actor, begun)
    copy = make(actor, begun)
    change_details(by=actor, person=person, version=1, details={"name_used": "Zed"})

    # When it should be given, the worker is told what changed
    with pytest.raises(actions.ChangedSince) as told:
        actions.give(by=actor, copy=copy)
    assert f"person:{person.pk}:name_used" in told.value.found.changed
    assert FileRequest.objects.open().count() == 1

    # And after another look, a newer copy alone is given
    read_all(actor, begun)
    newer = make(actor, begun)
    with pytest.raises(actions.ChangedSince):
        actions.give(by=actor, copy=copy)
    actions.look_for(by=actor, preparation=begun, words="Nobody")
    with pytest.raises(actions.ChangedSince) as told:
        actions.give(by=actor, copy=newer)
    assert not told.value.found
    last = make(actor, begun)
    assert actions.give(by=actor, copy=last).copy == last
    assert not FileRequest.objects.open().exists()
    with pytest.raises(actions.Ended):
        make(actor, begun)


def test_the_digest_is_of_what_was_given_and_stays(actor, begun):
    read_all(actor, begun)
    one, two = make(actor, begun), make(actor, begun)
    assert one.digest == two.digest
    assert make(actor, begun, "fr").digest != one.digest
    assert len(one.digest) == 64


# --- Who may, and what leaves -------------------------------------------------------------------


def test_another_worker_begins_anew_and_decides_nothing_here(supervisor, request_, begun):
    chief = actor_for(supervisor)
    with pytest.raises(actions.NotYours):
        actions.look_for(by=chief, preparation=begun, words="Kay")
    assert actions.begin(by=chief, request=request_) != begun
    with pytest.raises(TypeError):
        actions.begin(by=chief, request=FileRequestFactory(person=request_.person))


@pytest.mark.one_engine
def test_an_intake_worker_makes_no_copy(agency, request_):
    by = actor_for(WorkerFactory(agency=agency, role="intake"))
    with pytest.raises(NotAllowed):
        actions.begin(by=by, request=request_)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("language", "title", "own"),
    [("en", "My pages", "is in My space"), ("fr", "Mes pages", "C’est dans Mon espace")],
)
def test_the_paper_is_tagged_neutral_and_says_what_is_not_on_it(
    actor, person, agency, begun, language, title, own
):
    note = ObservationFactory(person=person, text="Kay Pretend called <us> #now.")
    hold(actor, begun, f"note:{note.pk}:text", "Kay Pretend")
    read_all(actor, begun)
    copy = make(actor, begun, language)
    # The mark stands in the copy in its own language.
    mark = "[retenu]" if language == "fr" else "[held back]"
    made = pages_copy(copy, mark=mark, code="BCDF-GHJK")
    assert made == pages_copy(copy, mark=mark, code="BCDF-GHJK")
    with pikepdf.open(io.BytesIO(made)) as paper:
        assert paper.Root.MarkInfo.Marked
        assert str(paper.Root.Lang).startswith(language)
        assert str(paper.docinfo["/Title"]) == title
        assert "/Author" not in paper.docinfo
        with paper.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
    assert pages_name(language) in {"my-pages.pdf", "mes-pages.pdf"}
    paper = text_of(made)
    assert squashed("called <us> #now.") in paper
    assert squashed(mark) in paper
    assert "Kay" not in paper
    assert squashed(agency.name) not in paper
    assert squashed(own) in paper
    assert AuditRow.objects.filter(action="request.make_copy", subject_id=person.pk).exists()
