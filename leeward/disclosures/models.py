from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leeward.access.actors import Actor
from leeward.access.rules import reach
from leeward.accounts.models import Agency, Worker
from leeward.consents.models import Consent
from leeward.core.agency_time import today
from leeward.core.ids import new_id
from leeward.disclosures.rules import State, state_of
from leeward.people.models import Added, Appended, YoungPerson
from leeward.sealing.fields import SealedJSON, SealedText

# What is given under a consent has a last day; what is given under a section of law has none.
_CONSENT = Q(authority="", until__isnull=False)
_LAW = ~Q(authority="") & Q(until__isnull=True)


class Happened(models.TextChoices):
    """What became of a disclosure later."""

    WITHDRAWN = "withdrawn", _("Withdrawn")
    KEPT = "kept", _("Kept, because the law requires it")


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    """What was given, fetched by who may open the file it was given from."""

    def visible_to(self, actor: Actor, action: str = "file.open") -> Self:
        """Those of the files this actor may do `action` with."""
        return self.filter(person__in=YoungPerson.objects.visible_to(actor, action))


class Disclosure(Appended):
    """The giving side: what was given, to whom, why, under what. The copy itself is not here."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(
        Consent, on_delete=models.PROTECT, null=True, related_name="disclosures"
    )
    authority = models.CharField(max_length=40, blank=True)
    until = models.DateField(null=True)
    digest = models.CharField(max_length=64)
    may_hand_on = models.BooleanField(default=False)
    # The copy at the other agency. No key: either side outlives the other.
    received_id = models.UUIDField(unique=True)
    purpose = SealedText("sensitive")
    # Kind, id and title of each piece; the names of those it was given to.
    items = SealedJSON("sensitive", always=True)
    names = SealedJSON("identifying", always=True)

    plain_fields: ClassVar = Appended.plain_fields | {
        *("to_agency", "consent", "authority", "until", "digest", "may_hand_on", "received_id"),
    }
    objects = DisclosureQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(_CONSENT & Q(consent__isnull=False)) | (_LAW & Q(consent__isnull=True)),
                name="given_under_a_consent_or_a_law",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person"], name="disclosure_person")]

    def __str__(self) -> str:
        return f"disclosure {self.pk}"

    @property
    def state(self) -> State:
        """How it stands today."""
        return state_of((each.kind for each in self.events.all()), self.until, today())


class GivenQuerySet(models.QuerySet["Given"]):
    """What was given from no file, fetched by who gave it."""

    def visible_to(self, actor: Actor) -> Self:
        """Those this worker gave themselves; nobody else there reads of them."""
        if reach(actor.role, "disclosure.give_without_file") == "no" or not actor.agency_id:
            return self.none()
        return self.filter(agency_id=actor.agency_id, worker_id=actor.id)


class Given(models.Model):
    """The giving side where there is no file: a police agency's. The copy itself is not here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    # What was received here and is answered by this; the copy at the other agency. No keys.
    answers = models.UUIDField(null=True)
    received_id = models.UUIDField(unique=True)
    authority = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    may_hand_on = models.BooleanField(default=False)
    # That the law requires the other agency to keep it: under what, and since when.
    kept_at = models.DateTimeField(null=True)
    kept_under = models.CharField(max_length=40, blank=True)
    about = SealedText("identifying")
    purpose = SealedText("sensitive")
    # Kind and day of each piece; the names it was given to: none of an answer, whose giver
    # is not named to whoever answers.
    items = SealedJSON("sensitive", always=True)
    names = SealedJSON("identifying", always=True)

    plain_fields: ClassVar = frozenset(
        "id agency worker to_agency given_at answers received_id authority digest may_hand_on"
        " kept_at kept_under".split()
    )
    holder: ClassVar = "id"
    objects = GivenQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(authority=""), name="given_without_file_by_law"),
            models.CheckConstraint(
                condition=~Q(agency=models.F("to_agency")), name="given_to_another"
            ),
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True, kept_under="")
                | (Q(kept_at__isnull=False) & ~Q(kept_under="")),
                name="given_kept_under_a_law",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["worker", "given_at"], name="given_worker")]

    def __str__(self) -> str:
        return f"given {self.pk}"


class DisclosureEvent(Added):
    """What became of it, on the giving side. Without a worker: the young person, or whoever
    received it, who works elsewhere."""

    append_only = True

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=9, choices=Happened)
    authority = models.CharField(max_length=40, blank=True)

    plain_fields: ClassVar = Added.plain_fields | {"disclosure", "kind", "authority"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["disclosure", "kind"], name="one_event_of_a_kind"),
            models.CheckConstraint(
                condition=(Q(kind="withdrawn", authority=""))
                | (Q(kind="kept") & ~Q(authority="")),
                name="kept_under_a_law",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Telling(Appended):
    """Whether the young person may read of a disclosure in My space. The newest row counts."""

    append_only = True

    class Kind(models.TextChoices):
        RELEASED = "released", _("Released to My space")
        NOT_NOW = "not_now", _("Not for a device")
        TAKEN_BACK = "taken_back", _("Taken back from My space")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="tellings")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    # Of each of `releases.rules.QUESTIONS`, one of its `ANSWERS`; nothing when it was taken back.
    answers = SealedJSON("sensitive", always=True)

    plain_fields: ClassVar = Appended.plain_fields | {"disclosure", "number", "kind"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["disclosure", "number"], name="one_telling"),
            models.CheckConstraint(
                condition=Q(kind__in=["released", "not_now", "taken_back"]),
                name="telling_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class ReceivedQuerySet(models.QuerySet["Received"]):
    """What was received, fetched by whom it names. Locks are part of `queries.received_by`."""

    def naming(self, actor: Actor) -> Self:
        """Those given to this worker by name."""
        if reach(actor.role, "disclosure.receive") == "no" or not actor.agency_id:
            return self.none()
        return self.filter(agency_id=actor.agency_id, to__worker_id=actor.id)


class Received(models.Model):
    """The receiving side: the copy, sealed under a key of its own at the agency that has it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    from_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    disclosure_id = models.UUIDField(unique=True)
    given_at = models.DateTimeField(auto_now_add=True)
    authority = models.CharField(max_length=40, blank=True)
    until = models.DateField(null=True)
    digest = models.CharField(max_length=64)
    # For good: whom it is about, and the kind and title of each piece.
    about = SealedText("identifying")
    items = SealedJSON("sensitive", always=True)
    # Read by `queries` alone, and only while it is open.
    content = SealedJSON("identifying", always=True)
    # Blind tokens of the names, by name and piece: compared with files that are locked here.
    blind = SealedJSON("identifying", always=True)
    # Once the time of its words is over (`sweeping`): since when they are gone, and whose key
    # seals what stays. The key that opened the words is destroyed.
    gone_at = models.DateTimeField(null=True)
    now_under = models.UUIDField(null=True)

    plain_fields: ClassVar = frozenset(
        "id agency from_agency disclosure_id given_at authority until digest gone_at"
        " now_under".split()
    )
    holder: ClassVar = "now_under id"
    objects = ReceivedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=_CONSENT | _LAW, name="received_until_or_by_law"),
            models.CheckConstraint(
                condition=~Q(agency=models.F("from_agency")), name="received_from_another"
            ),
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True, now_under__isnull=True)
                | Q(gone_at__isnull=False, now_under__isnull=False),
                name="what_stays_has_a_key",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "given_at"], name="received_agency")]

    def __str__(self) -> str:
        return f"received {self.pk}"

    @property
    def state(self) -> State:
        """How it stands today. Without its words, nothing opens it again."""
        if self.gone_at:
            return "gone"
        return state_of((each.kind for each in self.events.all()), self.until, today())


class Recipient(models.Model):
    """A worker who may open what was received. Nobody else at the agency does."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    received = models.ForeignKey(Received, on_delete=models.PROTECT, related_name="to")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")

    plain_fields: ClassVar = frozenset("id agency received worker".split())

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["received", "worker"], name="a_recipient_once"),
        ]

    def __str__(self) -> str:
        return f"recipient of {self.received_id}"


class ReceivedEvent(models.Model):
    """What became of it, on the receiving side."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    received = models.ForeignKey(Received, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=9, choices=Happened)
    authority = models.CharField(max_length=40, blank=True)
    # Nobody here withdraws.
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    reason = SealedText("sensitive")

    plain_fields: ClassVar = frozenset("id agency received at kind authority worker".split())
    holder: ClassVar = "received_id"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["received", "kind"], name="one_received_event"),
            models.CheckConstraint(
                condition=Q(kind="withdrawn", authority="", worker__isnull=True)
                | (Q(kind="kept", worker__isnull=False) & ~Q(authority="")),
                name="received_kept_under_a_law",
            ),
        ]

    def __str__(self) -> str:
        return self.kind
