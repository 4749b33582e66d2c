"""The notice that comes of a disclosure. Fixed words, that name nobody."""

from django.utils.translation import gettext_lazy as _

from leeward.notices.kinds import register

# About the file.
STOPPED = register(
    "disclosures.stopped", _("Something that was shared is shared no more. Look at what follows.")
)
