import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from leeward.access.actors import actor_for
from leeward.accounts.factories import WorkerFactory, supervise
from leeward.accounts.models import Worker
from leeward.audit.models import AuditRow
from leeward.audit.queries import openings_of
from leeward.notices.models import Notice
from leeward.people.emergency import actions
from leeward.people.emergency.queries import on_file, reviewable_by, reviewers_of
from leeward.people.factories import AssignmentFactory, BreakGlassFactory, ConflictLockFactory
from leeward.people.models import YoungPerson
from leeward.people.standing.kinds import GLASS_BROKEN, GLASS_FURTHER
from leeward.people.standing.models import BreakGlass

pytestmark = pytest.mark.django_db
WHY = "She called from a payphone and asked for help."


@pytest.fixture
def jo(colleague):
    return actor_for(colleague)


@pytest.fixture
def chief(supervisor):
    return actor_for(supervisor)


@pytest.fixture
def officer(agency):
    return actor_for(WorkerFactory(agency=agency, role="privacy_officer"))


def break_glass(by, person, reason=WHY):
    return actions.break_glass(by=by, person_id=person.pk, reason=reason)


def sees(actor, person, action="file.open"):
    return YoungPerson.objects.visible_to(actor, action).filter(pk=person.pk).exists()


def test_it_opens_the_file_for_its_hours_and_says_so(jo, person, chief, settings):
    settings.LEEWARD_BREAK_GLASS_HOURS = 2
    row = break_glass(jo, person)
    assert row.reason == WHY
    assert abs(row.until - timezone.now() - dt.timedelta(hours=2)) < dt.timedelta(minutes=1)
    assert sees(jo, person)
    assert [each.action for each in openings_of(person.pk)] == ["file.break_glass"]
    (notice,) = Notice.objects.for_(chief)
    assert (notice.kind, notice.about) == (GLASS_BROKEN.name, row.pk)


def test_it_is_over_when_its_hours_are(jo, person):
    row = break_glass(jo, person)
    BreakGlass.objects.update(until=timezone.now() - dt.timedelta(seconds=1))
    assert not sees(jo, person)
    assert on_file(jo, person).emergency is None
    assert row.person == person


@pytest.mark.parametrize("over", [True, False])
def test_the_same_person_never_makes_it_longer(jo, person, colleague, over):
    BreakGlassFactory(person=person, worker=colleague, over=over)
    with pytest.raises(actions.NotReviewedYet if over else actions.OpenAlready):
        break_glass(jo, person)
    assert BreakGlass.objects.count() == 1


def test_after_a_review_it_can_be_done_again(jo, person, colleague, chief):
    row = BreakGlassFactory(person=person, worker=colleague, over=True)
    actions.review_emergency(by=chief, broken_id=row.pk, outcome="needed")
    assert break_glass(jo, person).pk != row.pk


@pytest.mark.parametrize("said", ["", "   ", "need it", "n e e d   i t   n o w . ."])
def test_a_reason_is_in_words(jo, person, said):
    with pytest.raises(actions.TooLittleSaid):
        break_glass(jo, person, said)
    assert not BreakGlass.objects.exists()


@pytest.mark.parametrize("who", ["actor", "chief"])
def test_whoever_may_open_it_breaks_nothing(request, person, who):
    with pytest.raises(actions.OpenAlready):
        break_glass(request.getfixturevalue(who), person)


def test_it_passes_no_lock_and_no_boundary(jo, person, colleague, outsider):
    ConflictLockFactory(person=person, worker=colleague)
    for actor in (jo, actor_for(outsider)):
        for act in (
            break_glass,
            lambda by, whom: actions.read_who_it_is(by=by, person_id=whom.pk),
        ):
            with pytest.raises(YoungPerson.DoesNotExist):
                act(actor, person)
    assert not Notice.objects.exists()


def test_it_prints_closes_and_judges_nothing(jo, person, chief):
    break_glass(jo, person)
    here = on_file(jo, person)
    assert here.may("file.write")
    for action in ("file.print", "file.close", "opinion.give"):
        assert not here.may(action)
        assert not sees(jo, person, action)
    assert on_file(chief, person).may("file.print")


def test_on_the_team_meanwhile_there_is_no_emergency_any_more(jo, person, colleague):
    break_glass(jo, person)
    AssignmentFactory(person=person, worker=colleague)
    assert on_file(jo, person).may("file.print")


def told():
    return {
        Worker.objects.get(pk=each.to_worker_id) if each.to_worker_id else each.to_role
        for each in Notice.objects.filter(kind=GLASS_BROKEN.name)
    }


def test_told_are_the_supervisors_of_the_team_and_of_whoever_opened_it(
    jo, person, agency, colleague, supervisor
):
    theirs = supervise(WorkerFactory(agency=agency, supervisor=True), colleague)
    WorkerFactory(agency=agency, supervisor=True, display_name="Far Pretend")
    break_glass(actor_for(Worker.objects.get(pk=colleague.pk)), person)
    assert told() == {supervisor, theirs}


def test_told_is_nobody_it_is_locked_to_and_somebody_always(jo, person, agency, supervisor):
    other = WorkerFactory(agency=agency, supervisor=True)
    ConflictLockFactory(person=person, worker=supervisor)
    break_glass(jo, person)
    assert told() == {other}


def test_where_there_is_no_supervisor_the_privacy_officer_is_told(jo, person):
    break_glass(jo, person)
    assert told() == {"privacy_officer"}


def test_a_supervisor_reviews_not_their_own(person, agency, chief):
    own = BreakGlassFactory(person=person, worker_id=chief.id)
    assert not reviewable_by(chief).exists()
    assert chief.id not in {each.pk for each in reviewers_of(own)}
    with pytest.raises(IntegrityError), transaction.atomic():
        BreakGlass.objects.update(
            reviewed_by=chief.id, reviewed_at=timezone.now(), outcome="needed"
        )


def test_whoever_was_told_may_review_and_nobody_else(jo, person, agency, officer, outsider):
    near, far = (actor_for(WorkerFactory(agency=agency, supervisor=True)) for _ in "ab")
    row = break_glass(jo, person)
    Notice.objects.filter(to_worker_id=far.id).update(to_worker_id=near.id)
    assert [reviewable_by(each).count() for each in (near, officer)] == [1, 1]
    for each in (far, jo, actor_for(outsider)):
        assert not reviewable_by(each).exists()
    assert row.reviewed_at is None


@pytest.mark.parametrize("outcome", BreakGlass.Outcome.values)
def test_a_review_ends_the_notice_and_goes_further_unless_it_was_needed(
    jo, person, chief, officer, outcome
):
    row = break_glass(jo, person)
    actions.review_emergency(by=chief, broken_id=row.pk, outcome=outcome, words="I called her.")
    row.refresh_from_db()
    assert (row.outcome, row.review_words, row.reviewed_by_id) == (
        outcome, "I called her.", chief.id,
    )  # fmt: skip
    assert not Notice.objects.for_(chief).open().exists()
    further = Notice.objects.for_(officer).open().filter(kind=GLASS_FURTHER.name)
    assert further.exists() == (outcome != "needed")
    with pytest.raises(actions.ReviewedAlready):
        actions.review_emergency(by=chief, broken_id=row.pk, outcome="needed")


def test_the_review_shows_what_was_done_in_the_file_meanwhile(jo, person, chief, actor):
    row = break_glass(jo, person)
    for by in (jo, actor):
        AuditRow.objects.create(
            agency_id=person.agency_id, actor_kind="worker", actor_id=by.id,
            action="file.open", subject_id=person.pk, outcome="done",
        )  # fmt: skip
    _row, done = actions.read_emergency(by=chief, broken_id=row.pk)
    assert [(each.action, each.actor_id) for each in done] == [
        ("file.break_glass", jo.id), ("file.open", jo.id),
    ]  # fmt: skip
