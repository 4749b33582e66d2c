"""What changes of the rules tell people. Imported once, when every app is loaded."""

from django.utils.translation import gettext_lazy as _

from leeward.notices.kinds import register
from leeward.notices.models import Notice

_Outcome = Notice.Outcome

# About a change: whoever could agree to it.
RULE_ASKED = register(
    "legal.rule_asked",
    _("Somebody asks to change a rule: another must agree."),
    outcomes=(_Outcome.DONE, _Outcome.REFUSED, _Outcome.NOT_NEEDED),
    by_hand=False,
)
# About a change: whoever asked.
RULE_ANSWERED = register("legal.rule_answered", _("The change of a rule was answered."))
