"""Opening and answering duties; changing the rules, which takes two people."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from leeward.access.actors import Actor
from leeward.access.rules import check, may
from leeward.accounts.models import Agency, Worker
from leeward.administration.queries import tied_to
from leeward.administration.rules import open_until
from leeward.audit import actions as audit
from leeward.core.ids import new_id
from leeward.law import changes as law
from leeward.law.listing import listed
from leeward.law.rules import Words
from leeward.legal import kinds
from leeward.legal.models import Duty, DutyAnswer, RuleChange, origin_of
from leeward.legal.queries import may_agree_to_change, unanswered
from leeward.notices.actions import settle_about, tell
from leeward.notices.models import Notice
from leeward.observations.models import Observation
from leeward.people.models import YoungPerson
from leeward.sealing import keyring


class ReasonsMissing(ValueError):
    """Not reporting needs reasons; reporting needs who, and to which society."""


class MayNotChange(ValueError):
    """The law does not let an agency change the row so; `why` is a word of `law.changes.fault`."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class ReasonMissing(ValueError):
    """Whoever asks for a change says why."""


class AlreadyAsked(ValueError):
    """A change of this row is asked for already, and waits."""


class MayNotAgree(ValueError):
    """Whoever asked, or an administrator tied to them, may not agree."""


def open_duty(by: Actor, person: YoungPerson, observation: Observation, other_child: str) -> None:
    """Open the duties an observation asks for, in the transaction that records it.

    One about the young person; a separate one, with no link readable from the file, about another
    child (rules-ontario.md, duty to report; CYFSA s.125).
    """
    harm = observation.harm or {}
    about = harm.get("about", "self")
    if about in ("self", "both"):
        _open(by=by, person=person, observation=observation, child="")
    if about in ("another_child", "both"):
        _open(by=by, person=None, observation=observation, child=other_child)


@transaction.atomic
def _open(*, by: Actor, person: YoungPerson | None, observation: Observation, child: str) -> Duty:
    harm = observation.harm or {}
    question = {"level": harm.get("level"), "on": observation.on or None}
    if person is None and "other_child_age" in harm:
        question["other_child_age"] = harm["other_child_age"]
    duty_id = new_id()
    if person is None:
        keyring.make_key(duty_id, by.own_agency_id)
    duty = Duty.objects.create(
        id=duty_id,
        agency_id=by.own_agency_id,
        person=person,
        origin=origin_of(observation.pk, by.own_agency_id),
        asked_of_id=by.author_id,
        question=question,
        child=child,
    )
    audit.record(by=by, action="duty.open", subject=person.pk if person else duty.pk)
    return duty


@transaction.atomic
def answer_duty(
    *,
    by: Actor,
    duty: Duty,
    outcome: str,
    on: dt.date,
    reasons: str = "",
    who: str = "",
    society: str = "",
    reference: str = "",
    own_view: str = "",
) -> DutyAnswer:
    """Record what was done. A second answer is added beside the first.

    Raises ReasonsMissing when not reporting without reasons, or when a report names nobody who
    made it or no society it went to.
    """
    check(by.role, "duty.answer")
    outcome = DutyAnswer.Outcome(outcome).value
    reported = outcome == DutyAnswer.Outcome.REPORTED
    if not (who.strip() and society.strip() if reported else reasons.strip()):
        raise ReasonsMissing
    row = DutyAnswer.objects.create(
        person_id=duty.person_id,
        duty=duty,
        recorded_by_id=by.author_id,
        on=on,
        outcome=outcome,
        reasons=reasons,
        who=who,
        society=society,
        reference=reference,
        own_view=own_view,
    )
    if duty.answered_at is None:
        duty.answered_at = timezone.now()
        duty.save(update_fields=["answered_at"])
    audit.record(by=by, action="duty.answer", subject=duty.person_id or duty.pk)
    return row


@transaction.atomic
def read_duties(*, by: Actor) -> list[Duty]:
    """The unanswered duties of this actor, read and recorded as read."""
    check(by.role, "duty.answer")
    found = list(unanswered(by))
    keyring.warm(duty.person_id or duty.pk for duty in found)
    shown = sorted({duty.person_id for duty in found if duty.person_id})
    audit.record(by=by, action="duty.list", shown=shown, purpose="duties")
    return found


@transaction.atomic
def read_duty(*, by: Actor, duty_id: uuid.UUID) -> Duty:
    """One duty with its answers, read and recorded as read. Raises Duty.DoesNotExist."""
    check(by.role, "duty.answer")
    duty = (
        Duty.objects.visible_to(by)
        .select_related("person", "asked_of")
        .prefetch_related("answers__recorded_by")
        .get(pk=duty_id)
    )
    audit.record(by=by, action="duty.open_page", subject=duty.person_id or duty.pk, purpose="duty")
    return duty


@transaction.atomic
def ask_rule_change(
    *,
    by: Actor,
    rule: str,
    what: str,
    reason: str,
    number: int | None = None,
    words_en: str = "",
    words_fr: str = "",
) -> RuleChange:
    """Ask that a row of the rules be changed for this agency. Until another agrees nothing is.

    `rule` is `table/key` as `leeward rules list` prints it, `what` of RuleChange.What. Raises
    MayNotChange, ReasonMissing and AlreadyAsked.
    """
    check(by.role, "rules.change")
    table, _slash, key = rule.partition("/")
    words = Words(words_en.strip(), words_fr.strip())
    with_words = what in (law.WORDS, law.GUIDANCE)
    asked = law.Change(
        table,
        key,
        what,
        number if what == law.TIME else None,
        words if with_words else None,
    )
    if why := law.fault(asked):
        raise MayNotChange(why)
    if not reason.strip():
        raise ReasonMissing
    # One at a time: the same row is not asked for twice.
    Agency.objects.select_for_update().get(pk=by.own_agency_id)
    if RuleChange.objects.visible_to(by).waiting().filter(rule=rule).exists():
        raise AlreadyAsked
    change = RuleChange.objects.create(
        agency_id=by.own_agency_id,
        rule=rule,
        kind=next(one.row.kind for one in listed() if one.name == rule),
        what=asked.what,
        number=asked.number,
        words_en=words.en if with_words else "",
        words_fr=words.fr if with_words else "",
        asked_by_id=by.author_id,
        ends_at=open_until(),
        reason=reason.strip(),
    )
    audit.record(by=by, action="rules.ask", subject=change.pk, purpose=f"{what} {rule}")
    for worker_id in _who_could_agree(change):
        tell(
            by=by,
            agency_id=change.agency_id,
            kind=kinds.RULE_ASKED.name,
            to_worker=worker_id,
            about=change.pk,
            until=change.ends_at,
        )
    return change


def _who_could_agree(change: RuleChange) -> list[uuid.UUID]:
    roles = [role for role in Worker.Role.values if may(role, "rules.agree")]
    found = Worker.objects.filter(agency_id=change.agency_id, role__in=roles, is_active=True)
    tied = Q(role=Worker.Role.AGENCY_ADMINISTRATOR, pk__in=tied_to(change.asked_by_id))
    return sorted(set(found.exclude(tied).values_list("pk", flat=True)) - {change.asked_by_id})


@transaction.atomic
def agree_rule_change(*, by: Actor, change_id: uuid.UUID) -> RuleChange:
    """Agree to a change, which holds from now. Raises MayNotAgree, MayNotChange where the rules
    as shipped have changed meanwhile, and RuleChange.DoesNotExist for one that does not wait."""
    check(by.role, "rules.agree")
    change = _held_change(by, change_id)
    if not may_agree_to_change(by, change):
        raise MayNotAgree
    if why := law.fault(change.as_law()):
        raise MayNotChange(why)
    return _answer_change(by, change, RuleChange.Answer.AGREED, Notice.Outcome.DONE)


@transaction.atomic
def refuse_rule_change(*, by: Actor, change_id: uuid.UUID) -> RuleChange:
    """Do not agree: nothing changes. Raises as `agree_rule_change` does."""
    check(by.role, "rules.agree")
    change = _held_change(by, change_id)
    if not may_agree_to_change(by, change):
        raise MayNotAgree
    return _answer_change(by, change, RuleChange.Answer.REFUSED, Notice.Outcome.REFUSED)


@transaction.atomic
def take_back_rule_change(*, by: Actor, change_id: uuid.UUID) -> RuleChange:
    """Take back what one has asked for oneself. Raises MayNotAgree for another's."""
    check(by.role, "rules.change")
    change = _held_change(by, change_id)
    if change.asked_by_id != by.id:
        raise MayNotAgree
    return _answer_change(by, change, RuleChange.Answer.TAKEN_BACK, Notice.Outcome.NOT_NEEDED)


def _held_change(by: Actor, change_id: uuid.UUID) -> RuleChange:
    # Two may press at once: the second waits, and finds it answered.
    return RuleChange.objects.visible_to(by).waiting().select_for_update().get(pk=change_id)


def _answer_change(
    by: Actor, change: RuleChange, answer: RuleChange.Answer, outcome: Notice.Outcome
) -> RuleChange:
    change.answer, change.answered_by_id = answer.value, by.author_id
    change.answered_at = timezone.now()
    RuleChange.objects.filter(pk=change.pk).update(
        answer=change.answer,
        answered_by_id=change.answered_by_id,
        answered_at=change.answered_at,
    )
    audit.record(
        by=by,
        action=f"rules.{answer.value}",
        subject=change.pk,
        purpose=f"{change.what} {change.rule}",
    )
    settle_about(by=by, kind=kinds.RULE_ASKED.name, about=change.pk, outcome=outcome.value)
    if answer != RuleChange.Answer.TAKEN_BACK:
        tell(
            by=by,
            agency_id=change.agency_id,
            kind=kinds.RULE_ANSWERED.name,
            to_worker=change.asked_by_id,
            about=change.pk,
        )
    return change


@transaction.atomic
def read_rules(*, by: Actor) -> list[RuleChange]:
    """Every change of the rules that this agency asked for, the newest first; read and recorded
    as read."""
    check(by.role, "rules.read")
    audit.record(by=by, action="rules.read", subject=by.agency_id, purpose="rules")
    return list(
        RuleChange.objects.visible_to(by)
        .select_related("asked_by", "answered_by")
        .order_by("-asked_at", "-id")
    )
