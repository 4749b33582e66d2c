from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.missing.models import StepNews
from leeward.observations.models import Observation
from leeward.people.models import Added, Appended, YoungPerson
from leeward.sealing.fields import SealedJSON, SealedText


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Releases, fetched by who may read what they let be read."""

    def standing(self) -> Self:
        """Those by which a note may be read today: the newest row of their note says so."""
        later = Release.objects.filter(note=OuterRef("note"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later), kind=Release.Kind.RELEASED)

    def visible_to(self, actor: Actor, action: str = "file.read") -> Self:
        """Those of the files this actor may do `action` with."""
        return self.filter(person__in=YoungPerson.objects.visible_to(actor, action))


class Release(Appended):
    """What a worker decided about one note: it may be read in My space, it may not go to a
    device, or it may be read there no longer. The newest row counts."""

    class Kind(models.TextChoices):
        RELEASED = "released", _("Released to My space")
        NOT_NOW = "not_now", _("Not for a device")
        TAKEN_BACK = "taken_back", _("Taken back from My space")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    # Of each of `rules.QUESTIONS`, one of `rules.ANSWERS`; nothing when it was taken back.
    answers = SealedJSON("sensitive", always=True)

    plain_fields: ClassVar = Appended.plain_fields | {"note", "number", "kind"}
    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["note", "number"], name="one_release_per_number"),
            models.CheckConstraint(
                condition=Q(kind__in=["released", "not_now", "taken_back"]),
                name="release_kind_known",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "kind"], name="release_person")]

    def __str__(self) -> str:
        return self.kind


class StepReleaseQuerySet(models.QuerySet["StepRelease"]):
    """The same for what was done while nobody knew where they were."""

    def standing(self) -> Self:
        """Those by which a step may be read today: the newest row of their step says so."""
        later = StepRelease.objects.filter(step=OuterRef("step"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later), kind=Release.Kind.RELEASED)

    def visible_to(self, actor: Actor, action: str = "file.read") -> Self:
        """Those of the files this actor may do `action` with."""
        return self.filter(person__in=YoungPerson.objects.visible_to(actor, action))


class StepRelease(Appended):
    """What a worker decided about one step while they were missing (the police were told, say): it
    may be read in My space, may not, or no longer. The newest row counts."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    step = models.ForeignKey(StepNews, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Release.Kind)
    answers = SealedJSON("sensitive", always=True)

    plain_fields: ClassVar = Appended.plain_fields | {"step", "number", "kind"}
    objects = StepReleaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step", "number"], name="one_step_release_per_number"),
            models.CheckConstraint(
                condition=Q(kind__in=["released", "not_now", "taken_back"]),
                name="step_release_kind_known",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "kind"], name="step_release_person")]

    def __str__(self) -> str:
        return self.kind


class Side(Added):
    """The young person's own statement beside a note, in their words. Every version stays."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    words = SealedText("sensitive")

    plain_fields: ClassVar = Added.plain_fields | {"note", "number"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["note", "number"], name="one_side_per_number"),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=True), name="side_is_written_by_themselves"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "note"], name="side_person_note")]

    def __str__(self) -> str:
        return f"side {self.number}"
