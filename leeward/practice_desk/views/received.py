"""What other agencies gave to whoever looks, by name."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _now

from leeward.audit.traces import as_printed, new_trace
from leeward.disclosures import actions
from leeward.disclosures.forms import KeepForm
from leeward.disclosures.models import Received
from leeward.disclosures.queries import Copy, copy_of
from leeward.practice_desk.sharing_printing import given_copy, given_copy_name
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
    # The code on what this request prints.
    trace = ""

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What was not given to you is not there. Opening it stands in the logs of both."""
        try:
            self.copy = actions.read_received(
                by=self.actor, received_id=kwargs["received_id"], trace=self.trace
            )
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


class PrintReceived(ReceivedPage):
    """The copy on paper, with a code of its own in the audit; a closed one is not printed."""

    http_method_names = ["get"]

    def asks_fresh(self) -> bool:
        """Paper leaves the building: it asks, unless the agency says otherwise."""
        return bool(settings.LEEWARD_FRESH_FOR_PRINT)

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Each print has a code of its own."""
        self.trace = new_trace()
        return super().open(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A tagged PDF. It is asked once more as it leaves: what was withdrawn while it was made
        does not."""
        language, received_id = kwargs["copy_language"], self.copy.received.pk
        page = redirect("received", received_id=received_id)
        if self.copy.content is None:
            return page
        with translation.override(language):
            shown = as_shown(self.copy.content)
        pdf = given_copy(shown, language=language, code=as_printed(self.trace))
        if not copy_of(self.actor, received_id).open:
            return page
        named = f'attachment; filename="{given_copy_name(language)}"'
        return HttpResponse(
            pdf, content_type="application/pdf", headers={"Content-Disposition": named}
        )


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
            except actions.WordsGone:
                form.add_error(None, _now("Its words are gone: there is nothing left to keep."))
            except actions.Closed:
                form.add_error(None, _now("This was recorded already."))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return redirect("received", received_id=received_id)
