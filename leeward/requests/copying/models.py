from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Worker
from leeward.people.models import Appended, YoungPerson
from leeward.sealing.fields import SealedJSON, SealedText


class Preparation(Appended):
    """One worker goes through a file, line by line, to make the copy that was asked for.

    What is asked of the log, it holds up to the moment this began.
    """

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(
        "requests.FileRequest", on_delete=models.PROTECT, related_name="preparations"
    )

    plain_fields: ClassVar = Appended.plain_fields | {"request"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request", "recorded_by"], name="one_preparation_per_worker"
            ),
        ]

    def __str__(self) -> str:
        return f"preparation {self.pk}"


class Looked(Appended):
    """The worker has read one part of the file through. `lines` is what stood there: a digest of
    each line, so that a line that changes since is seen. The newest counts."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    preparation = models.ForeignKey(Preparation, on_delete=models.PROTECT, related_name="looked")
    # The name of a part and the lines in it say what the file holds: both are sealed.
    part = SealedText("sensitive", always=True)
    lines = SealedJSON("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"preparation"}

    def __str__(self) -> str:
        return f"look {self.pk}"


class Decision(Appended):
    """What was decided of a passage or a name: held back, to be looked for, or left standing."""

    class Kind(models.TextChoices):
        HOLD = "hold", _("Held back")
        LOOK_FOR = "look_for", _("To be looked for")
        LEAVE = "leave", _("Left standing")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    preparation = models.ForeignKey(
        Preparation, on_delete=models.PROTECT, related_name="decisions"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+", null=True)
    # As `rules.Decided` has it.
    what = SealedJSON("identifying")

    plain_fields: ClassVar = Appended.plain_fields | {
        "preparation", "kind", "lifted_at", "lifted_by",
    }  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["hold", "look_for", "leave"]), name="decision_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="decision_lifted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Copy(Appended):
    """The copy of a file as it was made: every word on it, and a digest of them. Never changed."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="+")
    preparation = models.ForeignKey(Preparation, on_delete=models.PROTECT, related_name="copies")
    language = models.CharField(max_length=2, choices=[("en", "English"), ("fr", "Français")])
    content = SealedJSON("sensitive")
    # Of each line as it stood when this was made: what changes since is seen before it is given.
    lines = SealedJSON("sensitive")
    digest = SealedText("sensitive", always=True)

    plain_fields: ClassVar = Appended.plain_fields | {"preparation", "language"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(content__isnull=False, lines__isnull=False), name="copy_holds_words"
            ),
            models.CheckConstraint(
                condition=Q(language__in=["en", "fr"]), name="copy_language_known"
            ),
        ]

    def __str__(self) -> str:
        return f"copy {self.pk}"
