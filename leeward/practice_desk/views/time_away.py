"""Time away: recording that somebody is missing, and that they are back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from leeward.core.agency_time import today
from leeward.missing.actions import (
    AlreadyMissing,
    EndsBeforeItStarts,
    NotMissing,
    came_back,
    went_missing,
)
from leeward.missing.forms import CameBackForm, WentMissingForm
from leeward.missing.queries import episodes
from leeward.practice_desk.views.base import PersonView


class TimeAway(PersonView):
    """Missing episodes; recording that somebody is missing, or back."""

    tab = "time_away"
    template_name = "practice_desk/time_away.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Every episode, newest first, and the form that fits."""
        context = super().get_context_data(**kwargs)
        missing_now = context["frame"].episode is not None
        context.setdefault(
            "form",
            CameBackForm(initial={"on": today()})
            if missing_now
            else WentMissingForm(initial={"since": today()}),
        )
        return context | {"episodes": list(reversed(episodes(self.person)))}


class WentMissing(TimeAway):
    """Nobody knows where they are."""

    action = "file.write"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Open an episode."""
        form = WentMissingForm(request.POST)
        if form.is_valid():
            try:
                went_missing(by=self.actor, person=self.person, **form.cleaned_data)
            except AlreadyMissing:
                form.add_error(None, _("They are already recorded as missing."))
        if form.is_valid():
            return redirect("time_away", person_id=self.person.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class CameBack(TimeAway):
    """They are back."""

    action = "file.write"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the episode."""
        form = CameBackForm(request.POST)
        if form.is_valid():
            try:
                came_back(by=self.actor, person=self.person, **form.cleaned_data)
            except EndsBeforeItStarts:
                form.add_error("on", _("This day is before they went missing."))
            except NotMissing:
                form.add_error(None, _("Somebody has already recorded that they are back."))
        if form.is_valid():
            return redirect("time_away", person_id=self.person.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)
