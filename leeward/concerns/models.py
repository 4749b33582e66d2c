from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leeward.access.actors import Actor
from leeward.access.rules import reach
from leeward.accounts.models import Agency, Worker
from leeward.core.ids import new_id
from leeward.people.models import Appended, YoungPerson
from leeward.sealing.fields import SealedJSON, SealedText

WHO_SAID = "concern.who_said"


class ConcernQuerySet(models.QuerySet["Concern"]):
    """Concerns, fetched by who may read them."""

    def visible_to(self, actor: Actor, action: str = "concern.open") -> Self:
        """Those that are in no file: whoever took them, or intake and supervisors; those in a
        file: whoever may open that file, and nobody else.

        Who is locked out of a file that one may be about is left out by `queries.shown_to`.
        """
        how_far = reach(actor.role, action)
        if how_far == "no" or not actor.agency_id:
            return self.none()
        taken = Q(taken_by_id=actor.id)
        # An emergency opens a file, and not what was told about them: the note of it is enough.
        files = YoungPerson.objects.near_to(actor, "file.open")
        loose, filed = Q(person__isnull=True), Q(person__in=files)
        if reach(actor.role, "concern.waiting") != "yes":
            loose &= taken
            # A team reads what was said in the file; who said it, those who heard it.
            filed &= taken if action == WHO_SAID else Q()
        return self.filter(loose | filed, agency_id=actor.agency_id)

    def waiting(self) -> Self:
        """Those that nobody has settled."""
        return self.filter(settled_at__isnull=True)


class Concern(models.Model):
    """What somebody told about a child or youth, in their words. Who said it is kept apart."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        SENT_ON = "sent_on", _("Sent on")
        CLOSED = "closed", pgettext_lazy("concern", "Closed")

    class CameBy(models.TextChoices):
        PHONE = "phone", _("By phone")
        PAPER = "paper", _("On paper")
        IN_PERSON = "in_person", _("In person")
        MESSAGE = "message", _("By message")

    class Urgency(models.TextChoices):
        NOW = "now", _("Now")
        TODAY = "today", _("Today")
        ROUTINE = "routine", _("It can wait some days")
        NOT_SAID = "not_said", _("They did not say")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    # The file it went into, or whose team it was handed to.
    person = models.ForeignKey(
        YoungPerson, on_delete=models.PROTECT, null=True, related_name="concerns"
    )
    taken_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    came_by = models.CharField(max_length=9, choices=CameBy)
    said_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    settled_at = models.DateTimeField(null=True)
    name = SealedText("identifying")
    age = SealedText("sensitive")
    where = SealedText("identifying")
    words = SealedText("sensitive")
    strengths = SealedText("sensitive")
    urgency = SealedText("sensitive", always=True)

    plain_fields: ClassVar = frozenset(
        "id agency person taken_at taken_by came_by said_on state settled_at".split()
    )
    # A key of its own, from the first minute on: it may never be in anybody's file.
    holder: ClassVar = "id"

    objects = ConcernQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["agency", "settled_at"], name="concern_agency_settled"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at__isnull=True)
                | Q(state__in=["accepted", "sent_on", "closed"], settled_at__isnull=False),
                name="concern_settled_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(person__isnull=False),
                name="concern_accepted_has_a_file",
            ),
            models.CheckConstraint(
                condition=Q(came_by__in=["phone", "paper", "in_person", "message"]),
                name="concern_came_by_known",
            ),
            models.CheckConstraint(
                condition=Q(words__isnull=False), name="concern_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"concern {self.pk}"

    @property
    def urgency_words(self) -> str:
        """How urgent whoever told it said it is."""
        return str(dict(self.Urgency.choices).get(self.urgency, ""))


class ConcernSource(Appended):
    """Who said it. A row of its own, with a permission of its own: no copy of a file reads it."""

    class Kind(models.TextChoices):
        SCHOOL = "school", _("A school")
        HEALTH = "health", _("A hospital or clinic")
        HOTEL = "hotel", _("A hotel or shop")
        FAMILY = "family", _("Family")
        PUBLIC = "public", _("Somebody from the public")
        AGENCY = "agency", _("Another agency")
        YOUTH = "youth", _("The young person")
        OTHER = "other", _("Somebody else")

    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="told_by")
    kind = SealedText("identifying", always=True)
    name = SealedText("identifying")
    reach_at = SealedText("identifying")
    # Whether they ask that nobody learns that it was them: yes, no, or not asked.
    withhold = SealedText("sensitive", always=True)

    plain_fields: ClassVar = (Appended.plain_fields - {"person"}) | {"concern"}
    holder: ClassVar = "concern_id"

    def __str__(self) -> str:
        return f"source of {self.concern_id}"

    @property
    def kind_words(self) -> str:
        """What kind of somebody, in words."""
        return str(dict(self.Kind.choices).get(self.kind, ""))


class ConcernNews(Appended):
    """What became of a concern, and what whoever told it was told. Never edited."""

    class Kind(models.TextChoices):
        HANDED = "handed", _("Handed to the team of a file")
        ACCEPTED = "accepted", _("Accepted")
        SENT_ON = "sent_on", _("Sent on")
        CLOSED = "closed", pgettext_lazy("concern", "Closed")
        TOLD = "told", _("They were told")

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="news")
    kind = models.CharField(max_length=8, choices=Kind)
    on = models.DateField()
    to_whom = SealedText("identifying")
    # Why; or the exact words that whoever told it was told.
    words = SealedText("sensitive")

    plain_fields: ClassVar = (Appended.plain_fields - {"person"}) | {"concern", "kind", "on"}
    holder: ClassVar = "concern_id"

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["concern", "recorded_at"], name="concern_news_concern"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["handed", "accepted", "sent_on", "closed", "told"]),
                name="concern_news_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["sent_on", "closed", "told"]) | Q(words__isnull=False),
                name="concern_news_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(kind="sent_on") | Q(to_whom__isnull=False),
                name="concern_sent_on_names_to_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Referral(Appended):
    """What a referral to a joint unit brings with a concern. The newest row counts; all stay.

    The result of a tool is what its own paper says, in words and with its day: Leeward asks none
    of its questions and works nothing out.
    """

    class Tool(models.TextChoices):
        NONE = "none", _("No tool was used")
        SEY = "sey", _("The ministry’s SEY tool")
        CSE_IT = "cse_it", "CSE-IT"
        OTHER = "other", _("Another tool")

    class Asked(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_YET = "not_yet", _("Not yet")

    class Notice(models.TextChoices):
        TOLD = "told", _("They were told")
        NOT_DUE = "not_due", _("It is not due")
        NOT_YET = "not_yet", _("Not yet")
        NOT_KNOWN = "not_known", _("We do not know whether it is due")

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="referrals")
    tool_on = models.DateField(null=True)
    unit = SealedText("sensitive")
    tool = SealedText("sensitive", always=True)
    tool_name = SealedText("sensitive")
    outcome = SealedText("sensitive")
    liaison = SealedText("sensitive", always=True)
    liaison_words = SealedText("sensitive")
    notice = SealedText("sensitive", always=True)
    notice_words = SealedText("sensitive")

    plain_fields: ClassVar = (Appended.plain_fields - {"person"}) | {"concern", "tool_on"}
    holder: ClassVar = "concern_id"

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["concern", "recorded_at"], name="referral_concern"),
        ]
        constraints: ClassVar = [
            # A result of a tool has its day and its words, or there is none.
            models.CheckConstraint(
                condition=Q(tool_on__isnull=True, outcome__isnull=True)
                | Q(tool_on__isnull=False, outcome__isnull=False),
                name="referral_result_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"referral of {self.concern_id}"

    @property
    def tool_words(self) -> str:
        """Which tool, in words."""
        return self.tool_name or str(dict(self.Tool.choices).get(self.tool, ""))

    @property
    def liaison_asked(self) -> str:
        """Whether the liaison was asked, in words."""
        return str(dict(self.Asked.choices).get(self.liaison, ""))

    @property
    def notice_given(self) -> str:
        """Whether the band or community was told, in words."""
        return str(dict(self.Notice.choices).get(self.notice, ""))


class ImportQuerySet(models.QuerySet["Import"]):
    """Caseloads that come in, fetched by who brought them."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own: its rows may be about anybody, so nobody else looks over one's shoulder."""
        if reach(actor.role, "caseload.import") == "no" or not actor.agency_id:
            return self.none()
        return self.filter(agency_id=actor.agency_id, started_by_id=actor.id)


class Import(models.Model):
    """A spreadsheet that somebody brings, while its rows become files. Emptied at its end."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    # Where each column goes (`caseload.mapping`), once somebody has chosen.
    mapping = SealedJSON("sensitive")

    plain_fields: ClassVar = frozenset("id agency started_by started_at ended_at".split())
    holder: ClassVar = "id"

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["started_by", "started_at"], name="import_started_by"),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"


class ImportRow(models.Model):
    """One row of a spreadsheet, until it is a file or somebody has left it out."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("A file was opened")
        ALIKE = "alike", _("Somebody is alike")
        LEFT_OUT = "left_out", _("Left out")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    of = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    # Its cells and their marks; nothing once the import has ended.
    cells = SealedJSON("identifying")
    # The ids of those alike, for a person to look at.
    alike = SealedJSON("identifying")

    plain_fields: ClassVar = frozenset("id of number state".split())
    holder: ClassVar = "of_id"

    class Meta:
        indexes: ClassVar = [models.Index(fields=["of", "state"], name="import_row_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "number"], name="one_import_row_per_number"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "done", "alike", "left_out"]),
                name="import_row_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"row {self.number}"
