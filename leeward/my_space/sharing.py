"""Who knows what, in My space: what was shared about them, with whom, and stopping it."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leeward.consents.actions import AlreadyOver, withdraw
from leeward.disclosures.queries import Known, known_to
from leeward.my_space.file import FilePage

# Each kind of piece, in their words: `consents.models.Kind`.
WHAT: dict[str, Promise | str] = {
    "notes": _("what workers wrote about you"),
    "strengths": _("what you are good at"),
    "contact": _("how to reach you safely"),
    "plan": _("parts of your plan that your team reads"),
    "missing": _("when nobody knew where you were"),
}


@dataclass(frozen=True)
class Line:
    """One thing that was shared, in their words."""

    known: Known

    @property
    def what(self) -> list[str]:
        """The kinds of things, each once."""
        found = dict.fromkeys(each["kind"] for each in self.known.disclosure.items)
        return [str(WHAT[each]) for each in found if each in WHAT]


class KnowsPage(FilePage):
    """A page about what was shared. It opens where My file does."""

    action = "sharing.read"

    def lines(self) -> list[Line]:
        """All of it that a worker released to them."""
        return [Line(each) for each in known_to(self.visitor.actor, self.own.person)]


class WhoKnows(KnowsPage):
    """What was shared, with whom, why and until when."""

    template_name = "my_space/knows.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of it, or nothing."""
        context = super().get_context_data(**kwargs)
        if not context["closed"]:
            context["lines"] = self.lines()
        return context


class Stop(KnowsPage):
    """Stop sharing one of them: first what that does and what it cannot undo, then a press."""

    action: ClassVar[str] = "sharing.stop"
    template_name = "my_space/stop.html"

    def line(self) -> Line:
        """The one in the address, while it can be stopped."""
        for each in self.lines():
            if each.known.disclosure.pk == self.kwargs["disclosure_id"] and each.known.may_stop:
                return each
        raise Http404

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What it does. Where the pages are closed, they say so."""
        if self.closed:
            return redirect("knows", self.face.slug)
        return self.draw(line=self.line())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Stop it, at once."""
        if self.closed:
            return redirect("knows", self.face.slug)
        consent = self.line().known.disclosure.consent
        if consent is not None:
            with suppress(AlreadyOver):
                withdraw(by=self.visitor.actor, consent=consent)
        return redirect("knows", self.face.slug)
