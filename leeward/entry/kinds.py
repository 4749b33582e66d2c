"""What entry tells workers. Fixed words, that name nobody."""

from django.utils.translation import gettext_lazy as _

from leeward.notices.kinds import register
from leeward.notices.models import Notice

# About the young person: each of those who could agree.
CODE_ASKED = register(
    "entry.code_asked",
    _("Somebody asks for words for My space. It waits for another to agree."),
    outcomes=(Notice.Outcome.DONE, Notice.Outcome.REFUSED, Notice.Outcome.NOT_NEEDED),
    by_hand=False,
)
# About the young person: whoever asked.
CODE_ANSWERED = register(
    "entry.code_answered", _("The words for My space that you asked for were answered.")
)
