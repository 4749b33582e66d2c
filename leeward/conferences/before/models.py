from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.accounts.models import Worker
from leeward.conferences.rules import LONGEST, SHORTEST, roles
from leeward.core.ids import new_id
from leeward.people.models import Added, Appended, YoungPerson
from leeward.plans.models import ItemVersion
from leeward.sealing.fields import SealedText


class Shape(models.TextChoices):
    """What kind of meeting it is."""

    CONFERENCE = "conference", _("A case conference")
    CIRCLE = "circle", _("A circle")


class Presence(models.TextChoices):
    """How the young person takes part."""

    THERE = "there", _("They will be there")
    FAR = "far", _("They take part by phone or video")
    SPEAKS = "speaks", _("Somebody speaks for them")
    WRITES = "writes", _("They send what they want to say")
    NOT = "not", _("They do not want to take part")
    UNSURE = "unsure", _("They have not decided")


class Hears(models.TextChoices):
    """Who reads what they say before a meeting."""

    ME = "me", _("only me")
    TEAM = "team", _("my team")
    ROOM = "room", _("everyone at the meeting")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings, fetched by who may read of them."""

    def visible_to(self, actor: Actor, action: str = "conference.read") -> Self:
        """Those of the files this actor may do `action` with; not by breaking the glass.

        The young person reads of those that they were asked about.
        """
        if actor.kind == "young_person":
            asked = Preparation.objects.filter(meeting=OuterRef("pk"), asked=True)
            own = YoungPerson.objects.visible_to(actor, "meeting.read")
            return self.filter(Exists(asked), person__in=own)
        return self.filter(person__in=YoungPerson.objects.visible_to(actor, action))


class Meeting(Appended):
    """A conference or a circle about one young person: what for. When and where, its sittings
    say. Its id is what calendars know it by."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    shape = SealedText("sensitive", always=True)
    purpose = SealedText("sensitive")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "recorded_at"], name="meeting_person")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(purpose__isnull=False), name="meeting_has_a_purpose"
            ),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def shape_words(self) -> str:
        """What kind it is, in words."""
        return str(dict(Shape.choices).get(self.shape, ""))


class Sitting(Appended):
    """When and where a meeting is, from then on: as it was set, moved, or called off. The newest
    counts; every one stays."""

    class Kind(models.TextChoices):
        SET = "set", _("Called")
        MOVED = "moved", _("Moved")
        CALLED_OFF = "called_off", _("Called off")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sittings")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    zone = models.CharField(max_length=40)
    place = SealedText("identifying")
    why = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {
        *("meeting", "number", "kind", "starts_at", "minutes", "zone")
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_sitting_per_number"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(kind="called_off"),
                name="a_meeting_is_called_off_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="set", number=1)
                | Q(kind__in=["moved", "called_off"], number__gt=1),
                name="sitting_is_set_first",
            ),
            models.CheckConstraint(
                condition=Q(kind="set") | Q(why__isnull=False), name="sitting_moved_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(SHORTEST, LONGEST)), name="sitting_is_so_long"
            ),
        ]

    def __str__(self) -> str:
        return f"sitting {self.number}"


class Preparation(Appended):
    """The young person was asked about a meeting, or why not yet; how they take part. Rows are
    added; the newest counts."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="preparations")
    number = models.PositiveIntegerField()
    asked = models.BooleanField()
    presence = SealedText("sensitive", always=True)
    words = SealedText("sensitive")
    why_not = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"meeting", "number", "asked"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="one_preparation_per_number"
            ),
            models.CheckConstraint(
                condition=Q(asked=True) | Q(why_not__isnull=False),
                name="not_asked_yet_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"preparation {self.number}"

    @property
    def presence_words(self) -> str:
        """How they take part, in words."""
        return str(dict(Presence.choices).get(self.presence, ""))


class Saying(Added):
    """What the young person says before a meeting, and who hears it. Every version stays; without
    words it was taken out. With a worker, who held the pen, it is a line of its own."""

    class Kind(models.TextChoices):
        SAY = "say", _("What I want to say")
        WHO = "who", _("Who should be there")
        NOT_DISCUSS = "not_discuss", _("What I do not want to talk about")
        SPEAKS = "speaks", _("Who speaks for me")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sayings")
    kind = models.CharField(max_length=11, choices=Kind)
    number = models.PositiveIntegerField()
    hears = models.CharField(max_length=4, choices=Hears)
    words = SealedText("sensitive")

    plain_fields: ClassVar = Added.plain_fields | {"meeting", "kind", "number", "hears"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "kind", "number"],
                condition=Q(recorded_by__isnull=True),
                name="one_own_saying_per_number",
            ),
            models.UniqueConstraint(
                fields=["meeting", "kind", "number"],
                condition=Q(recorded_by__isnull=False),
                name="one_penned_saying_per_number",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["say", "who", "not_discuss", "speaks"]),
                name="saying_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(hears__in=["me", "team", "room"]), name="saying_hears_known"
            ),
            models.CheckConstraint(
                condition=~Q(hears="me") | Q(recorded_by__isnull=True),
                name="saying_of_mine_alone_is_written_by_me",
            ),
        ]

    def __str__(self) -> str:
        return f"saying {self.number}"


class Invitation(Appended):
    """Somebody is asked to a meeting: who, why, and as what."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations")
    # Of the agency; anybody else by name alone.
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+", null=True)
    name = SealedText("identifying")
    role_key = SealedText("sensitive", always=True)
    why = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"meeting", "worker"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(name__isnull=False, why__isnull=False),
                name="invitation_says_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def role_words(self) -> str:
        """As what they are asked, in the language of the page."""
        return roles()[self.role_key].name(get_language() or "en")


class InvitationNews(Appended):
    """An invitation went out, was taken back, or what came of it. Each once."""

    class Kind(models.TextChoices):
        SENT = "sent", _("Sent")
        CAME = "came", _("Came")
        STAYED_AWAY = "stayed_away", _("Did not come")
        TAKEN_BACK = "taken_back", _("Taken back")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="news")
    kind = models.CharField(max_length=11, choices=Kind)

    plain_fields: ClassVar = Appended.plain_fields | {"invitation", "kind"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["invitation", "kind"], name="invitation_news_comes_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["sent", "came", "stayed_away", "taken_back"]),
                name="invitation_news_known",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Pack(Appended):
    """What was chosen of the plan for those who meet, by the young person and a worker together.
    The newest counts."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    number = models.PositiveIntegerField()
    together = models.BooleanField()

    plain_fields: ClassVar = Appended.plain_fields | {"meeting", "number", "together"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_pack_per_number"),
            models.CheckConstraint(condition=Q(together=True), name="pack_is_chosen_together"),
        ]

    def __str__(self) -> str:
        return f"pack {self.number}"


class PackItem(models.Model):
    """One piece of the plan in a pack, in the very words that were chosen."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="items")
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")

    plain_fields: ClassVar = frozenset("id person pack version".split())
    holder: ClassVar = "person_id"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pack", "version"], name="in_a_pack_once"),
        ]

    def __str__(self) -> str:
        return f"pack item {self.pk}"
