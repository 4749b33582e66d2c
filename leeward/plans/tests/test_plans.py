import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from leeward.access.actors import actor_for, young_person
from leeward.access.rules import NotAllowed
from leeward.core.agency_time import today
from leeward.observations.queries import timeline
from leeward.people.factories import AssignmentFactory, YoungPersonFactory
from leeward.people.standing.actions import end_assignment
from leeward.plans import actions
from leeward.plans.actions import Said, Shared
from leeward.plans.factories import (
    ItemFactory,
    ItemNewsFactory,
    ItemVersionFactory,
    ReaderFactory,
    StepFactory,
    SuggestionFactory,
)
from leeward.plans.models import ItemVersion, Sees, SuggestionAnswer
from leeward.plans.queries import (
    as_entries,
    earlier_versions,
    item_of,
    plan_of,
    suggestions_for,
    team_of,
    was_shared,
    way_of,
)
from leeward.plans.sections import by_address, sections, ways

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 4, 1)
ME, TEAM = Shared(Sees.ME), Shared(Sees.TEAM)


@pytest.fixture
def own(person):
    """The young person, in their own space."""
    return young_person(person.pk, person.agency_id)


def write(by, person, words, section="want", shared=TEAM):
    return actions.write_new(
        by=by, person=person, section=section, said=Said(words), shared=shared
    )


def words_in(actor, person, **more):
    plan = plan_of(actor, person, **more)
    return {each.words for section in plan.sections for each in section.items}


def test_nobody_has_written_anything(actor, person):
    plan = plan_of(actor, person)
    assert plan.empty
    assert (plan.want, plan.open_steps, plan.done_steps) == ("", [], [])


def test_words_are_kept_exactly_and_every_version_stays(actor, person):
    said = "  i want\n\nto sleep  "
    item = write(actor, person, "a door").item
    actions.change(by=actor, item=item, version=1, said=Said(said))
    assert plan_of(actor, person).want == said
    assert [each.words for each in earlier_versions(actor, person)] == ["a door"]


def test_saving_the_same_words_makes_no_version(actor, person):
    row = write(actor, person, "a door")
    assert actions.change(by=actor, item=row.item, version=1, said=Said("a door")) == row
    assert ItemVersion.objects.count() == 1


def test_two_people_writing_at_once_lose_nothing(actor, person):
    item = write(actor, person, "a door").item
    actions.change(by=actor, item=item, version=1, said=Said("a window"))
    with pytest.raises(actions.ChangedMeanwhile) as held:
        actions.change(by=actor, item=item, version=1, said=Said("a bike"))
    assert held.value.newest.words == "a window"
    assert plan_of(actor, person).want == "a window"


@pytest.mark.parametrize("words", ["", "  \n "])
def test_nothing_is_not_written(own, person, words):
    with pytest.raises(actions.NothingWritten):
        write(own, person, words)


def test_what_is_taken_out_is_gone_from_the_page_and_stays_in_the_history(own, actor, person):
    item = write(own, person, "a door").item
    actions.take_out(by=own, item=item, version=1)
    assert words_in(own, person) == words_in(actor, person) == set()
    with pytest.raises(ItemVersion.DoesNotExist):
        item_of(own, person, item.pk)
    assert [each.words for each in item.versions.order_by("number")] == ["a door", ""]


def test_what_is_for_them_alone_no_worker_reads(own, person, actor, supervisor, colleague):
    write(own, person, "for me alone", shared=ME)
    for worker in (actor, actor_for(supervisor), actor_for(colleague)):
        assert words_in(worker, person) == set()
    assert words_in(own, person) == {"for me alone"}


def test_what_is_shared_by_name_is_for_those_alone(own, person, wren, supervisor, colleague):
    AssignmentFactory(person=person, worker=colleague)
    write(own, person, "for Jo", shared=Shared(Sees.NAMED, [colleague]))
    assert words_in(actor_for(colleague), person) == {"for Jo"}
    assert words_in(actor_for(wren), person) == words_in(actor_for(supervisor), person) == set()


def test_a_named_worker_who_leaves_the_team_reads_it_no_more(own, person, supervisor, colleague):
    assignment = AssignmentFactory(person=person, worker=colleague)
    write(own, person, "for Jo", shared=Shared(Sees.NAMED, [colleague]))
    end_assignment(by=actor_for(supervisor), assignment=assignment, until=today())
    assert words_in(actor_for(colleague), person) == set()


def test_it_is_shared_with_nobody_outside_the_team(own, person, colleague):
    with pytest.raises(actions.NotOnTheTeam):
        write(own, person, "for Jo", shared=Shared(Sees.NAMED, [colleague]))
    with pytest.raises(actions.NobodyNamed):
        write(own, person, "for nobody", shared=Shared(Sees.NAMED))
    assert not ItemVersion.objects.exists()


def test_whoever_holds_the_pen_reads_it_on_the_team_or_not(person, supervisor):
    write(
        actor_for(supervisor), person, "told to my chief", shared=Shared(Sees.NAMED, [supervisor])
    )
    assert words_in(actor_for(supervisor), person) == {"told to my chief"}


def test_unsharing_closes_what_was_said_before_too(own, actor, person):
    item = write(own, person, "read by all").item
    actions.change(by=own, item=item, version=1, said=Said("not any more"), shared=ME)
    assert words_in(actor, person) == set()
    assert earlier_versions(actor, person) == []
    assert was_shared(item_of(own, person, item.pk))


def test_what_was_said_before_it_was_shared_stays_closed(own, actor, person):
    item = write(own, person, "a first try", shared=ME).item
    actions.change(by=own, item=item, version=1, said=Said("for all"), shared=TEAM)
    assert words_in(actor, person) == {"for all"}
    assert earlier_versions(actor, person) == []
    assert [each.words for each in earlier_versions(own, person)] == ["a first try"]


def test_a_worker_never_changes_what_they_typed(own, actor, person):
    item = write(own, person, "my own words").item
    with pytest.raises(actions.TheirOwnWords):
        actions.change(by=actor, item=item, version=1, said=Said("better words"))
    with pytest.raises(actions.TheirOwnWords):
        actions.take_out(by=actor, item=item, version=1)
    assert words_in(own, person) == {"my own words"}


def test_a_worker_changes_what_it_says_and_not_who_reads_it(actor, person, wren, colleague):
    item = write(actor, person, "for Wren", shared=Shared(Sees.NAMED, [wren])).item
    actions.change(by=actor, item=item, version=1, said=Said("still"), shared=TEAM)
    AssignmentFactory(person=person, worker=colleague)
    assert words_in(actor_for(colleague), person) == set()
    assert words_in(actor, person) == {"still"}


def test_a_worker_writes_nothing_that_no_worker_reads(actor, person):
    with pytest.raises(NotAllowed):
        write(actor, person, "hidden", shared=ME)
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemVersionFactory(person_of=person, sees="me")


def test_a_young_person_writes_in_no_plan_but_their_own(person):
    other = YoungPersonFactory(agency=person.agency)
    somebody = young_person(other.pk, other.agency_id)
    item = ItemVersionFactory(person_of=person).item
    for act in (
        lambda: write(somebody, person, "mine"),
        lambda: actions.change(by=somebody, item=item, version=1, said=Said("x")),
        lambda: actions.take_out(by=somebody, item=item, version=1),
        lambda: actions.tell_how_it_went(by=somebody, item=item, kind="done"),
        lambda: actions.look_again_on(by=somebody, person=person, on=DAY),
        lambda: actions.take_copy(by=somebody, person=person, private=True),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert words_in(somebody, person) == set()


def test_while_it_is_not_sure_who_reads_only_what_the_team_reads_is_open(own, person, wren):
    write(own, person, "for all")
    item = write(own, person, "for Wren", shared=Shared(Sees.NAMED, [wren])).item
    write(own, person, "for me", shared=ME)
    assert words_in(own, person, private=False) == {"for all"}
    with pytest.raises(ItemVersion.DoesNotExist):
        item_of(own, person, item.pk, private=False)


# Steps


def test_steps_with_a_day_come_first_then_those_for_when_they_are_ready(actor, person):
    StepFactory(person_of=person, words="when ready")
    StepFactory(person_of=person, words="later", due_on=dt.date(2025, 6, 1))
    StepFactory(person_of=person, words="sooner", due_on=dt.date(2025, 5, 1))
    said = [each.words for each in plan_of(actor, person).open_steps]
    assert said == ["sooner", "later", "when ready"]


def test_a_step_told_of_is_done_and_stands_on_the_way(own, person):
    step = write(own, person, "visit the art room", "step").item
    actions.tell_how_it_went(by=own, item=step, kind="done", words="clay!", on=DAY)
    plan = plan_of(own, person)
    assert (plan.open_steps, [each.words for each in plan.done_steps]) == (
        [],
        ["visit the art room"],
    )
    assert [(each.on, each.what, each.kind) for each in way_of(own, person)] == [
        (DAY, "visit the art room", "done")
    ]


def test_the_timeline_tells_of_what_the_whole_team_reads(own, actor, person):
    shared, alone = StepFactory(person_of=person), StepFactory(person_of=person, alone=True)
    for each in (shared, alone):
        ItemNewsFactory(item=each.item, on=DAY)
    ItemNewsFactory(item=StepFactory(person_of=person).item, on=DAY, kind="let_go")
    assert [each.item.what for each in as_entries(person)] == [shared.words]
    assert [each.kind for each in timeline(person)].count("step") == 1


# Suggestions


def test_a_suggestion_taken_is_theirs_and_shared_with_the_team(own, actor, person):
    row = actions.suggest(by=actor, person=person, section="hopes", words="to paint a wall")
    assert suggestions_for(person) == [row]
    assert words_in(actor, person) == set()
    actions.answer_suggestion(by=own, suggestion=row, took=True)
    assert words_in(actor, person) == {"to paint a wall"}
    assert ItemVersion.objects.get().recorded_by is None
    assert suggestions_for(person) == []


def test_a_suggestion_left_changes_nothing(own, person):
    row = SuggestionFactory(person=person)
    actions.answer_suggestion(by=own, suggestion=row, took=False)
    assert words_in(own, person) == set()
    with pytest.raises(actions.AlreadyAnswered):
        actions.answer_suggestion(by=own, suggestion=row, took=True)


def test_a_suggestion_for_what_is_there_keeps_who_reads_it(own, actor, person):
    item = write(own, person, "a door").item
    row = actions.suggest(
        by=actor, person=person, section="want", words="a door that locks", item=item
    )
    actions.change(by=own, item=item, version=1, said=Said("a door"), shared=ME)
    actions.answer_suggestion(by=own, suggestion=row, took=True)
    assert words_in(own, person) == {"a door that locks"}
    assert words_in(actor, person) == set()


def test_no_worker_answers_for_them(actor, person):
    row = SuggestionFactory(person=person)
    with pytest.raises(NotAllowed):
        actions.answer_suggestion(by=actor, suggestion=row, took=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        SuggestionAnswer.objects.create(
            person=person, suggestion=row, took=True, recorded_by=person.opened_by
        )


# What the database keeps


def test_a_version_has_a_number_of_its_own_and_known_readers(person):
    row = ItemVersionFactory(person_of=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemVersionFactory(person_of=person, item=row.item, number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemVersionFactory(person_of=person, sees="world")
    reader = ReaderFactory(version=row)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReaderFactory(version=row, worker=reader.worker)


def test_an_item_says_nothing_by_itself(person):
    assert ItemFactory(person=person).section.key == "want"


def test_the_team_is_whoever_works_with_them_today(person, wren, colleague):
    AssignmentFactory(person=person, worker=colleague, ended=True)
    assert team_of(person) == [wren]


# The tables


def test_every_section_says_itself_in_both_languages_under_an_address_of_its_own():
    assert len(by_address()) == len(sections())
    for each in sections().values():
        assert each.part in ("plan", "safe")
        assert all(text.strip() for text in (*each.titles, *each.hints)), each.key
        assert each.key not in each.address


def test_every_question_of_a_way_has_a_section_and_both_languages():
    assert set(ways()) == {"maps", "path", "page"}
    for way in ways().values():
        assert len({each.section.key for each in way}) == len(way) >= 5
        assert all(text.endswith("?") for each in way for text in each.words)
