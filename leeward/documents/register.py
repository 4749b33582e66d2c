"""What a privacy officer is told when a document is closed; what keeping is told."""

from django.utils.translation import gettext_lazy as _

from leeward.documents.sweeping import erase, is_held
from leeward.keeping import erasers, sources
from leeward.notices import kinds
from leeward.notices.models import Notice

kinds.register(
    "documents.closed",
    _("A document was closed to everyone. Find out what has to be done."),
    outcomes=(Notice.Outcome.DONE, Notice.Outcome.TAKEN_FURTHER),
)

erasers.register("documents", erase)
sources.register(also_held=is_held)
