from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.accounts.models import Worker
from leeward.core.ids import new_id
from leeward.people.models import Added, Appended, YoungPerson
from leeward.plans.sections import STEP, Section, sections
from leeward.plans.wheel.layout import Layout
from leeward.sealing.fields import SealedJSON, SealedText


class Sees(models.TextChoices):
    """Who reads a piece of a plan, beside the young person."""

    ME = "me", _("only me")
    NAMED = "named", _("people I choose")
    TEAM = "team", _("my team")


class Item(Added):
    """One piece of a plan: it says under which heading it stands, and holds no other word."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="plan_items")
    section_key = SealedText("sensitive", always=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "recorded_at"], name="item_person")]

    def __str__(self) -> str:
        return f"item {self.pk}"

    @property
    def section(self) -> Section:
        """The heading it stands under."""
        return sections()[self.section_key]

    @property
    def is_step(self) -> bool:
        """Whether it is a small next step."""
        return bool(self.section_key == STEP)


class ItemVersionQuerySet(models.QuerySet["ItemVersion"]):
    """Versions of what stands in plans, fetched by who may read them."""

    def newest(self) -> Self:
        """Of each item, the one that stands."""
        later = ItemVersion.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))

    def visible_to(self, actor: Actor, action: str = "file.open") -> Self:
        """What this worker may read: shared with the whole team, or with them by name.

        For the young person all of it (`own_visible` decides what is open just now).
        """
        if actor.kind == "young_person":
            own = YoungPerson.objects.visible_to(actor, "space.read")
            return self.filter(person__in=own)
        named = Reader.objects.filter(version=OuterRef("pk"), worker=actor.id)
        return self.filter(
            Q(sees=Sees.TEAM) | (Q(sees=Sees.NAMED) & Exists(named)),
            person__in=YoungPerson.objects.visible_to(actor, action),
        )


class ItemVersion(Added):
    """What an item said from then on, and who could read it. Every version stays.

    Without words it was taken out.
    """

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    sees = models.CharField(max_length=5, choices=Sees)
    named = models.ManyToManyField(Worker, through="Reader", related_name="+")
    words = SealedText("sensitive")
    # Of a step: who does it, and by when.
    who = SealedText("identifying")
    due_on = models.DateField(null=True)

    plain_fields: ClassVar = Added.plain_fields | {"item", "number", "sees", "named", "due_on"}
    objects = ItemVersionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "number"], name="one_item_version_per_number"),
            models.CheckConstraint(
                condition=Q(sees__in=["me", "named", "team"]), name="item_sees_known"
            ),
            models.CheckConstraint(
                condition=~Q(sees="me") | Q(recorded_by__isnull=True),
                name="item_of_mine_alone_is_written_by_me",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "due_on"], name="item_due")]

    def __str__(self) -> str:
        return f"item version {self.number}"


class Reader(models.Model):
    """A worker by name who may read one version of one item."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="readers")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    plain_fields: ClassVar = frozenset("id person version worker".split())
    holder: ClassVar = "person_id"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "worker"], name="a_reader_is_named_once"),
        ]

    def __str__(self) -> str:
        return f"reader {self.pk}"


class ItemNews(Added):
    """How a step went: done, celebrated, or let go of. Appended, never ticked off in place."""

    class Kind(models.TextChoices):
        DONE = "done", _("Done")
        CELEBRATED = "celebrated", _("Celebrated")
        LET_GO = "let_go", _("Let go for now")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="news")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    words = SealedText("sensitive")

    plain_fields: ClassVar = Added.plain_fields | {"item", "kind", "on"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["done", "celebrated", "let_go"]), name="item_news_known"
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Suggestion(Appended):
    """What a worker would put in the plan. The young person takes it or leaves it."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="suggestions")
    # What it would change; empty for something new.
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", null=True)
    section_key = SealedText("sensitive", always=True)
    words = SealedText("sensitive")
    why = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"item"}

    def __str__(self) -> str:
        return f"suggestion {self.pk}"

    @property
    def section(self) -> Section:
        """The heading it would stand under."""
        return sections()[self.section_key]


class SuggestionAnswer(Added):
    """What the young person said to a suggestion, once."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    suggestion = models.OneToOneField(Suggestion, on_delete=models.PROTECT, related_name="answer")
    took = models.BooleanField()

    plain_fields: ClassVar = Added.plain_fields | {"suggestion", "took"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=True), name="suggestion_answered_by_themselves"
            ),
        ]

    def __str__(self) -> str:
        return "taken" if self.took else "left"


class SafetyReview(Added):
    """The day on which they want to look at their safety plan again. The newest counts."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    plain_fields: ClassVar = Added.plain_fields | {"on"}

    def __str__(self) -> str:
        return f"review on {self.on}"


class Wheel(Added):
    """The plan in four parts, where they or their community ask for it. The newest row counts.

    A worker writes down who asked; how it is laid out is theirs, and no worker reads that.
    """

    class Kind(models.TextChoices):
        ASKED = "asked", _("Asked for")
        LAID_OUT = "laid_out", _("Laid out")
        ENDED = "ended", _("Not any more")

    class AskedBy(models.TextChoices):
        THEM = "them", _("The young person")
        COMMUNITY = "community", _("Their community, and they agree")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    # Who asked, and what was said of it; nothing in the other rows.
    asked_by = SealedText("sensitive")
    said = SealedText("sensitive")
    parts = SealedJSON("sensitive")

    plain_fields: ClassVar = Added.plain_fields | {"number", "kind"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "number"], name="one_wheel_per_number"),
            models.CheckConstraint(
                condition=Q(kind__in=["asked", "laid_out", "ended"]), name="wheel_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="laid_out") | Q(recorded_by__isnull=True),
                name="wheel_is_laid_out_by_themselves",
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def layout(self) -> Layout:
        """The four parts as they are in this row."""
        return Layout.from_json(self.parts, sections())
