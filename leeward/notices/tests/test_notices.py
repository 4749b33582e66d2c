import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from leeward.access.actors import SYSTEM, actor_for
from leeward.accounts.factories import WorkerFactory
from leeward.audit.models import AuditRow
from leeward.notices import kinds
from leeward.notices.actions import (
    AnotherAgency,
    ToNobody,
    WrongOutcome,
    see,
    settle,
    settle_about,
    settle_by_hand,
    tell,
)
from leeward.notices.factories import INVENTED, NoticeFactory
from leeward.notices.models import Notice
from leeward.notices.queries import notice_for, waiting_for

pytestmark = pytest.mark.django_db
Outcome = Notice.Outcome


@pytest.fixture
def review(monkeypatch):
    """A kind that the deed it asks for ends, and no button."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    return kinds.register(
        "tests.review", "Something to look at", outcomes=(Outcome.IN_ORDER,), by_hand=False
    )


def test_a_worker_is_told_and_nobody_else_is(actor, colleague, supervisor, outsider):
    notice = tell(by=actor, agency_id=actor.agency_id, kind=INVENTED.name, to_worker=colleague.pk)
    assert list(waiting_for(actor_for(colleague))) == [notice]
    for other in (actor, actor_for(supervisor), actor_for(outsider), SYSTEM):
        assert not waiting_for(other).exists()


def test_a_role_is_told_at_its_own_agency_alone(actor, colleague, supervisor, outsider):
    tell(by=actor, agency_id=actor.agency_id, kind=INVENTED.name, to_role="supervisor")
    assert waiting_for(actor_for(supervisor)).count() == 1
    assert outsider.role == "supervisor"
    for other in (colleague, outsider):
        assert not waiting_for(actor_for(other)).exists()


def test_whoever_it_is_about_neither_sees_nor_settles_it(actor, agency, supervisor):
    another = WorkerFactory(agency=agency, role="supervisor")
    notice = tell(
        by=actor, agency_id=agency.pk, kind=INVENTED.name, to_role="supervisor",
        about=supervisor.pk, but_not=supervisor.pk,
    )  # fmt: skip
    assert not waiting_for(actor_for(supervisor)).exists()
    with pytest.raises(Notice.DoesNotExist):
        settle(by=actor_for(supervisor), notice=notice, outcome="read")
    gone = settle_about(
        by=actor_for(supervisor), kind=INVENTED.name, about=supervisor.pk, outcome="read"
    )
    assert gone == 0
    assert list(waiting_for(actor_for(another))) == [notice]


@pytest.mark.parametrize("both", [True, False])
def test_a_notice_is_to_one_worker_or_to_one_role(actor, wren, both):
    to = {"to_worker": wren.pk, "to_role": "supervisor"} if both else {}
    with pytest.raises(ToNobody):
        tell(by=actor, agency_id=actor.agency_id, kind=INVENTED.name, **to)
    row = {"to_worker_id": wren.pk, "to_role": "supervisor"} if both else {"to_worker_id": None}
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory(to=wren, **row)


def test_nobody_sends_one_to_another_agency(actor, outsider):
    with pytest.raises(AnotherAgency):
        tell(by=actor, agency_id=outsider.agency_id, kind=INVENTED.name, to_worker=outsider.pk)
    assert not Notice.objects.exists()


def test_a_kind_that_nobody_registered_is_a_mistake(actor, wren):
    with pytest.raises(kinds.UnknownKind):
        tell(by=actor, agency_id=actor.agency_id, kind="tests.unheard_of", to_worker=wren.pk)


@pytest.mark.parametrize("words", ["%(name)s waits", "%s waits", "{name} waits"])
def test_words_with_room_for_something_are_refused(words):
    with pytest.raises(kinds.WordsTakeContent):
        kinds.register("tests.wordy", words)
    assert "tests.wordy" not in kinds.registered()


def test_a_kind_is_named_by_its_app():
    with pytest.raises(ValueError, match="named like"):
        kinds.register("Noʔeli Example", "Something to look at")


def test_what_has_a_day_comes_first_then_what_waits_longest(wren, actor):
    old, new = NoticeFactory(to=wren), NoticeFactory(to=wren)
    now = timezone.now()
    later = NoticeFactory(to=wren, due_at=now + dt.timedelta(days=2))
    sooner = NoticeFactory(to=wren, due_at=now + dt.timedelta(days=1))
    assert list(waiting_for(actor)) == [sooner, later, old, new]
    assert not waiting_for(actor, "tests.another").exists()


def test_seen_is_marked_the_first_time(wren, actor):
    notice = NoticeFactory(to=wren)
    first = see(by=actor, notice_id=notice.pk).seen_at
    assert first is not None
    assert see(by=actor, notice_id=notice.pk).seen_at == first
    assert waiting_for(actor).get().settled_at is None


def test_a_notice_is_settled_once(wren, actor):
    notice = NoticeFactory(to=wren)
    settled = settle(by=actor, notice=notice, outcome="read")
    assert (settled.settled_by_id, settled.outcome) == (wren.pk, "read")
    assert settled.seen_at == settled.settled_at
    with pytest.raises(Notice.DoesNotExist):
        settle(by=actor, notice=notice, outcome="read")
    assert AuditRow.objects.filter(action="notice.settle").count() == 1
    assert not waiting_for(actor).exists()


def test_another_agencys_notice_is_not_there(wren, outsider):
    notice = NoticeFactory(to=wren)
    theirs = actor_for(outsider)
    for attempt in (
        lambda: see(by=theirs, notice_id=notice.pk),
        lambda: settle(by=theirs, notice=notice, outcome="read"),
        lambda: settle_by_hand(by=theirs, notice_id=notice.pk, outcome="read"),
        lambda: notice_for(theirs, notice.pk),
    ):
        with pytest.raises(Notice.DoesNotExist):
            attempt()
    assert notice_for(actor_for(wren), notice.pk) == notice


def test_a_worker_who_moves_agency_leaves_their_notices_behind(wren, outsider):
    NoticeFactory(to=wren)
    wren.agency = outsider.agency
    assert not waiting_for(actor_for(wren)).exists()


def test_an_outcome_is_one_of_its_kinds(wren, actor):
    notice = NoticeFactory(to=wren, about=uuid.uuid4())
    for attempt in (
        lambda: settle(by=actor, notice=notice, outcome="in_order"),
        lambda: settle_by_hand(by=actor, notice_id=notice.pk, outcome="in_order"),
        lambda: settle_about(by=actor, kind=INVENTED.name, about=notice.about, outcome="in_order"),
    ):
        with pytest.raises(WrongOutcome):
            attempt()
    assert waiting_for(actor).count() == 1


def test_what_asks_for_a_deed_is_not_ended_by_a_button(wren, actor, review):
    notice = NoticeFactory(to=wren, kind=review.name)
    with pytest.raises(WrongOutcome):
        settle_by_hand(by=actor, notice_id=notice.pk, outcome="in_order")
    assert settle(by=actor, notice=notice, outcome="in_order").outcome == "in_order"


def test_a_deed_ends_every_notice_that_asked_for_it(agency, wren, supervisor, outsider, review):
    about = uuid.uuid4()
    same = {"kind": review.name, "about": about}
    NoticeFactory(to=supervisor, **same)
    NoticeFactory(to=wren, **same)
    NoticeFactory(to_role="privacy_officer", agency_id=agency.pk, **same)
    elsewhere = NoticeFactory(to=outsider, **same)
    another = NoticeFactory(to=wren, kind=review.name, about=uuid.uuid4())
    by = actor_for(supervisor)
    assert settle_about(by=by, kind=review.name, about=about, outcome="in_order") == 3
    assert set(Notice.objects.open()) == {elsewhere, another}


def test_a_notice_is_neither_changed_nor_removed(wren):
    notice = NoticeFactory(to=wren)
    notice.kind = "tests.another"
    with pytest.raises(TypeError, match="never changed"):
        notice.save()
    with pytest.raises(TypeError, match="never removed"):
        notice.delete()


@pytest.mark.parametrize("half", [{"outcome": "read"}, {"settled_at": timezone.now()}])
def test_the_database_keeps_no_half_settled_notice(wren, half):
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory(to=wren, **half)
