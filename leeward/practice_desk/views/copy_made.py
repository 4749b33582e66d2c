"""The copy of a file once it is gone through: made, printed, given."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from leeward.audit.traces import as_printed, new_trace
from leeward.practice_desk.views.asked import law_in_words
from leeward.practice_desk.views.copying import OfCopy
from leeward.requests.actions import Ended
from leeward.requests.copying import actions
from leeward.requests.copying.content import held_back_mark
from leeward.requests.copying.queries import copies_of, copy_of, progress_of
from leeward.requests.models import Copy
from leeward.requests.printing import pages_copy, pages_name


class MakeCopy(OfCopy):
    """Make the copy, once everything is read and decided."""

    http_method_names = ["post"]
    template_name = "practice_desk/copying.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """In the language chosen; or what still stands between."""
        language = "fr" if request.POST.get("language") == "fr" else "en"
        try:
            actions.make(by=self.actor, preparation=self.begun(), language=language)
        except actions.NotReady as fault:
            found = progress_of(self.actor, self.begun())
            told = NOT_READY if not found.ready else OTHER_LANGUAGE
            return self.draw(
                status=422, fault=told, progress=found, stale=fault.progress.stale,
                copies=copies_of(self.standing.request), law=law_in_words("whole-copy", "free"),
            )  # fmt: skip
        return self.to()


NOT_READY = _("The copy cannot be made yet. What is still to be done stands below.")
OTHER_LANGUAGE = _(
    "In that language, something that is held back stands in other words. Read this page in that"
    " language too, or hold back the whole line."
)


class GiveCopy(OfCopy):
    """The copy is in their hands: the request is answered."""

    http_method_names = ["post"]
    template_name = "practice_desk/copying.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The newest copy; or what changed since it was made."""
        copies = copies_of(self.standing.request)
        newest = next((each for each in copies if str(each.pk) == request.POST.get("copy")), None)
        if newest is None:
            fault = _now("Say which copy they have: the newest that was made.")
            return self.draw(
                status=422, fault=fault, progress=self.progress(), copies=copies,
                law=law_in_words("whole-copy", "free"),
            )  # fmt: skip
        newest.person = newest.preparation.person = self.person
        try:
            actions.give(by=self.actor, copy=newest)
        except actions.ChangedSince:
            return self.draw(
                status=422, fault=CHANGED, progress=self.progress(), copies=copies,
                law=law_in_words("whole-copy", "free"),
            )  # fmt: skip
        except Ended:
            return self.to()
        return redirect("file_request", self.person_id, self.kwargs["wanted_id"])


CHANGED = _(
    "The file, or what is held back, changed since this copy was made. Nothing was recorded as"
    " given. Look at what changed, then make the copy again."
)


class PrintCopy(OfCopy):
    """The copy on paper, as it was made."""

    action = "request.copy"
    http_method_names = ["get"]

    def asks_fresh(self) -> bool:
        """Paper leaves the building: it asks, unless the agency says otherwise."""
        return bool(settings.LEEWARD_FRESH_FOR_PRINT)

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Each printing has a code of its own, in the audit before it is on paper."""
        self.trace = new_trace()
        return super().open(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A tagged PDF with a neutral name."""
        try:
            copy = copy_of(self.person, self.standing.request.pk, kwargs["copy_id"])
        except Copy.DoesNotExist as fault:
            raise Http404 from fault
        with override(copy.language):
            mark = held_back_mark()
        pdf = pages_copy(copy, mark=mark, code=as_printed(self.trace))
        name = pages_name("fr" if copy.language == "fr" else "en")
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
