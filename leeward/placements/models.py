from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leeward.people.models import Appended, YoungPerson
from leeward.sealing.fields import SealedText


class Placement(Appended):
    """Where a young person lives and under what care status, from one date to another."""

    class Kind(models.TextChoices):
        OWN_OR_KIN = "own_or_kin", _("Own home or with kin")
        CUSTOMARY_CARE = "customary_care", _("Customary care")
        FOSTER = "foster", _("Foster home")
        RESIDENCE = "residence", _("Residence")
        VOLUNTARY_AGREEMENT = "voluntary_agreement", _("Voluntary agreement at 16 or 17")
        NOT_KNOWN = "not_known", _("Not known")

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="placements")
    since = models.DateField()
    until = models.DateField(null=True)
    # Sealed: customary care says something of who the young person is.
    kind = SealedText("sensitive", always=True)
    with_whom = SealedText("identifying")

    plain_fields: ClassVar = Appended.plain_fields | {"since", "until"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "since"], name="placement_person")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until__isnull=True), name="one_current_placement"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="placement_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"placement since {self.since}"

    @property
    def kind_words(self) -> str:
        """What kind of place, in words."""
        return str(dict(self.Kind.choices).get(self.kind, ""))
