import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.access.rules import by_break_glass, reach
from leeward.accounts.models import Agency, Worker
from leeward.core.ids import new_id
from leeward.people.covering.models import Cover
from leeward.people.standing.models import BreakGlass, ConflictLock
from leeward.sealing.fields import SealedJSON, SealedText


class YoungPersonQuerySet(models.QuerySet["YoungPerson"]):
    """Fetching is authorising: start from `visible_to`.

    A conflict lock is part of every way to a file: the database leaves it out in the one query.
    """

    def visible_to(self, actor: Actor, action: str = "file.open") -> Self:
        """The files this actor may do `action` with. Closed by default."""
        near = _near(actor, action, by_glass=by_break_glass(action))
        return self._of_agency(actor).filter(near) if near else self.none()

    def near_to(self, actor: Actor, action: str) -> Self:
        """Those of `visible_to` that it takes no emergency to reach."""
        near = _near(actor, action)
        return self._of_agency(actor).filter(near) if near else self.none()

    def findable_by(self, actor: Actor) -> Self:
        """The files whose name this actor may come upon in a search, to avoid a second file."""
        return self._of_agency(actor) if reach(actor.role, "people.find") == "yes" else self.none()

    def locked_to(self, actor: Actor) -> Self:
        """The files that do not exist for this actor. Never shown to them, nor counted."""
        locks = ConflictLock.objects.against(actor.id).filter(person=OuterRef("pk"))
        return self.filter(Exists(locks), agency_id=actor.agency_id)

    def _of_agency(self, actor: Actor) -> Self:
        if not actor.agency_id:
            return self.none()
        locks = ConflictLock.objects.against(actor.id).filter(person=OuterRef("pk"))
        return self.filter(~Exists(locks), agency_id=actor.agency_id)


def _near(actor: Actor, action: str, *, by_glass: bool = False) -> Q | None:
    """How near to a file this actor must stand, as roles.csv says it; None for never."""
    how_far = "agency" if actor.kind == "system" else reach(actor.role, action)
    if how_far == "agency":
        return Q(agency_id=actor.agency_id)
    if how_far == "own" and actor.kind == "young_person":
        return Q(pk=actor.id)
    if how_far not in _ON_THE_TEAM or actor.id is None:
        return None
    ways: list[models.QuerySet[Any, Any]] = [Cover.objects.by(actor.id).values("person")]
    if by_glass:
        live = BreakGlass.objects.live().filter(worker_id=actor.id)
        ways.append(live.values("person"))
    # One list of ids, not a condition for each way: the database goes from a worker's few rows to
    # their files, instead of asking of every file of the agency.
    return Q(pk__in=_ON_THE_TEAM[how_far](actor.id).values("person").union(*ways, all=True))


def _of_team(worker_id: uuid.UUID) -> models.QuerySet["Assignment"]:
    return Assignment.objects.filter(worker_id=worker_id, until__isnull=True)


def _of_supervised(worker_id: uuid.UUID) -> models.QuerySet["Assignment"]:
    """On the team oneself, or supervisor of somebody on it. A file whose team has come to an end
    stays with the supervisors of those who were on it, so that it is never with nobody."""
    now = Assignment.objects.filter(person=OuterRef("person"), until__isnull=True)
    return Assignment.objects.filter(
        Q(worker_id=worker_id, until__isnull=True)
        | (Q(worker__supervised_by=worker_id) & (Q(until__isnull=True) | ~Q(Exists(now))))
    )


_ON_THE_TEAM = {"team": _of_team, "supervised": _of_supervised}


class YoungPerson(models.Model):
    """A child or youth, at the centre of one agency's file."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    LIKENESSES = range(1, 9)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+", null=True)
    likeness = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    name_used = SealedText("identifying")
    other_names = SealedJSON("identifying")
    pronouns = SealedText("sensitive")
    born = SealedText("identifying")
    born_approximate = SealedJSON("sensitive", always=True)
    languages = SealedText("sensitive")
    communities = SealedText("sensitive")
    caring = SealedText("identifying")

    plain_fields: ClassVar = frozenset(
        "id agency state opened_at opened_by likeness version".split()
    )
    # What may be changed after the file is opened; each change keeps what stood before.
    DETAILS: ClassVar = (
        *("name_used", "other_names", "pronouns", "born", "born_approximate"),
        *("languages", "communities", "caring", "likeness"),
    )

    holder: ClassVar = "id"

    objects = YoungPersonQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agency", "state"], name="person_agency_state")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "closed"]), name="person_state_known"
            ),
            models.CheckConstraint(
                condition=Q(likeness__range=(1, 8)), name="person_likeness_known"
            ),
            models.CheckConstraint(
                condition=Q(name_used__isnull=False), name="person_has_a_name_used"
            ),
        ]

    def __str__(self) -> str:
        # A name never reaches a log or a title by way of str().
        return f"file {self.pk}"


class Added(models.Model):
    """A row that is added and never edited. Without a worker, the young person wrote it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        abstract = True

    plain_fields: ClassVar = frozenset("id recorded_at recorded_by person".split())
    holder: ClassVar = "person_id"  # every row names its person, however deep it lies


class Appended(Added):
    """A row that a worker added, and nobody ever edits."""

    recorded_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    class Meta(Added.Meta):
        abstract = True


class DetailsChange(Appended):
    """What stood in the details before somebody changed them."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()
    before = SealedJSON("identifying")

    plain_fields: ClassVar = Appended.plain_fields | {"version"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "version"], name="one_change_per_version"),
        ]

    def __str__(self) -> str:
        return f"change {self.version}"


class SafeContact(Appended):
    """How to reach a young person without putting them in danger, as they last confirmed it."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="safe_contacts")
    confirmed_on = models.DateField()
    channel = SealedText("sensitive")
    reach_at = SealedText("identifying")
    when = SealedText("sensitive")
    voicemail = SealedText("sensitive", always=True)
    say = SealedText("sensitive")
    who_may_answer = SealedText("identifying")
    code_word = SealedText("sensitive")
    watched = SealedText("sensitive", always=True)

    plain_fields: ClassVar = Appended.plain_fields | {"confirmed_on"}

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "recorded_at"], name="safe_contact_person")
        ]

    def __str__(self) -> str:
        return "safe contact"


class Strength(Appended):
    """Something a young person is good at, or a gift they have."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="strengths")
    text = SealedText("sensitive")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "recorded_at"], name="strength_person")
        ]

    def __str__(self) -> str:
        return "strength"


class OwnWords(Appended):
    """What a young person said, exactly as they said it."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="own_words")
    said_on = models.DateField()
    text = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"said_on"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "said_on"], name="own_words_person")]

    def __str__(self) -> str:
        return "own words"


class Description(Appended):
    """What somebody would need to recognise them, kept ahead for a missing sheet and used there
    alone."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="descriptions")
    height = SealedText("identifying")
    hair = SealedText("identifying")
    marks = SealedText("identifying")
    medicines = SealedText("sensitive")
    phone = SealedText("identifying")
    places = SealedText("identifying")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "recorded_at"], name="description_person")
        ]

    def __str__(self) -> str:
        return "description"


class FileEvent(Appended):
    """A file was opened, closed, reopened or transferred, and why."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("File opened")
        CLOSED = "closed", _("File closed")
        REOPENED = "reopened", _("File reopened")
        TRANSFERRED = "transferred", _("File transferred")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="file_events")
    kind = models.CharField(max_length=11, choices=Kind)
    on = models.DateField()
    reason = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"kind", "on"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["opened", "closed", "reopened", "transferred"]),
                name="file_event_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Assignment(Appended):
    """Who works with whom, as what, from when until when."""

    class As(models.TextChoices):
        WORKER = "worker", _("worker")
        SUPERVISOR = "supervisor", _("supervisor")
        YOUTH_IN_TRANSITION = "youth_in_transition", _("youth-in-transition worker")
        RESIDENCE = "residence", _("residence worker")
        HEALTH = "health", _("nurse or health worker")
        CULTURE = "culture", _("Elder or cultural helper")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="team")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="assignments")
    since = models.DateField()
    until = models.DateField(null=True)
    # Sealed: an Elder on the team says something of who the young person is.
    works_as = SealedText("sensitive", always=True)
    reason = SealedText("sensitive")
    ended_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+", null=True)

    plain_fields: ClassVar = Appended.plain_fields | {
        "worker",
        "since",
        "until",
        "ended_by",
    }

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["worker", "until"], name="assignment_worker_until"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "worker"],
                condition=Q(until__isnull=True),
                name="one_open_assignment_per_worker",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="assignment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, ended_by__isnull=True)
                | Q(until__isnull=False, ended_by__isnull=False),
                name="assignment_end_has_its_person",
            ),
        ]

    def __str__(self) -> str:
        return f"assignment since {self.since}"

    @property
    def works_as_words(self) -> str:
        """As what they work, in words."""
        return str(dict(self.As.choices).get(self.works_as, ""))


class Contact(Appended):
    """A worker met, called or wrote to a young person, or tried to."""

    class How(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        PHONE_OR_MESSAGE = "phone_or_message", _("Phone or message")
        TRIED = "tried", _("Tried, no answer")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="contacts")
    how = models.CharField(max_length=16, choices=How)
    on = models.DateField()
    note = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"how", "on"}

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "how", "on"], name="contact_person_how_on"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(how__in=["in_person", "phone_or_message", "tried"]),
                name="contact_how_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.how} {self.on}"


class SearchToken(models.Model):
    """A blind piece of a name: it can be matched, and tells nothing to whoever steals it."""

    removable = True  # a name that is corrected is no longer found (access.policies)

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(YoungPerson, on_delete=models.CASCADE, related_name="tokens")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    token = models.BigIntegerField()

    plain_fields: ClassVar = frozenset("id person agency token".split())

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agency", "token", "person"], name="token_agency_token_person"),
        ]

    def __str__(self) -> str:
        return f"token of {self.person_id}"
