"""A concern: taken down once, seen by few, settled once, and who told it kept apart."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.access.actors import actor_for
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Worker
from leeward.audit.models import AuditRow
from leeward.concerns import actions
from leeward.concerns.actions import Noted, Told
from leeward.concerns.factories import ConcernFactory
from leeward.concerns.models import Concern, ConcernNews, ConcernSource
from leeward.concerns.queries import fetch, page_of, settled, waiting
from leeward.concerns.register import erase
from leeward.concerns.rules import OUTCOMES, replies, reply_to
from leeward.core.agency_time import today
from leeward.legal.models import Duty
from leeward.observations.models import Observation
from leeward.people.actions import SomebodyAlike
from leeward.people.factories import BreakGlassFactory, ConflictLockFactory, YoungPersonFactory
from leeward.people.models import Strength, YoungPerson
from leeward.people.opening import NameMissing

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
DAY = dt.date(2025, 3, 10)
NOTED = Noted(text="She sleeps at her desk.")


def of(agency, role="worker", **more):
    """An actor of this role."""
    return actor_for(WorkerFactory(agency=agency, role=role, **more))


@pytest.fixture
def intake(agency):
    return of(agency, "intake")


@pytest.fixture
def concern(wren):
    return ConcernFactory(taken_by=wren)


def told(**more):
    return Told(**{"name": "Tamsin Pretend", "words": "She sleeps.", "said_on": DAY} | more)


def test_the_same_form_sent_twice_is_one_concern_and_other_words_are_another(wren):
    by, said = actor_for(wren), told()
    one = actions.take(by=by, told=said)
    assert actions.take(by=by, told=said) == one
    other = actions.take(by=by, told=told(id=said.id, words="Another day."))
    assert other.pk != one.pk
    assert Concern.objects.count() == ConcernSource.objects.count() == 2


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"name": " "}, NameMissing),
        ({"words": " "}, actions.NothingTold),
        ({"said_on": dt.date(9999, 1, 1)}, actions.NotYet),
    ],
)
def test_what_says_nothing_is_not_kept(wren, more, fault):
    with pytest.raises(fault):
        actions.take(by=actor_for(wren), told=told(**more))
    assert not Concern.objects.exists()


def test_one_that_is_in_no_file_is_for_whoever_took_it_intake_and_supervisors(
    agency, concern, wren, colleague, supervisor, outsider, intake
):
    for by in (actor_for(wren), actor_for(supervisor), intake):
        assert waiting(by) == [concern]
    for by in (actor_for(colleague), actor_for(outsider), of(agency, "agency_administrator")):
        assert waiting(by) == []
        with pytest.raises(Concern.DoesNotExist):
            fetch(by, concern.pk)


def test_one_in_a_file_is_for_whoever_opens_that_file(person, concern, wren, colleague, intake):
    actions.accept_into(by=actor_for(wren), concern=concern, person=person, noted=NOTED)
    assert [each.pk for each in settled(actor_for(wren))] == [concern.pk]
    for by in (intake, actor_for(colleague)):
        assert settled(by) == []


def test_who_said_it_is_not_for_the_team_that_reads_the_file(agency, person, wren):
    taker = WorkerFactory(agency=agency, role="intake")
    concern = ConcernFactory(taken_by=taker, person=person, accepted=True)
    assert fetch(actor_for(wren), concern.pk) == concern
    with pytest.raises(Concern.DoesNotExist):
        actions.read_who_said(by=actor_for(wren), concern_id=concern.pk)
    with pytest.raises(NotAllowed):
        actions.read_who_said(by=of(agency, "residence_staff"), concern_id=concern.pk)


def test_an_emergency_opens_neither_the_concern_nor_who_said_it(agency, person, wren, intake):
    concern = ConcernFactory(taken_by=wren, person=person, accepted=True)
    BreakGlassFactory(person=person, worker=Worker.objects.get(pk=intake.id))
    assert YoungPerson.objects.visible_to(intake).exists()
    for read in (actions.read_concern, actions.read_who_said):
        with pytest.raises(Concern.DoesNotExist):
            read(by=intake, concern_id=concern.pk)


def test_to_read_who_said_it_is_recorded(concern, wren):
    _concern, source = actions.read_who_said(by=actor_for(wren), concern_id=concern.pk)
    assert source.name == "Morgan Sample"
    assert AuditRow.objects.filter(action="concern.who_said", subject_id=concern.pk).exists()


def test_accepted_as_new_it_opens_a_file_with_strengths_a_note_and_the_duty(agency, intake):
    concern = ConcernFactory(taken_by=Worker.objects.get(pk=intake.id))
    noted = Noted(text="A new phone every week.", harm="possible")
    person = actions.accept_as_new(by=intake, concern=concern, noted=noted, name="Tamsin")
    note = Observation.objects.get(person=person)
    assert (note.source, note.text, note.on) == ("other", noted.text, "2025-03-10")
    assert [each.text for each in Strength.objects.filter(person=person)] == ["Plays the drum"]
    assert Duty.objects.get().person == person
    concern.refresh_from_db()
    assert (concern.state, concern.person) == ("accepted", person)
    assert concern.words.startswith("She comes to class")


def test_what_the_young_person_said_is_theirs(person, wren, concern):
    ConcernSource.objects.all().delete()
    ConcernSource.objects.create(concern=concern, recorded_by=wren, kind="youth")
    actions.accept_into(by=actor_for(wren), concern=concern, person=person, noted=NOTED)
    assert Observation.objects.get(person=person).source == "youth"


def test_nothing_is_half_done_while_somebody_is_alike(person, wren, concern):
    by = actor_for(wren)
    common = {"by": by, "concern": concern, "noted": NOTED, "name": person.name_used}
    with pytest.raises(SomebodyAlike):
        actions.accept_as_new(**common)
    assert waiting(by) == [concern]
    assert YoungPerson.objects.count() == 1
    actions.accept_as_new(**common, not_these={person.pk})
    assert waiting(by) == []


def test_it_goes_into_no_file_that_one_may_not_write_in(person, colleague):
    concern = ConcernFactory(taken_by=colleague)
    with pytest.raises(YoungPerson.DoesNotExist):
        actions.accept_into(by=actor_for(colleague), concern=concern, person=person, noted=NOTED)
    assert not Observation.objects.exists()


def test_handed_to_a_team_it_waits_with_them(person, colleague, wren):
    concern = ConcernFactory(taken_by=colleague)
    actions.hand_to_team(by=actor_for(colleague), concern=concern, person_id=person.pk)
    assert waiting(actor_for(wren)) == [concern]
    assert waiting(actor_for(colleague)) == []


@pytest.mark.parametrize("how", ["accept_into", "send_on", "close"])
def test_it_is_settled_once(person, wren, concern, how):
    by = actor_for(wren)
    actions.close(by=by, concern=concern, why="A mistake")
    more = {
        "accept_into": {"person": person, "noted": NOTED},
        "send_on": {"to_whom": "A society", "why": "Theirs"},
        "close": {"why": "Again"},
    }
    with pytest.raises(actions.AlreadySettled):
        getattr(actions, how)(by=by, concern=concern, **more[how])
    assert [each.words for each in ConcernNews.objects.all()] == ["A mistake"]


def test_sent_on_or_closed_it_says_why(wren, concern):
    by = actor_for(wren)
    with pytest.raises(actions.NothingTold):
        actions.close(by=by, concern=concern, why=" ")
    with pytest.raises(actions.NothingTold):
        actions.send_on(by=by, concern=concern, to_whom="A society", why="")


def referred(**more):
    given = {"unit": "A unit", "liaison": "not_yet", "notice": "not_known"}
    return actions.Referred(**given | more)


def test_a_referral_brings_a_dated_result_in_words_and_a_later_one_stands_beside_it(wren, concern):
    by = actor_for(wren)
    actions.refer(by=by, concern=concern, referred=referred())
    more = {"tool": "sey", "tool_on": DAY, "outcome": "As its paper says", "liaison": "yes"}
    actions.refer(by=by, concern=concern, referred=referred(**more))
    newest, first = page_of(concern).referrals
    assert (newest.tool_on, newest.outcome, newest.liaison) == (DAY, "As its paper says", "yes")
    assert (first.tool, first.tool_on, first.outcome) == ("none", None, "")


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"unit": ""}, actions.NothingTold),
        ({"tool": "sey", "outcome": "words"}, actions.NothingTold),
        ({"tool": "cse_it", "tool_on": DAY}, actions.NothingTold),
        ({"tool": "sey", "tool_on": dt.date(9999, 1, 1), "outcome": "x"}, actions.NotYet),
        ({"liaison": "perhaps"}, ValueError),
    ],
)
def test_a_result_without_its_day_or_words_is_not_kept(wren, concern, more, fault):
    with pytest.raises(fault):
        actions.refer(by=actor_for(wren), concern=concern, referred=referred(**more))


def test_whoever_told_it_is_told_what_the_table_says_and_that_is_kept(wren, concern):
    by = actor_for(wren)
    actions.tell_back(by=by, concern=concern, language="fr", on=today())
    actions.close(by=by, concern=concern, why="A mistake")
    actions.tell_back(by=by, concern=concern, language="en", on=today())
    said = [each.words for each in ConcernNews.objects.filter(kind="told").order_by("recorded_at")]
    assert said == [reply_to("waiting", "school").fr, reply_to("closed", "school").en]
    with pytest.raises(actions.NotYet):
        actions.tell_back(by=by, concern=concern, language="en", on=dt.date(9999, 1, 1))


def test_whoever_is_locked_out_of_a_file_sees_no_concern_that_may_be_about_it(
    agency, wren, supervisor, intake, django_assert_num_queries
):
    person = YoungPersonFactory(agency=agency, opened_by=wren, name_used="Tamsin Pretend")
    concern = ConcernFactory(taken_by=wren, name="tamsin pretend")
    uncle = Worker.objects.get(pk=intake.id)
    assert waiting(intake) == [concern]
    with django_assert_num_queries(2):
        waiting(intake)
    ConflictLockFactory(person=person, worker=uncle, set_by=supervisor)
    with django_assert_num_queries(2):
        assert waiting(intake) == []
    with pytest.raises(Concern.DoesNotExist):
        fetch(intake, concern.pk)
    assert waiting(actor_for(supervisor)) == [concern]
    # What they took down themselves does not vanish, which would tell them.
    own = ConcernFactory(taken_by=uncle, name="Tamsin Pretend")
    assert waiting(intake) == [own]
    with pytest.raises(YoungPerson.DoesNotExist):
        actions.hand_to_team(by=intake, concern=own, person_id=person.pk)


def test_with_the_file_goes_the_concern_and_who_told_it(person, wren):
    ConcernFactory(taken_by=wren, person=person, accepted=True)
    stays = ConcernFactory(taken_by=wren)
    assert erase(person.pk) == 2
    assert list(Concern.objects.all()) == [stays]
    assert ConcernSource.objects.get().concern == stays


def test_every_outcome_has_words_in_both_languages():
    assert set(replies()) == {(each, who) for each in OUTCOMES for who in ("anyone", "youth")}
    assert all(each.en.strip() and each.fr.strip() and each.source for each in replies().values())


@given(st.sampled_from(OUTCOMES), st.sampled_from(ConcernSource.Kind.values))
def test_a_reply_tells_nobody_else_that_there_is_a_file(outcome, kind):
    reply = reply_to(outcome, kind)
    assert "file" not in reply.en.casefold()
    assert "dossier" not in reply.fr.casefold()
    assert (reply.who == "youth") == (kind == "youth")
