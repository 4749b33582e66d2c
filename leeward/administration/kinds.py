"""What administration tells people. Imported once, when every app is loaded."""

from django.utils.translation import gettext_lazy as _

from leeward.notices.kinds import register
from leeward.notices.models import Notice

_Outcome = Notice.Outcome

# About a request: whoever could agree to it.
ASKED = register(
    "administration.asked",
    _("An administrator asks for somebody to agree."),
    outcomes=(_Outcome.DONE, _Outcome.REFUSED, _Outcome.NOT_NEEDED),
    by_hand=False,
)
# About a request: the administrator who asked.
ANSWERED = register("administration.answered", _("What you asked for was answered."))
# About a worker: the administrators, and the privacy officer.
LOST = register("administration.lost", _("A device was reported lost."), outcomes=(_Outcome.DONE,))
LOST_DEVICE = register(
    "administration.lost_device",
    _("Look at what was opened: a device was reported lost."),
    outcomes=(_Outcome.IN_ORDER, _Outcome.TAKEN_FURTHER),
)
# About a worker: their supervisor.
HAND_OVER = register(
    "administration.hand_over",
    _("Somebody has left: see to who takes their files."),
    outcomes=(_Outcome.DONE,),
)
RESET_IN_TEAM = register(
    "administration.reset_in_team", _("Somebody you supervise gets a new sign-in.")
)
# About nothing: the worker themself.
YOURS_ENDED = register(
    "administration.yours_ended",
    _("You were signed out everywhere, because a device was reported lost."),
)
YOURS_RESET = register(
    "administration.yours_reset",
    _("You were given a new sign-in. If you did not ask for it, tell your supervisor now."),
)
YOURS_CHANGED = register(
    "administration.yours_changed", _("Your role or your supervisor was changed.")
)
