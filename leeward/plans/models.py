from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leeward.core.ids import new_id
from leeward.people.models import Appended, YoungPerson
from leeward.sealing.fields import SealedText


class Plan(models.Model):
    """The one plan of a young person. They are its author; a worker may hold the pen."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(YoungPerson, on_delete=models.PROTECT, related_name="plan")
    started_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=0)

    plain_fields: ClassVar = frozenset("id person started_at version".split())

    def __str__(self) -> str:
        return f"plan {self.pk}"


class PlanVersion(Appended):
    """The plan's own words at one time, exactly as said. Every version stays."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    matters = SealedText("sensitive")
    good_at = SealedText("sensitive")
    want = SealedText("sensitive")
    anchor = SealedText("identifying")

    SECTIONS = ("matters", "good_at", "want", "anchor")
    plain_fields: ClassVar = Appended.plain_fields | {"plan", "number"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="one_plan_version_per_number"),
        ]

    def __str__(self) -> str:
        return f"plan version {self.number}"


class Step(Appended):
    """A small next step: what, who does it, and by when; or when they are ready."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="steps")
    due_on = models.DateField(null=True)
    what = SealedText("sensitive")
    who = SealedText("identifying")

    plain_fields: ClassVar = Appended.plain_fields | {"plan", "due_on"}

    def __str__(self) -> str:
        return f"step {self.pk}"


class StepNews(Appended):
    """How a step went: done, celebrated, or let go of. Appended, never ticked off in place."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")

    class Kind(models.TextChoices):
        DONE = "done", _("Done")
        CELEBRATED = "celebrated", _("Celebrated")
        LET_GO = "let_go", _("Let go for now")

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="news")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    words = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"step", "kind", "on"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["done", "celebrated", "let_go"]), name="step_news_known"
            ),
        ]

    def __str__(self) -> str:
        return self.kind
