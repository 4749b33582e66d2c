"""What other agencies gave to whoever looks, by name."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now

from leeward.disclosures import actions
from leeward.disclosures.forms import KeepForm
from leeward.disclosures.models import Received
from leeward.disclosures.queries import Copy
from leeward.practice_desk.sharing_words import (
    as_shown,
    authority_choices,
    authority_words,
    kind_words,
)
from leeward.practice_desk.views.base import DeskView


class ReceivedList(DeskView):
    """Everything, the newest first; closed ones too, without their words."""

    action = "disclosure.receive"
    nav = "received"
    template_name = "practice_desk/received_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read, and recorded as listed."""
        found = actions.read_received_list(by=self.actor)
        return super().get_context_data(**kwargs) | {"received": found}


class ReceivedPage(DeskView):
    """One copy, in the very words of its preview, while it is open."""

    action = "disclosure.receive"
    nav = "received"
    template_name = "practice_desk/received.html"
    copy: Copy

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What was not given to you is not there. Opening it stands in the logs of both."""
        try:
            self.copy = actions.read_received(by=self.actor, received_id=kwargs["received_id"])
        except Received.DoesNotExist as fault:
            raise Http404 from fault
        return super().open(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The words, or that they are closed; what stays for good beside them."""
        received, content = self.copy.received, self.copy.content
        return super().get_context_data(**kwargs) | {
            "copy": self.copy,
            "received": received,
            "shared": as_shown(content) if content is not None else None,
            "under": authority_words(received.authority),
            "items": [(kind_words(each["kind"]), each["on"]) for each in received.items],
            "happened": [
                (each, authority_words(each.authority)) for each in received.events.all()
            ],
        }


class KeepReceived(ReceivedPage):
    """The law requires this agency to keep it."""

    template_name = "practice_desk/received_keep.html"

    def form(self, data: Any = None) -> KeepForm:
        """The form, with what fits this agency."""
        kind = self.copy.received.agency.kind
        return KeepForm(data, authorities=authority_choices("keep", kind))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form."""
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, and back to it."""
        form, received_id = self.form(request.POST), self.copy.received.pk
        if form.is_valid():
            try:
                actions.keep_by_law(by=self.actor, received_id=received_id, **form.cleaned_data)
            except actions.Closed:
                form.add_error(None, _now("This was recorded already."))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return redirect("received", received_id=received_id)
