from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.observations.models import Observation
from leeward.people.models import Added, Appended, DetailsChange, YoungPerson
from leeward.requests.copying.models import Copy, Decision, Looked, Preparation
from leeward.requests.kinds import How, Kind
from leeward.sealing.fields import SealedText

__all__ = [
    "Answer", "Copy", "Decision", "Extension", "FileRequest", "How", "Kind", "Looked",
    "Preparation", "Statement",
]  # fmt: skip


class FileRequestQuerySet(models.QuerySet["FileRequest"]):
    """Requests, fetched by who may see to them."""

    def visible_to(self, actor: Actor, action: str = "request.write") -> Self:
        """Those about the files this actor may do `action` with."""
        return self.filter(person__in=YoungPerson.objects.visible_to(actor, action))

    def open(self) -> Self:
        """Those that only an answer ends."""
        return self.filter(answered_at__isnull=True)


class FileRequest(Added):
    """What a young person asks about their own file, and the day it came in: day 0.

    Without a worker they asked in My space; a worker who wrote it down says how they asked.
    """

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=10, choices=Kind)
    how = models.CharField(max_length=6, choices=How)
    received_on = models.DateField()
    # Set with its answer, once.
    answered_at = models.DateTimeField(null=True)
    # The note they mean, where they say one.
    note = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="+", null=True)
    # Of a correction: which words, and what they say instead. Of a copy: what else they say.
    words = SealedText("sensitive")
    instead = SealedText("sensitive")
    why = SealedText("sensitive")

    plain_fields: ClassVar = Added.plain_fields | {
        "kind", "how", "received_on", "answered_at", "note",
    }  # fmt: skip
    objects = FileRequestQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "received_on"], name="request_person"),
            models.Index(
                fields=["received_on"],
                condition=Q(answered_at__isnull=True),
                name="request_open",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind="copy", answered_at__isnull=True),
                name="one_open_request_for_a_copy",
            ),
            models.CheckConstraint(
                condition=Q(kind="copy")
                | Q(kind="correction", words__isnull=False, instead__isnull=False),
                name="request_of_a_correction_says_what",
            ),
            models.CheckConstraint(
                condition=Q(how="space", recorded_by__isnull=True)
                | Q(how__in=["paper", "spoken"], recorded_by__isnull=False),
                name="request_how_has_its_writer",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"


class Extension(Appended):
    """The one time that a request is given more days, with the notice that says why."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField(FileRequest, on_delete=models.PROTECT, related_name="extension")
    days = models.PositiveSmallIntegerField()
    told_on = models.DateField()
    reason = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"request", "days", "told_on"}

    class Meta:
        constraints: ClassVar = [
            # The most is in leeward/law/tables/requests.csv too; here it cannot be passed by.
            models.CheckConstraint(condition=Q(days__range=(1, 90)), name="extension_days"),
            models.CheckConstraint(
                condition=Q(reason__isnull=False), name="extension_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days} more days"


class Answer(Added):
    """How a request ended. Without a worker, the young person took it back in My space."""

    class Outcome(models.TextChoices):
        GIVEN = "given", _("The copy was given")
        MADE = "made", _("The correction was made")
        NOT_MADE = "not_made", _("The correction was not made")
        TAKEN_BACK = "taken_back", _("Taken back")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField(FileRequest, on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=10, choices=Outcome)
    on = models.DateField()
    # The record that it is about; what put it right; the copy that was given.
    note = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="+", null=True)
    correction = models.ForeignKey(
        Observation, on_delete=models.PROTECT, related_name="+", null=True
    )
    details = models.ForeignKey(
        DetailsChange, on_delete=models.PROTECT, related_name="+", null=True
    )
    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="+", null=True)
    # Why it was not made; where it stands, if it was made elsewhere in the file; what they said to
    # a worker when they took it back.
    reasons = SealedText("sensitive")

    plain_fields: ClassVar = Added.plain_fields | {
        "request", "outcome", "on", "note", "correction", "details", "copy",
    }  # fmt: skip

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "note"], name="answer_person_note")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="given", copy__isnull=False)
                | (~Q(outcome="given") & Q(copy__isnull=True)),
                name="answer_given_with_its_copy",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["given", "made", "not_made", "taken_back"]),
                name="answer_outcome_known",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="made")
                | Q(correction__isnull=False)
                | Q(details__isnull=False)
                | Q(reasons__isnull=False),
                name="answer_made_says_where",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="not_made") | Q(reasons__isnull=False),
                name="answer_not_made_says_why",
            ),
            models.CheckConstraint(
                condition=Q(outcome="taken_back", recorded_by__isnull=True)
                | Q(recorded_by__isnull=False),
                name="answer_has_its_worker",
            ),
        ]

    def __str__(self) -> str:
        return self.outcome


class Statement(Added):
    """What the young person says where a correction was not made. It travels with the record.

    Every version stays. A worker may write it down for them, in their exact words.
    """

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="statements")
    request = models.ForeignKey(FileRequest, on_delete=models.PROTECT, related_name="statements")
    number = models.PositiveIntegerField()
    words = SealedText("sensitive")

    plain_fields: ClassVar = Added.plain_fields | {"request", "number"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "number"], name="one_statement_per_number"),
            models.CheckConstraint(
                condition=Q(words__isnull=False), name="statement_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"statement {self.number}"
