"""What may be asked and how it came, and what workers are told. Fixed words, that name nobody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from leeward.notices.kinds import register
from leeward.notices.models import Notice


class Kind(models.TextChoices):
    """What is asked."""

    COPY = "copy", _("A copy of their file")
    CORRECTION = "correction", _("A correction of their file")


class How(models.TextChoices):
    """How they asked."""

    SPACE = "space", _("In My space")
    PAPER = "paper", _("On paper")
    SPOKEN = "spoken", _("They said it")


# About the young person: everybody who works with them and may answer.
ASKED = register(
    "requests.asked",
    _("A young person asks for a copy of their file, or for a correction."),
    outcomes=(Notice.Outcome.READ,),
)
