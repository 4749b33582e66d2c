"""Asking, more days, answering, the statement: who may, what is kept, what the clock says."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from leeward.access.actors import actor_for, young_person
from leeward.access.rules import NotAllowed
from leeward.accounts.factories import WorkerFactory
from leeward.accounts.models import Worker
from leeward.administration.factories import AdministratorFactory
from leeward.audit.models import AuditRow
from leeward.core.agency_time import today
from leeward.keeping.queries import is_held
from leeward.law.requests import NoSuchExtension
from leeward.legal.factories import RuleChangeFactory
from leeward.notices.queries import waiting_for
from leeward.observations.factories import ObservationFactory
from leeward.observations.queries import timeline
from leeward.people.actions import change_details
from leeward.people.factories import ConflictLockFactory, YoungPersonFactory
from leeward.people.models import DetailsChange
from leeward.requests import actions
from leeward.requests.actions import Asked, Made
from leeward.requests.factories import (
    AnswerFactory,
    ExtensionFactory,
    FileRequestFactory,
    StatementFactory,
)
from leeward.requests.in_words import left_in_words
from leeward.requests.models import Answer, FileRequest, Statement
from leeward.requests.queries import (
    open_requests,
    request_of,
    requests_of,
    soon_due,
    statements_by_note,
    statements_elsewhere,
)

pytestmark = pytest.mark.django_db
CHANGE = Asked("correction", "She ran off.", "I went to my aunt.", "It was not so.")


@pytest.fixture
def own(person):
    """The young person, in their own space."""
    return young_person(person.pk, person.agency_id)


@pytest.fixture
def chief(supervisor):
    """The supervisor of the team."""
    return actor_for(supervisor)


def ago(days):
    return today() - dt.timedelta(days=days)


def test_they_ask_in_my_space_and_their_workers_are_told_and_nobody_is_named(
    own, person, wren, actor, chief
):
    row = actions.ask(by=own, person=person, asked=CHANGE)
    # Whoever has yet to read of it is told once.
    actions.ask(by=own, person=person, asked=Asked("copy"))
    assert (row.received_on, row.how, row.recorded_by_id) == (today(), "space", None)
    kept = FileRequest.objects.get(kind="correction")
    assert (kept.words, kept.instead, kept.why) == (CHANGE.words, CHANGE.instead, CHANGE.why)
    for each in (actor, chief):
        [notice] = waiting_for(each, "requests.asked")
        assert notice.about == person.pk
    last = AuditRow.objects.latest("id")
    assert (last.action, last.actor_kind, last.subject_id) == (
        "request.ask", "young_person", person.pk,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "day"), [("America/Toronto", "2026-11-05"), ("America/Winnipeg", "2026-11-04")]
)
def test_day_0_is_the_day_of_their_agency_not_of_the_server(own, person, monkeypatch, zone, day):
    agency = person.agency
    agency.time_zone = zone
    agency.save(update_fields=["time_zone"])
    now = dt.datetime(2026, 11, 5, 5, 30, tzinfo=dt.UTC)
    monkeypatch.setattr(actions.timezone, "now", lambda: now)
    assert actions.ask(by=own, person=person, asked=CHANGE).received_on.isoformat() == day


def test_a_worker_writes_it_down_and_says_which_day_it_came(actor, person):
    said = {"by": actor, "person": person, "asked": Asked("copy"), "how": "paper"}
    with pytest.raises(actions.NotYetReceived):
        actions.ask(**said, on=ago(-1))
    row = actions.ask(**said, on=ago(3))
    assert (row.received_on, row.how, row.recorded_by_id) == (ago(3), "paper", actor.id)
    with pytest.raises(actions.AskedAlready):
        actions.ask(**said)
    assert FileRequest.objects.count() == 1


@pytest.mark.one_engine
def test_a_correction_says_what(own, person):
    for words, instead in (("", ""), ("x", " "), (" ", "y")):
        with pytest.raises(actions.WordsMissing):
            actions.ask(by=own, person=person, asked=Asked("correction", words, instead))


def test_nobody_asks_about_another_file(own, person):
    other = YoungPersonFactory(agency=person.agency)
    with pytest.raises(NotAllowed):
        actions.ask(by=own, person=other, asked=CHANGE)
    elsewhere = Asked("correction", "x", "y", "", ObservationFactory(person=other))
    with pytest.raises(actions.AnotherFile):
        actions.ask(by=own, person=person, asked=elsewhere)


MAY_WRITE = {"worker", "supervisor", "intake", "residence_staff", "youth_in_transition"}
MAY_ANSWER = {"worker", "supervisor", "youth_in_transition"}


@pytest.mark.one_engine
def test_who_may_write_down_and_who_may_answer(agency, person):
    worker = WorkerFactory(agency=agency)
    asked = {"person": person, "asked": CHANGE, "how": "paper"}
    for role in Worker.Role.values:
        by, row = replace(actor_for(worker), role=role), FileRequestFactory(person=person)
        given = {"by": by, "request": row, "reasons": "no"}
        tries = (
            (MAY_WRITE, actions.ask, asked | {"by": by}),
            (MAY_WRITE, actions.read_requests, {"by": by}),
            (MAY_ANSWER, actions.refuse_correction, given),
        )
        for may, does, said in tries:
            if role in may:
                does(**said)
            else:
                with pytest.raises(NotAllowed):
                    does(**said)


def test_a_request_is_there_for_its_team_and_supervisor_and_for_nobody_locked_out(
    actor, chief, person, wren, supervisor, outsider, colleague
):
    row = FileRequestFactory(person=person, days_ago=28)
    for each in (actor, chief):
        assert [one.request for one in open_requests(each)] == [row]
        assert [one.request for one in soon_due(each)] == [row]
    for each in (actor_for(outsider), actor_for(colleague)):
        assert open_requests(each) == soon_due(each) == []
    ConflictLockFactory(person=person, worker=wren, set_by=supervisor)
    assert open_requests(actor) == soon_due(actor) == []
    assert not FileRequest.objects.visible_to(actor).exists()
    assert not waiting_for(actor, "requests.asked").exists()
    assert [one.request for one in open_requests(chief)] == [row]


LEFT = [
    (0, 0, False, "30 days left, by"),
    (24, 0, False, "6 days left, by"),
    (25, 0, True, "5 days left, by"),
    (29, 0, True, "1 day left, by"),
    (30, 0, True, "Today is the last day"),
    (31, 0, True, "1 day late: it had to be answered by"),
    (40, 0, True, "10 days late"),
    (40, 20, False, "10 days left"),
    (45, 20, True, "5 days left"),
    (51, 20, True, "1 day late"),
]


def test_what_is_due_when_in_words_and_on_home_from_day_25(actor, person):
    shown = set()
    for days, more, soon, words in LEFT:
        row = FileRequestFactory(person=person, days_ago=days)
        if more:
            ExtensionFactory(request=row, days=more)
        shown |= {row.pk} if soon else set()
        found = request_of(person, row.pk)
        assert left_in_words(found.clock).startswith(words)
        assert found.clock.due_on.isoformat() in left_in_words(found.clock)
    assert {each.request.pk for each in soon_due(actor)} == shown


def test_the_first_due_stands_first(actor, person):
    late = FileRequestFactory(person=person, days_ago=29)
    longer = FileRequestFactory(person=person, days_ago=35)
    ExtensionFactory(request=longer, days=30)
    new = FileRequestFactory(person=person)
    # The longer one has 25 days left, the new one 30.
    assert [each.request for each in open_requests(actor)] == [late, longer, new]
    assert [each.request for each in requests_of(person)] == [new, late, longer]


def extend(actor, row, **said):
    usual = {"days": 30, "reason": "much to read", "told_on": today()}
    return actions.extend(by=actor, request=row, **(usual | said))


def test_it_is_given_more_days_once_and_no_more_than_the_law_has(actor, person):
    row = FileRequestFactory(person=person, days_ago=30)
    for days in (0, 91):
        with pytest.raises(NoSuchExtension):
            extend(actor, row, days=days)
    with pytest.raises(actions.WordsMissing):
        extend(actor, row, reason=" ")
    for day in (ago(31), ago(-1)):
        with pytest.raises(actions.NoMoreDays):
            extend(actor, row, told_on=day)
    extend(actor, row, days=90)
    assert request_of(person, row.pk).clock.days_left == 90
    with pytest.raises(actions.NoMoreDays):
        extend(actor, row)


def test_an_agency_that_promises_less_time_is_held_to_it(actor, person):
    before = FileRequestFactory(person=person, days_ago=22)
    for rule, days in (("requests/answer", 20), ("requests/extension", 40)):
        asked_by = AdministratorFactory(agency=person.agency)
        RuleChangeFactory(asked_by=asked_by, rule=rule, kind="statute", number=days, agreed=True)
    after = FileRequestFactory(person=person, days_ago=22)
    found = {each.request: each.clock for each in requests_of(person)}
    # What was asked for before runs as it did: a change makes nothing late.
    assert found[before].days_left == 8
    assert (found[after].days_left, found[after].past, found[after].refused) == (-2, True, False)
    assert [each.request for each in soon_due(actor)] == [after]
    with pytest.raises(NoSuchExtension):
        extend(actor, after, days=41)
    extend(actor, after, days=40)
    assert request_of(person, after.pk).clock.days_left == 38


def test_silence_is_a_refusal_that_no_extension_mends(actor, person):
    row = FileRequestFactory(person=person, days_ago=31)
    with pytest.raises(actions.NoMoreDays):
        extend(actor, row)
    assert request_of(person, row.pk).clock.past
    # It stays open until somebody answers.
    assert [each.request for each in soon_due(actor)] == [row]


def test_a_correction_that_was_made_points_to_it(actor, person):
    note = ObservationFactory(person=person)
    row = FileRequestFactory(person=person)
    with pytest.raises(actions.WordsMissing):
        actions.make_correction(by=actor, request=row, made=Made())
    with pytest.raises(actions.AnotherFile):
        actions.make_correction(by=actor, request=row, made=Made(ObservationFactory()))
    newer = ObservationFactory(person=person, corrects=note)
    made = actions.make_correction(by=actor, request=row, made=Made(newer))
    assert (made.note, made.correction) == (note, newer)
    with pytest.raises(actions.Ended):
        actions.make_correction(by=actor, request=row, made=Made(newer))
    with pytest.raises(actions.NothingToDisagreeWith):
        actions.state(by=actor, request=row, version=0, words="No")


def test_details_that_were_changed_are_a_correction_too(actor, person):
    row = FileRequestFactory(person=person)
    change_details(by=actor, person=person, version=1, details={"name_used": "Zed"})
    change = DetailsChange.objects.get()
    assert actions.make_correction(by=actor, request=row, made=Made(details=change)).details


@pytest.fixture
def refused(actor, person):
    """A correction of a note that was not made."""
    row = FileRequestFactory(person=person)
    note = ObservationFactory(person=person)
    actions.refuse_correction(by=actor, request=row, reasons="I saw it so.", note=note)
    return row


def test_their_statement_stays_with_the_record_in_every_version(own, actor, person, refused):
    note = refused.answer.note
    actions.state(by=own, request=refused, version=0, words="  It was not so.\nᓄᐁᓖ ")
    assert [each.words for each in statements_by_note(person)[note.pk]] == [
        "  It was not so.\nᓄᐁᓖ "
    ]
    with pytest.raises(actions.ChangedMeanwhile) as held:
        actions.state(by=actor, request=refused, version=0, words="as they told me")
    assert held.value.newest.number == 1
    actions.state(by=actor, request=refused, version=1, words="as they told me")
    same = actions.state(by=own, request=refused, version=2, words="as they told me")
    assert (same.number, Statement.objects.count()) == (2, 2)
    [entry] = [each for each in timeline(person) if each.kind == "statement"]
    assert entry.item.words == "as they told me"
    with pytest.raises(actions.WordsMissing):
        actions.state(by=own, request=refused, version=2, words=" ")


def test_a_statement_about_no_note_stands_with_the_file(person):
    row = StatementFactory(request=AnswerFactory(request__person=person).request)
    assert statements_elsewhere(person) == [row]
    assert statements_by_note(person) == {}


def test_nobody_else_states_it(person, refused):
    other = YoungPersonFactory(agency=person.agency)
    with pytest.raises(NotAllowed):
        actions.state(
            by=young_person(other.pk, other.agency_id), request=refused, version=0, words="No"
        )


def test_they_take_it_back_and_a_worker_only_in_their_words(own, actor, person):
    first, second = FileRequestFactory(person=person), FileRequestFactory(person=person)
    actions.take_back(by=own, request=first)
    with pytest.raises(actions.WordsMissing):
        actions.take_back(by=actor, request=second, words=" ")
    assert actions.take_back(by=actor, request=second, words="leave it").reasons == "leave it"
    assert open_requests(actor) == []
    with pytest.raises(actions.Ended):
        actions.take_back(by=own, request=first)


def test_an_open_request_keeps_the_file_and_an_answer_lets_it_go(actor, person):
    row = FileRequestFactory(person=person, days_ago=60)
    assert is_held(person.pk)
    actions.refuse_correction(by=actor, request=row, reasons="no")
    assert not is_held(person.pk)


WRONG = [
    lambda person: FileRequestFactory(person=person, words=None),
    lambda person: FileRequestFactory(person=person, kind="all"),
    lambda person: FileRequestFactory(person=person, how="paper"),
    lambda person: [FileRequestFactory(person=person, copy=True) for _ in range(2)],
    lambda person: ExtensionFactory(request__person=person, days=91),
    lambda person: ExtensionFactory(request__person=person, reason=None),
    lambda person: AnswerFactory(request__person=person, reasons=None),
    lambda person: AnswerFactory(request__person=person, outcome="given"),
    lambda person: AnswerFactory(request__person=person, outcome="made", reasons=None),
    lambda person: AnswerFactory(request__person=person, recorded_by=None),
    lambda person: AnswerFactory(request__person=person, outcome="silent"),
]


def test_the_database_refuses_what_no_request_is(person):
    for wrong in WRONG:
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong(person)
    assert not FileRequest.objects.exists()


def test_what_was_answered_is_counted_no_further(actor, person):
    row = FileRequestFactory(person=person, days_ago=10)
    AnswerFactory(request=row, on=ago(8))
    assert request_of(person, row.pk).clock.day == 2
    assert Answer.objects.get().recorded_at <= timezone.now()
