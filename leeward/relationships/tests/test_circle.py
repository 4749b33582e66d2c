"""What changes a circle, and what everything above may ask of it."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from leeward.access.actors import SYSTEM, Actor, NobodyWrites, actor_for
from leeward.access.rules import NotAllowed
from leeward.audit.models import AuditRow
from leeward.core.agency_time import today
from leeward.keeping import erasers
from leeward.people.factories import YoungPersonFactory
from leeward.relationships.actions import (
    BeforeTheLast,
    ChangedMeanwhile,
    NobodyNamed,
    Told,
    add_tie,
    change_tie,
    let_go,
    push_back,
    pushed_back,
)
from leeward.relationships.factories import AdvocacyFactory, AnchorFactory, TieVersionFactory
from leeward.relationships.models import Advocacy, AdvocacyNews, Anchor, Tie, TieVersion
from leeward.relationships.queries import (
    advocacy_of,
    anchor_of,
    circle_as_they_see,
    circle_of,
    may_be_told,
    newest_of,
    open_advocacy,
    tie_of,
    versions_as_they_see,
)
from leeward.relationships.rules import Facts, Impossible

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 3, 10)
LATER = DAY + dt.timedelta(days=30)


@pytest.fixture
def actor(wren):
    return actor_for(wren)


def themselves(person):
    return Actor("young_person", person.pk, person.agency_id, "young_person")


def names(page):
    return [each.version.name for each in page.inside]


def test_a_tie_is_rows_over_time_and_any_day_can_be_seen(actor, person):
    auntie = add_tie(by=actor, person=person, told=Told("Auntie Pretend"), on=DAY).tie
    add_tie(by=actor, person=person, told=Told("Mum", facts=Facts(stands="tense")), on=LATER)
    change_tie(by=actor, tie=auntie, version=1, told=Told("Auntie P."), on=LATER)
    assert names(circle_of(person, DAY, today())) == ["Auntie Pretend"]
    assert names(circle_of(person, LATER, today())) == ["Auntie P.", "Mum"]
    assert names(circle_of(person, DAY - dt.timedelta(days=1), today())) == []
    assert circle_of(person, LATER, today()).days.all == (DAY, LATER)


def test_whoever_is_let_go_of_leaves_the_circle_and_stays_on_the_record(actor, person):
    tie = add_tie(by=actor, person=person, told=Told("Dex", "he drives me"), on=DAY).tie
    let_go(by=actor, tie=tie, version=1, on=LATER)
    page = circle_of(person, today(), today())
    assert (names(page), [each.version.part for each in page.let_go]) == ([], ["he drives me"])
    change_tie(by=actor, tie=tie, version=2, told=Told("Dex"))
    assert names(circle_of(person, today(), today())) == ["Dex"]
    assert tie.versions.count() == 3


def test_a_change_from_an_older_form_is_refused_with_the_newest(actor, person):
    tie = add_tie(by=actor, person=person, told=Told("Mum"), on=DAY).tie
    change_tie(by=actor, tie=tie, version=1, told=Told("Maman"))
    for again in (
        lambda: change_tie(by=actor, tie=tie, version=1, told=Told("Mom")),
        lambda: let_go(by=actor, tie=tie, version=1),
    ):
        with pytest.raises(ChangedMeanwhile) as refused:
            again()
        assert refused.value.newest.name == "Maman"
    assert tie.versions.count() == 2


def test_a_change_is_not_dated_before_the_last(actor, person):
    tie = add_tie(by=actor, person=person, told=Told("Mum"), on=LATER).tie
    with pytest.raises(BeforeTheLast):
        change_tie(by=actor, tie=tie, version=1, told=Told("Mum"), on=DAY)


@pytest.mark.parametrize("name", ["", "  "])
def test_a_tie_needs_a_name(actor, person, name):
    with pytest.raises(NobodyNamed):
        add_tie(by=actor, person=person, told=Told(name))
    assert not Tie.objects.exists()


def test_a_new_anchor_takes_the_place_of_the_one_before(actor, person):
    first = add_tie(by=actor, person=person, told=Told("Auntie", anchor=True), on=DAY).tie
    second = add_tie(by=actor, person=person, told=Told("Pip", anchor=True), on=LATER).tie
    assert anchor_of(person).tie_id == second.pk
    assert circle_of(person, DAY, today()).anchor.tie_id == first.pk
    assert circle_of(person, LATER, today()).anchor.tie_id == second.pk
    assert Anchor.objects.count() == 2


@pytest.mark.parametrize("how", ["no longer", "distance", "let go"])
def test_an_anchor_who_is_one_no_more_ends(actor, person, how):
    tie = add_tie(by=actor, person=person, told=Told("Auntie", anchor=True), on=DAY).tie
    if how == "let go":
        let_go(by=actor, tie=tie, version=1)
    else:
        facts = Facts(stands="distance") if how == "distance" else Facts()
        change_tie(by=actor, tie=tie, version=1, told=Told("Auntie", facts=facts))
    assert anchor_of(person) is None
    assert Anchor.objects.get().until == today()


def test_an_anchor_said_again_is_the_same_anchor(actor, person):
    tie = add_tie(by=actor, person=person, told=Told("Auntie", anchor=True), on=DAY).tie
    change_tie(by=actor, tie=tie, version=1, told=Told("Auntie P.", anchor=True))
    assert [each.since for each in Anchor.objects.all()] == [DAY]


def test_the_database_keeps_one_anchor(person):
    AnchorFactory(person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnchorFactory(person=person)


def test_whom_they_count_on_is_theirs_to_say_whatever_a_worker_marked(actor, person):
    own = themselves(person)
    tie = add_tie(by=own, person=person, told=Told("Dex", anchor=True), on=DAY).tie
    told = Told("Dex", facts=Facts(of_concern=True), anchor=True)
    change_tie(by=actor, tie=tie, version=1, told=told)
    assert anchor_of(person).tie_id == tie.pk
    change_tie(by=own, tie=tie, version=1, told=Told("Dex"))
    change_tie(by=own, tie=tie, version=1, told=Told("Dex", anchor=True))
    assert anchor_of(person).tie_id == tie.pk
    assert may_be_told(person=person, tie_id=tie.pk, what="well") == "no"


def test_what_only_a_worker_marked_is_no_change_to_the_young_person(actor, person):
    own = themselves(person)
    tie = add_tie(by=own, person=person, told=Told("Dex"), on=DAY).tie
    marked = Told("Dex", facts=Facts(of_concern=True))
    change_tie(by=actor, tie=tie, version=1, told=marked, on=LATER)
    [row] = versions_as_they_see(tie)
    assert (row.number, row.on, row.facts) == (1, DAY, Facts())
    page = circle_as_they_see(person, today(), today())
    assert page.days.all == (DAY,)
    assert [each.facts for each in page.inside] == [Facts()]
    assert [each.version.facts for each in page.inside] == [Facts()]
    # And what they write is neither stopped by it nor takes it away.
    change_tie(by=own, tie=tie, version=1, told=Told("Dex", "lives near"))
    assert newest_of(tie).facts.of_concern
    assert [each.number for each in versions_as_they_see(tie)] == [2, 1]


def test_a_change_by_a_worker_is_told_to_whoever_was_slower(actor, person):
    own = themselves(person)
    tie = add_tie(by=own, person=person, told=Told("Dex"), on=DAY).tie
    change_tie(by=actor, tie=tie, version=1, told=Told("Dexter"), on=LATER)
    with pytest.raises(ChangedMeanwhile):
        change_tie(by=own, tie=tie, version=1, told=Told("Dex", "lives near"))


def test_they_see_what_they_asked_for_and_no_task_of_a_worker(actor, person):
    tie = TieVersionFactory(tie__person=person, weighing=True).tie
    push_back(by=actor, tie=tie, what="Ask the police why")
    asked = push_back(by=themselves(person), tie=tie, what="come with me")
    page = circle_as_they_see(person, today(), today())
    assert page.advocacy == {tie.pk: [asked]}


def test_what_is_open_to_push_back_is_found_for_many(actor, person):
    tie = TieVersionFactory(tie__person=person, weighing=True).tie
    later = push_back(by=actor, tie=tie, what="a letter")
    dated = push_back(by=actor, tie=tie, what="a call", due_on=LATER)
    pushed_back(by=actor, advocacy=push_back(by=actor, tie=tie, what="done"))
    AdvocacyFactory()
    assert list(open_advocacy([person.pk])) == [dated, later]


def test_everything_above_may_ask_who_may_be_told(actor, person):
    tie = add_tie(by=actor, person=person, told=Told("Mum", facts=Facts(may=("well",)))).tie
    assert may_be_told(person=person, tie_id=tie.pk, what="well") == "yes"
    assert may_be_told(person=person, tie_id=tie.pk, what="where") == "ask"
    change_tie(by=actor, tie=tie, version=1, told=Told("Mum", facts=Facts(must_not=("anything",))))
    assert may_be_told(person=person, tie_id=tie.pk, what="well") == "no"


def test_whoever_is_in_another_circle_is_told_nothing(actor, person):
    theirs = TieVersionFactory(answers={"may": ["well"]})
    assert may_be_told(person=person, tie_id=theirs.tie_id, what="well") == "no"
    assert may_be_told(person=person, tie_id=uuid.uuid4(), what="well") == "no"


def test_a_young_person_writes_their_own_circle_and_no_worker_signs(person):
    by = themselves(person)
    row = add_tie(by=by, person=person, told=Told("Kookum", "she sings", anchor=True))
    assert row.recorded_by is None
    assert Anchor.objects.get().recorded_by is None
    audit = AuditRow.objects.latest("id")
    assert (audit.actor_kind, audit.actor_id) == ("young_person", person.pk)


def test_a_young_person_writes_in_nobody_elses_circle(person):
    other = YoungPersonFactory()
    tie = TieVersionFactory(tie__person=other, weighing=True).tie
    by = themselves(person)
    task = AdvocacyFactory(person=other)
    for write in (
        lambda: add_tie(by=by, person=other, told=Told("Me")),
        lambda: change_tie(by=by, tie=tie, version=1, told=Told("Me")),
        lambda: let_go(by=by, tie=tie, version=1),
        lambda: push_back(by=by, tie=tie, what="a letter"),
        lambda: pushed_back(by=by, advocacy=task),
    ):
        with pytest.raises(NotAllowed):
            write()


def test_what_a_worker_marks_is_neither_shown_nor_changed_by_the_young_person(actor, person):
    told = Told("Dex", facts=Facts(of_concern=True))
    tie = add_tie(by=actor, person=person, told=told, on=DAY).tie
    by = themselves(person)
    change_tie(by=by, tie=tie, version=1, told=Told("D.", facts=Facts(ring="macro")))
    assert newest_of(tie).facts == Facts(ring="macro", of_concern=True)
    new = add_tie(by=by, person=person, told=Told("Mum", facts=Facts(of_concern=True)))
    assert not new.facts.of_concern


def test_the_system_draws_nobodys_circle(person):
    with pytest.raises(NobodyWrites):
        add_tie(by=SYSTEM, person=person, told=Told("Mum"))


def test_what_weighs_is_pushed_against_once(actor, person):
    tie = TieVersionFactory(tie__person=person, weighing=True).tie
    task = push_back(by=actor, tie=tie, what="Call the shop", due_on=LATER)
    assert advocacy_of(person, task.pk) == task
    first = pushed_back(by=actor, advocacy=task, words="They said sorry")
    assert pushed_back(by=actor, advocacy=task, words="Again") == first
    with pytest.raises(Advocacy.DoesNotExist):
        advocacy_of(person, task.pk)
    assert circle_of(person, today(), today()).advocacy == {tie.pk: [task]}


def test_nothing_is_pushed_against_a_person_or_without_a_word(actor, person):
    tie = TieVersionFactory(tie__person=person).tie
    with pytest.raises(Impossible):
        push_back(by=actor, tie=tie, what="a letter")
    with pytest.raises(NobodyNamed):
        push_back(by=actor, tie=tie, what=" ")


def test_a_tie_of_somebody_else_is_not_there(person):
    with pytest.raises(Tie.DoesNotExist):
        tie_of(person, TieVersionFactory().tie_id)
    with pytest.raises(Advocacy.DoesNotExist):
        advocacy_of(person, AdvocacyFactory().pk)


def test_a_disposed_circle_goes_with_every_row_and_leaves_others(actor, person):
    tie = add_tie(by=actor, person=person, told=Told("Mum", anchor=True)).tie
    change_tie(by=actor, tie=tie, version=1, told=Told("Maman"))
    pushed_back(by=actor, advocacy=AdvocacyFactory(person=person))
    kept = AdvocacyFactory()
    gone = erasers.erase_all(person.pk)["relationships"]
    assert gone == 8
    for model in (Tie, TieVersion, Anchor, Advocacy, AdvocacyNews):
        assert not model.objects.filter(person=person).exists()
    assert Advocacy.objects.get() == kept
