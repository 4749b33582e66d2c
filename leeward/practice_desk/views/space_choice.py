"""What the agency lets its young people pick from in My space."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from leeward.entry.choosing import actions
from leeward.entry.forms import ChoiceForm
from leeward.entry.queries import offered_by
from leeward.practice_desk.views.administration import AdministrationForm


class SpaceChoice(AdministrationForm):
    """Faces, and where leaving leads."""

    action = "space.choose"
    form_class = ChoiceForm
    heading = _("My space: what it looks like, and where leaving leads")
    lead = _(
        "Where leaving leads holds for everybody at once. What it looks like holds for whoever is"
        " offered My space from now on."
    )
    submit = _("Save")

    def form_options(self) -> dict[str, Any]:
        """How it is now."""
        now = offered_by(self.actor.own_agency_id)
        faces = [each.slug for each in now.faces]
        return {"initial": {"faces": faces, "leave_to": now.leave_to}}

    def save(self, said: dict[str, Any]) -> None:
        """Offer these from now on."""
        actions.choose_offered(by=self.actor, **said)
