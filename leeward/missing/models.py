from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leeward.people.models import Appended, YoungPerson
from leeward.sealing.fields import SealedJSON, SealedText


class Whereabouts(models.TextChoices):
    """Whether anybody who cares for them knows where they are. The two are kept apart."""

    UNKNOWN = "unknown", _("Missing: nobody knows where they are")
    KNOWN = "known", _("Away: it is known where they are")


class Episode(Appended):
    """From the day nobody knew where a young person was until the day somebody did."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="episodes")
    since = models.DateField()
    until = models.DateField(null=True)
    # As it was when it began; what was learned since is an `EpisodeNote`.
    whereabouts = models.CharField(max_length=7, choices=Whereabouts, default=Whereabouts.UNKNOWN)
    # The clocks run from here; nothing in an episode from before there were clocks.
    noticed_at = models.DateTimeField(null=True)
    back_at = models.DateTimeField(null=True)
    last_seen = SealedText("identifying")
    # Of `rules.SEEN`, what is known: wearing, with whom, whether the phone is on, who noticed.
    seen = SealedJSON("identifying")
    on_return = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {
        *("since", "until", "whereabouts", "noticed_at", "back_at")
    }

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "since"], name="episode_person")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until__isnull=True), name="one_open_episode"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="episode_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(whereabouts__in=["unknown", "known"]), name="whereabouts_known_word"
            ),
        ]

    def __str__(self) -> str:
        return f"episode since {self.since}"


class StepNews(Appended):
    """That somebody was told, or why not. The newest row of a step counts; every row stays."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="step_news")
    # A row of law/tables/missing_steps.csv.
    step = models.CharField(max_length=40)
    # When they were told; nothing where they were not.
    done_at = models.DateTimeField(null=True)
    told = SealedText("identifying")
    reference = SealedText("identifying")
    why_not = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"episode", "step", "done_at"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "step"], name="step_news_person")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=False) | Q(why_not__isnull=False),
                name="step_not_done_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.step


class EpisodeNote(Appended):
    """What was tried or learned meanwhile."""

    class Kind(models.TextChoices):
        TRIED = "tried", _("Tried to reach them")
        HEARD = "heard", _("Heard from them or of them")
        KNOWN = "known", _("Now it is known where they are")
        UNKNOWN = "unknown", _("Now nobody knows where they are")
        DEMAND = "demand", _("Police demanded records, under the Missing Persons Act")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField()
    words = SealedText("identifying")
    # Of a demand: what was given, and by whom.
    given = SealedText("identifying")

    plain_fields: ClassVar = Appended.plain_fields | {"episode", "kind", "at"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "at"], name="episode_note_person")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["tried", "heard", "known", "unknown", "demand"]),
                name="episode_note_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class ReturnTalk(Appended):
    """The talk after they came back, or that they did not want one. The newest row counts."""

    class Outcome(models.TextChoices):
        HELD = "held", _("We talked")
        DECLINED = "declined", _("They do not want to talk, and that is fine")
        LATER = "later", _("Not yet: they choose when")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="talks")
    outcome = models.CharField(max_length=8, choices=Outcome)
    on = models.DateField()
    with_whom = SealedText("identifying")
    push = SealedText("sensitive")
    pull = SealedText("sensitive")
    changed = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"episode", "outcome", "on"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "on"], name="return_talk_person")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome__in=["held", "declined", "later"]), name="talk_outcome_known"
            ),
        ]

    def __str__(self) -> str:
        return self.outcome
