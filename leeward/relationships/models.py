from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leeward.people.models import Added, YoungPerson
from leeward.relationships.rules import Facts
from leeward.sealing.fields import SealedJSON, SealedText

# Every set of answers takes this room, in bytes, with every topic named.
ROOM_FOR_FACTS = 512


class Kind(models.TextChoices):
    """What a tie leads to."""

    PERSON = "person", _("a person")
    PLACE = "place", _("a place")
    GROUP = "group", _("a group")
    SYSTEM = "system", _("a system")


class Ring(models.TextChoices):
    """How near, as the young person sees it."""

    MICRO = "micro", _("close to me")
    MESO = "meso", _("around me")
    MACRO = "macro", _("the wider world")


class Stands(models.TextChoices):
    """How a tie is."""

    STRONG = "strong", _("strong")
    THIN = "thin", _("thin")
    TENSE = "tense", _("tense")
    ENDED = "ended", _("ended")
    DISTANCE = "distance", _("I want distance")


class Paid(models.TextChoices):
    """Whether somebody is in their life for pay."""

    UNPAID = "unpaid", _("not paid to be there")
    PAID = "paid", _("paid to be there")


class Weight(models.TextChoices):
    """What weighs on a young person and is there to be pushed against."""

    POVERTY = "poverty", _("poverty")
    RACISM = "racism", _("racism")
    COLONIZATION = "colonization", _("colonization")
    SEXISM = "sexism", _("sexism")
    AGEISM = "ageism", _("ageism")
    CLASSISM = "classism", _("classism")


class Topic(models.TextChoices):
    """What somebody may be told of."""

    WELL = "well", _("that they are okay")
    WHERE = "where", _("where they live or stay")
    MISSING = "missing", _("that they are missing")
    PLAN = "plan", _("their plan")
    HEALTH = "health", _("their health")
    HARM = "harm", _("what was done to them")


class Tie(Added):
    """What binds a young person to one person, place, group or system. It holds no word."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="ties")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "recorded_at"], name="tie_person")]

    def __str__(self) -> str:
        return f"tie {self.pk}"


class TieVersion(Added):
    """How a tie stood from a day on. Every version stays."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    tie = models.ForeignKey(Tie, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    on = models.DateField()
    name = SealedText("identifying")
    part = SealedText("sensitive")
    answers = SealedJSON("sensitive", always=True, room=ROOM_FOR_FACTS)

    plain_fields: ClassVar = Added.plain_fields | {"tie", "number", "on"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tie", "number"], name="one_tie_version_per_number"),
            models.CheckConstraint(condition=Q(name__isnull=False), name="tie_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"tie version {self.number}"

    @property
    def facts(self) -> Facts:
        """All answers about the tie."""
        return Facts.from_json(self.answers)


class Anchor(Added):
    """The one tie a young person counts on, from one day to another. At most one at a time."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="anchors")
    tie = models.ForeignKey(Tie, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    plain_fields: ClassVar = Added.plain_fields | {"tie", "since", "until"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until__isnull=True), name="one_anchor"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="anchor_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"anchor since {self.since}"


class Advocacy(Added):
    """What a worker will do against something that weighs on a young person."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="advocacy")
    tie = models.ForeignKey(Tie, on_delete=models.PROTECT, related_name="advocacy")
    due_on = models.DateField(null=True)
    what = SealedText("sensitive")

    plain_fields: ClassVar = Added.plain_fields | {"tie", "due_on"}

    def __str__(self) -> str:
        return f"advocacy {self.pk}"


class AdvocacyNews(Added):
    """What came of it. Appended, and with it the task is done."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    advocacy = models.ForeignKey(Advocacy, on_delete=models.PROTECT, related_name="news")
    on = models.DateField()
    words = SealedText("sensitive")

    plain_fields: ClassVar = Added.plain_fields | {"advocacy", "on"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["advocacy"], name="advocacy_ends_once"),
        ]

    def __str__(self) -> str:
        return f"news {self.pk}"
