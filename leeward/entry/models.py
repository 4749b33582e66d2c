from typing import Any, ClassVar, Never, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.access.rules import may
from leeward.accounts.models import Agency, Worker
from leeward.core.ids import new_id
from leeward.people.models import Appended, YoungPerson
from leeward.sealing.fields import SealedJSON, SealedText


class Signpost(models.Model):
    """Which agency's rows to look among for words or a cookie, and nothing else.

    Whoever comes in stands in no agency yet: this table alone is read before one is known.
    """

    lookup = models.CharField(max_length=64, primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    plain_fields: ClassVar = frozenset("lookup agency".split())

    def __str__(self) -> str:
        return "signpost"


class AgencyChoiceQuerySet(models.QuerySet["AgencyChoice"]):
    """Choices, fetched by whose agency made them."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's own agency."""
        may_see = may(actor.role, "space.choose")
        return self.filter(agency_id=actor.agency_id) if may_see else self.none()


class AgencyChoice(models.Model):
    """What one agency offers: the faces to pick from, and where leaving leads. The newest counts;
    without any, the installation's. It is added and never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    chosen_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(auto_now_add=True)
    # Their names in addresses, with blanks between.
    faces = models.CharField(max_length=60)
    leave_to = models.CharField(max_length=200)

    plain_fields: ClassVar = frozenset("id agency chosen_by chosen_at faces leave_to".split())
    holder: ClassVar[str] = "agency_id"

    objects = AgencyChoiceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(faces="") & Q(leave_to__startswith="https://"),
                name="agency_choice_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"choice {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A choice is added anew, and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("A choice stays.")


class Offer(Appended):
    """What a worker and a young person found as they looked at it together. The newest counts."""

    class Watched(models.TextChoices):
        NO = "no", _("No, only I use it")
        YES = "yes", _("Yes, somebody else can see it")
        UNSURE = "unsure", _("I am not sure")

    class Where(models.TextChoices):
        OWN = "own", _("On a device of their own")
        BORROWED = "borrowed", _("On no device of their own: on paper, or on a worker’s")

    class Face(models.TextChoices):
        NOTES = "notes", _("Notes")
        WEATHER = "weather", _("Weather diary")
        RECIPES = "recipes", _("Recipes")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="space_offers")
    face = models.CharField(max_length=8, choices=Face)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("fr", "Français")])
    watched = SealedText("sensitive", always=True)
    where = SealedText("sensitive", always=True)

    plain_fields: ClassVar = Appended.plain_fields | {"face", "language"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(face__in=["notes", "weather", "recipes"]), name="offer_face_known"
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"

    @property
    def watched_words(self) -> str:
        """Whether somebody else sees the phone, in words."""
        return str(dict(self.Watched.choices).get(self.watched, ""))

    @property
    def where_words(self) -> str:
        """Where they want to use it, in words."""
        return str(dict(self.Where.choices).get(self.where, ""))


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, fetched by whose they are."""

    def visible_to(self, actor: Actor, action: str = "space.read") -> Self:
        """The one that this young person comes in by."""
        return self.filter(person__in=YoungPerson.objects.visible_to(actor, action))


class Entry(models.Model):
    """By what one young person comes in. A row has the same shape and size whatever they chose."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(YoungPerson, on_delete=models.PROTECT, related_name="entry")
    # Of the words that were made last; empty until the first.
    lookup = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001
    made_at = models.DateTimeField(null=True)
    # Until when the words may be used the first time, and when they were.
    begin_by = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    # What they alone see stays closed until then, after words were made anew.
    private_until = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    # The face they chose themselves since it was offered last; empty for the one of then.
    face = models.CharField(max_length=8, choices=Offer.Face, blank=True, default="")
    # Slow hashes: `own`, `other` and `back`. What nobody chose is the hash of chance.
    numbers = SealedJSON("sensitive", always=True, room=1024)
    # What the second number opens: lines, never none.
    lines = SealedJSON("sensitive", always=True, room=4096)

    plain_fields: ClassVar = frozenset(
        "id person lookup made_at begin_by begun_at private_until failures failed_at"
        " locked_at face".split()
    )
    holder: ClassVar[str] = "person_id"

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(face__in=["", "notes", "weather", "recipes"]), name="entry_face_known"
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"


class CodeRequestQuerySet(models.QuerySet["CodeRequest"]):
    """Requests for words, fetched by who may know of them."""

    def visible_to(self, actor: Actor) -> Self:
        """Those for the young people for whom this actor could ask or agree."""
        return self.filter(person__in=YoungPerson.objects.visible_to(actor, "space.code"))

    def waiting(self) -> Self:
        """Those nobody has answered, and that may still be."""
        return self.filter(answered_at__isnull=True, ends_at__gt=timezone.now())


class CodeRequest(models.Model):
    """One worker asks for words for a young person, and another agrees (ADR 29).

    It is added and answered once.
    """

    class Answer(models.TextChoices):
        AGREED = "agreed", _("Agreed")
        REFUSED = "refused", _("Not agreed")
        TAKEN_BACK = "taken_back", _("Taken back")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    answered_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    reason = SealedText("sensitive")

    plain_fields: ClassVar = frozenset(
        "id person asked_by asked_at ends_at answered_by answered_at answer".split()
    )
    holder: ClassVar[str] = "person_id"

    objects = CodeRequestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | Q(answer="taken_back", answered_by=F("asked_by"), answered_at__isnull=False)
                | (
                    Q(answer__in=["agreed", "refused"], answered_at__isnull=False)
                    & Q(answered_by__isnull=False)
                    & ~Q(answered_by=F("asked_by"))
                ),
                name="code_request_answered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"code request {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A request is answered by its actions, and never changed.")
        super().save(*args, **kwargs)


class VisitQuerySet(models.QuerySet["Visit"]):
    """Visits, fetched by whose they are."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the young person themself: no worker looks when they were in."""
        people = YoungPerson.objects.visible_to(actor, "space.elsewhere")
        return self.filter(person__in=people)


class Visit(models.Model):
    """A young person is in, somewhere. Its cookie stands here hashed, and which notebook it
    opens is sealed: nobody who reads the table tells one from the other."""

    removable = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    lookup = models.CharField(max_length=64, unique=True)
    began_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # On a device that is not theirs.
    borrowed = models.BooleanField()
    opens = SealedText("sensitive", always=True)

    OWN, OTHER = "own", "other"
    plain_fields: ClassVar = frozenset(
        "id person lookup began_at used_at ends_at borrowed".split()
    )
    holder: ClassVar[str] = "person_id"

    objects = VisitQuerySet.as_manager()

    def __str__(self) -> str:
        return f"visit {self.pk}"


class PasskeyQuerySet(models.QuerySet["Passkey"]):
    """Passkeys, fetched by whose they are."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the young person themself: no worker sees on how many phones they are."""
        people = YoungPerson.objects.visible_to(actor, "space.passkey")
        return self.filter(person__in=people)


class Passkey(models.Model):
    """A phone of theirs that opens their own notebook without words. The phone keeps the secret;
    here lies what tells that it has it."""

    removable = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    # Of the name that the phone gave it.
    lookup = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    # A question that was asked before then is not answered a second time.
    used_at = models.DateTimeField(null=True)
    public = SealedText("sensitive", always=True, room=1024)

    plain_fields: ClassVar = frozenset("id person lookup made_at used_at".split())
    holder: ClassVar[str] = "person_id"

    objects = PasskeyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"passkey {self.pk}"
