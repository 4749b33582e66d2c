import uuid
from collections.abc import Iterable
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.accounts.models import Worker
from leeward.conferences.before.models import Meeting
from leeward.people.models import Added, Appended, YoungPerson
from leeward.sealing.fields import SealedJSON, SealedText


class Agrees(models.TextChoices):
    """What the young person thinks of one decision. Not asked is an answer of its own."""

    YES = "yes", _("They agree")
    PARTLY = "partly", _("They agree with part of it")
    NO = "no", _("They do not agree")
    NOT_ASKED = "not_asked", _("Nobody has asked them yet")


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, fetched by who may read of their meeting."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of meetings this actor may read of."""
        return self.filter(meeting__in=Meeting.objects.visible_to(actor))

    def waiting_for(self, actor: Actor, whose: Iterable[uuid.UUID] | None = None) -> Self:
        """Those this worker, or the workers in `whose`, took on, and of which nothing was said
        yet: of meetings that this actor may read of."""
        told = DecisionNews.objects.filter(decision=OuterRef("pk"))
        owners = [actor.id] if whose is None else list(whose)
        return self.visible_to(actor).filter(~Exists(told), owner__in=owners)


class Decision(Appended):
    """What was decided, who does it, by when; and what the young person thinks of it."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    what = SealedText("sensitive")
    # A worker of the agency, on whose desk it lies; of anybody else, the name alone.
    owner = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+", null=True)
    owner_name = SealedText("identifying")
    due_on = models.DateField(null=True)
    agrees = SealedText("sensitive", always=True)
    view = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"meeting", "owner", "due_on"}
    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(what__isnull=False), name="decision_says_what"),
            models.CheckConstraint(
                condition=Q(owner__isnull=False, owner_name__isnull=True)
                | Q(owner__isnull=True, owner_name__isnull=False),
                name="decision_has_one_owner",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["owner", "due_on"], name="decision_owner_due")]

    def __str__(self) -> str:
        return f"decision {self.pk}"

    @property
    def agrees_words(self) -> str:
        """What they think of it, in words."""
        return str(dict(Agrees.choices).get(self.agrees, ""))

    @property
    def owned_by(self) -> str:
        """Who does it."""
        return self.owner.display_name if self.owner else str(self.owner_name)


class DecisionNews(Appended):
    """What came of a decision: done, or not done and why. With it the task is over."""

    class Kind(models.TextChoices):
        DONE = "done", _("Done")
        NOT_DONE = "not_done", _("Not done")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="news")
    kind = models.CharField(max_length=8, choices=Kind)
    words = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"decision", "kind"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="done") | Q(kind="not_done", words__isnull=False),
                name="decision_not_done_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Disagreement(Appended):
    """Somebody saw it another way: who, and what. It stays beside what was decided."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="disagreements")
    who = SealedText("identifying")
    what = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"meeting"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(who__isnull=False, what__isnull=False),
                name="disagreement_says_who_and_what",
            ),
        ]

    def __str__(self) -> str:
        return f"disagreement {self.pk}"


class Reading(Added):
    """Somebody said that they have read what was decided: a worker, or the young person."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="readings")

    plain_fields: ClassVar = Added.plain_fields | {"meeting"}

    def __str__(self) -> str:
        return f"reading {self.pk}"


class Telling(Appended):
    """What was decided, in words for the young person, and whether a worker lets them read it in
    My space. The newest row counts."""

    class Kind(models.TextChoices):
        RELEASED = "released", _("Released to My space")
        NOT_NOW = "not_now", _("Not for a device")
        TAKEN_BACK = "taken_back", _("Taken back from My space")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="tellings")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    words = SealedText("sensitive")
    # Of each of `releases.rules.QUESTIONS`, one of its ANSWERS; nothing when it was taken back.
    answers = SealedJSON("sensitive", always=True)

    plain_fields: ClassVar = Appended.plain_fields | {"meeting", "number", "kind"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_telling_per_number"),
            models.CheckConstraint(
                condition=Q(kind__in=["released", "not_now"], words__isnull=False)
                | Q(kind="taken_back"),
                name="telling_has_words",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class MeetingSide(Added):
    """The young person's own side of what was decided. Every version stays."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sides")
    number = models.PositiveIntegerField()
    words = SealedText("sensitive")

    plain_fields: ClassVar = Added.plain_fields | {"meeting", "number"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="one_meeting_side_per_number"
            ),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=True),
                name="meeting_side_is_written_by_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"side {self.number}"
