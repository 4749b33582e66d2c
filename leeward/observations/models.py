from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leeward.people.models import Appended, YoungPerson
from leeward.sealing.fields import SealedJSON, SealedText


class Observation(Appended):
    """What somebody saw, heard or read about a young person's life, once.

    Two times: when it happened (`on`, perhaps only a month, a part of a day, or unknown) and when
    it was recorded. A correction is a new row that points at what it corrects.
    """

    class Source(models.TextChoices):
        SEEN = "seen", _("I saw it")
        YOUTH = "youth", _("They told me")
        OTHER = "other", _("Someone else told me")
        DOCUMENT = "document", _("I read it")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="observations")
    on = models.CharField(max_length=10, blank=True)
    part_of_day = models.CharField(max_length=9, blank=True)
    # The latest day it could have been: what the timeline sorts by. Unknown: the day recorded.
    sort_on = models.DateField()
    source = models.CharField(max_length=8, choices=Source)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    model_version = models.CharField(max_length=20)
    has_signs = models.BooleanField(default=False)
    text = SealedText("sensitive")
    own_words = SealedText("sensitive")
    good_news = SealedText("sensitive")
    # Maps indicator ids to present, absent or unsure.
    findings = SealedJSON("sensitive", always=True, room=512)
    # None for no; else `level` (possible or now), `about` (self, another_child or both), and
    # perhaps `other_child_age`.
    harm = SealedJSON("sensitive", always=True)

    plain_fields: ClassVar = Appended.plain_fields | {
        "on",
        "part_of_day",
        "sort_on",
        "source",
        "corrects",
        "model_version",
        "has_signs",
    }

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "sort_on"], name="observation_person_sort"),
            models.Index(fields=["recorded_by", "recorded_at"], name="observation_author"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(source__in=["seen", "youth", "other", "document"]),
                name="observation_source_known",
            ),
        ]

    def __str__(self) -> str:
        return f"observation {self.pk}"

    @property
    def source_words(self) -> str:
        """How its author knew, as another reader is told it."""
        return {
            "seen": gettext("Seen by the worker"),
            "youth": gettext("Told by the young person"),
            "other": gettext("Told by somebody else"),
            "document": gettext("Read in a document"),
        }[self.source]


class Explanation(Appended):
    """An ordinary reason for what was seen, and who checked it. The concern it answers stays."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    observation = models.ForeignKey(
        Observation, on_delete=models.PROTECT, related_name="explanations"
    )
    on = models.DateField()
    how = SealedText("sensitive")
    # The indicators it explains; None explains the whole observation.
    indicators = SealedJSON("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"observation", "on"}

    def __str__(self) -> str:
        return f"explanation of {self.observation_id}"


class Opinion(Appended):
    """What stage of exploitation one worker thinks the signs speak of, and why.

    Given before the reading is shown; the reading as it then stood is kept beside it.
    """

    class Confidence(models.TextChoices):
        NOT_VERY = "not_very", _("not very sure")
        FAIRLY = "fairly", _("fairly sure")
        VERY = "very", _("very sure")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="opinions")
    on = models.DateField()
    review_on = models.DateField(null=True)
    model_version = models.CharField(max_length=20)
    # A stage id of that model version, or empty: "not named".
    stage = SealedText("sensitive", always=True)
    confidence = SealedText("sensitive", always=True)
    reasons = SealedText("sensitive")
    would_change = SealedText("sensitive")
    own_view = SealedText("sensitive")
    reading = SealedJSON("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"on", "review_on", "model_version"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "on"], name="opinion_person_on")]

    def __str__(self) -> str:
        return f"opinion {self.pk}"

    @property
    def confidence_words(self) -> str:
        """How sure its author was, in words."""
        return str(dict(self.Confidence.choices).get(self.confidence, ""))


class Resolution(Appended):
    """A supervisor says which of two differing opinions to work from, and why. Both stay."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="resolutions")
    reason = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"opinion"}

    def __str__(self) -> str:
        return f"resolution of {self.opinion_id}"


class Pin(Appended):
    """An observation put on the chronology, with one line on why it matters; or taken off."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="pins")
    pinned = models.BooleanField(default=True)
    why = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"observation", "pinned"}

    def __str__(self) -> str:
        return "pin" if self.pinned else "unpin"


def harm_level(observation: Observation) -> str:
    """`none`, `possible` or `now`, as answered on the form."""
    harm: dict[str, Any] = observation.harm or {}
    return str(harm.get("level", "none"))


def harm_as_answered(observation: Observation) -> dict[str, Any] | None:
    """The newest answer to the harm question along the notes this one corrects; None for no."""
    note: Observation | None = observation
    while note is not None:
        if note.harm:
            return dict(note.harm)
        note = note.corrects
    return None
