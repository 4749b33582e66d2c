from typing import ClassVar

from django.db import models
from django.db.models import Q

from leeward.people.models import Appended, YoungPerson
from leeward.sealing.fields import SealedText


class Episode(Appended):
    """From the day nobody knew where a young person was until the day somebody did."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="episodes")
    since = models.DateField()
    until = models.DateField(null=True)
    last_seen = SealedText("identifying")
    on_return = SealedText("sensitive")

    plain_fields: ClassVar = Appended.plain_fields | {"since", "until"}

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
        ]

    def __str__(self) -> str:
        return f"episode since {self.since}"
