import uuid
from typing import Any, ClassVar, Never, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.access.rules import reach
from leeward.accounts.models import Agency, Worker
from leeward.core.ids import new_id
from leeward.law import changes as law
from leeward.law.rules import Words
from leeward.observations.models import Observation
from leeward.people.models import Appended, YoungPerson
from leeward.sealing.codec import token
from leeward.sealing.fields import SealedJSON, SealedText


def origin_of(observation_id: uuid.UUID, agency_id: uuid.UUID) -> int:
    """The blind token by which code finds the duties an observation of this agency opened."""
    return token("legal.duty.origin", str(observation_id), agency_id=agency_id)


# No token is worth nothing: a keyed hash that comes to 0 has yet to be seen.
_OF_NOTHING = 0


def _kept_from(actor: Actor) -> list[int]:
    """Where duties come from that would tell this actor of a file locked to them.

    A duty about another child names no file, yet its words may. Asked for every supervisor, so
    that nobody learns from the number of questions whether they are locked out of something.
    """
    files = YoungPerson.objects.locked_to(actor)
    notes = Observation.objects.filter(person__in=files).values_list("pk", flat=True)
    # Never an empty list, which the database would not be asked about at all.
    return [_OF_NOTHING, *(origin_of(each, actor.own_agency_id) for each in notes)]


class DutyQuerySet(models.QuerySet["Duty"]):
    """Duties, fetched by who may answer them."""

    def visible_to(self, actor: Actor) -> Self:
        """Duties about files this actor may open; about another child, only those who answer.

        One that nobody else could see to (it was asked of a worker without a supervisor) is with
        every supervisor of the agency.
        """
        how_far = reach(actor.role, "duty.answer")
        if how_far == "no" or not actor.agency_id:
            return self.none()
        files = YoungPerson.objects.visible_to(actor, "duty.answer")
        mine = Q(person__in=files) | Q(person__isnull=True, asked_of_id=actor.id)
        if how_far == "supervised":
            theirs = Q(asked_of__supervised_by=actor.id) | Q(asked_of__supervised_by__isnull=True)
            mine |= theirs & Q(person__isnull=True) & ~Q(origin__in=_kept_from(actor))
        return self.filter(mine, agency_id=actor.agency_id)

    def unanswered(self) -> Self:
        """Those that only a recorded answer will end."""
        return self.filter(answered_at__isnull=True)


class Duty(models.Model):
    """The duty-to-report question, asked the moment an observation suggests harm to a child.

    About another child it stands alone: no person, no key to the observation. `origin` is a blind
    token that code can follow and a reader of the database cannot. What is left is time: rows of
    the audit written in one moment stand next to each other (SECURITY.md).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        YoungPerson, on_delete=models.PROTECT, null=True, related_name="duties"
    )
    origin = models.BigIntegerField()
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_of = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="duties")
    answered_at = models.DateTimeField(null=True)
    # Holds `level` (possible or now), `on` as a partial date, and perhaps `other_child_age`.
    question = SealedJSON("sensitive")
    # About another child: what is known of them, kept here and nowhere else.
    child = SealedText("identifying")

    plain_fields: ClassVar = frozenset(
        "id agency person origin asked_at asked_of answered_at".split()
    )
    # About another child it has a key of its own, as it is in nobody's file.
    holder: ClassVar = "person_id id"

    objects = DutyQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agency", "answered_at"], name="duty_agency_answered"),
            models.Index(fields=["origin"], name="duty_origin"),
        ]

    def __str__(self) -> str:
        return f"duty {self.pk}"


class DutyAnswer(Appended):
    """What was done about a duty: reported, or not and why. A second answer stands beside it."""

    class Outcome(models.TextChoices):
        REPORTED = "reported", _("I reported")
        NOT_REPORTED = "not_reported", _("I did not report")

    # The person of its duty; nobody when that is about another child.
    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, null=True, related_name="+")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="answers")
    on = models.DateField()
    outcome = SealedText("sensitive", always=True)
    reasons = SealedText("sensitive")
    who = SealedText("sensitive")
    society = SealedText("sensitive")
    reference = SealedText("sensitive")
    own_view = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"duty", "on"}
    holder: ClassVar = "person_id duty_id"

    def __str__(self) -> str:
        return f"answer to {self.duty_id}"

    @property
    def outcome_words(self) -> str:
        """What was done, in words."""
        return str(dict(self.Outcome.choices).get(self.outcome, ""))


class RuleChangeQuerySet(models.QuerySet["RuleChange"]):
    """Changes of the rules, fetched by agency: everybody who works there may know of them."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's agency."""
        if actor.agency_id is None or reach(actor.role, "rules.read") == "no":
            return self.none()
        return self.filter(agency_id=actor.agency_id)

    def waiting(self) -> Self:
        """Those nobody has answered, and that may still be."""
        return self.filter(answered_at__isnull=True, ends_at__gt=timezone.now())

    def agreed(self) -> Self:
        """Those in force since they were answered, the oldest first."""
        return self.filter(answer=RuleChange.Answer.AGREED).order_by("answered_at", "id")


class RuleChange(models.Model):
    """A change that an agency makes to one row of the rules: one person asks, another agrees.

    It is added and answered once; the newest agreed one of a kind is in force, and all of them
    stay. What a statute does not allow is refused by the database too (rules-ontario.md).
    """

    class Kind(models.TextChoices):
        STATUTE = "statute", _("Law")
        PRACTICE = "practice", _("Practice")

    class What(models.TextChoices):
        GUIDANCE = law.GUIDANCE, _("Guidance beneath it")
        TIME = law.TIME, _("Another time limit")
        WORDS = law.WORDS, _("Other words")
        OFF = law.OFF, _("Switched off")
        SHIPPED = law.SHIPPED, _("As it came")

    class Answer(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Not agreed")
        TAKEN_BACK = "taken_back", _("Taken back")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # The row, as `table/key`, and what it was on the day of asking.
    rule = models.CharField(max_length=120)
    kind = models.CharField(
        max_length=8, choices=[("statute", "statute"), ("practice", "practice")]
    )
    what = models.CharField(max_length=8, choices=What)
    number = models.PositiveIntegerField(null=True)
    words_en = SealedText("sensitive")
    words_fr = SealedText("sensitive")
    asked_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    answered_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    reason = SealedText("sensitive")

    plain_fields: ClassVar = frozenset(
        "id agency rule kind what number asked_by asked_at ends_at answered_by answered_at"
        " answer".split()
    )
    holder: ClassVar = "agency_id"

    objects = RuleChangeQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agency", "answered_at"], name="rule_change_agency"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="statute", what__in=["off", "words"]),
                name="rule_statute_stays",
            ),
            models.CheckConstraint(
                condition=Q(what="time", number__gte=1) | (~Q(what="time") & Q(number=None)),
                name="rule_time_has_a_number",
            ),
            # Only what one has asked for oneself may be taken back; everything else takes two.
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | Q(answer="taken_back", answered_by=F("asked_by"), answered_at__isnull=False)
                | (
                    Q(answer__in=["agreed", "refused"], answered_at__isnull=False)
                    & Q(answered_by__isnull=False)
                    & ~Q(answered_by=F("asked_by"))
                ),
                name="rule_change_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"change of {self.rule}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A change of a rule is answered by its actions, and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("A change of a rule stays.")

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be agreed to."""
        return self.answered_at is None and self.ends_at > timezone.now()

    def as_law(self) -> law.Change:
        """The change as the law takes it."""
        table, _slash, key = self.rule.partition("/")
        words = Words(self.words_en, self.words_fr) if self.words_en else None
        return law.Change(table, key, self.what, self.number, words)
