"""One page that opens without a line: what helps, in lines they choose, and help lines."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.generic import View

from leeward.core.agency_time import today
from leeward.core.offline import offline_script
from leeward.my_space.plan import PlanPage
from leeward.people.models import YoungPerson
from leeward.plans.kept import SECTIONS, may_lie_on_a_phone, telling
from leeward.plans.queries import PlanPage as Plan
from leeward.plans.queries import plan_of, read_by_the_team
from leeward.relationships.queries import circle_of

# What the kept page is drawn with: `files/kept.js` keeps the same.
BESIDE = ("/s/page.css", "/s/kept.js")


class Keep(PlanPage):
    """Choose the lines; the page that answers is the one that may be kept."""

    action = "plan.copy"
    template_name = "my_space/keep.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What may be kept, and what may not."""
        return self.draw()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page itself, to look at before it is kept."""
        if not self.may_take_away:
            return redirect("keep", self.face.slug)
        may = dict(self.lines()[0])
        chosen = [may[each] for each in request.POST.getlist("line") if each in may]
        kept = render_to_string(
            "my_space/kept.html", {"face": self.face, "lines": chosen}, self.request
        )
        return self.draw(kept=kept, chosen=chosen)

    def lines(self) -> tuple[list[tuple[str, str]], list[str]]:
        """Lines that may lie on a phone, by the id of their piece; and those that may not."""
        actor, person = self.visitor.actor, self.person
        parts = [plan_of(actor, person, part, private=self.private) for part in ("plan", "safe")]
        never = _never(person, parts)
        may, may_not = [], []
        for part in parts:
            for shown in (each for key in SECTIONS for each in part.by_key.get(key, [])):
                if may_lie_on_a_phone(shown.words, never):
                    may.append((str(shown.pk), shown.words))
                else:
                    may_not.append(shown.words)
        return may, may_not

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both kinds of lines."""
        may, may_not = self.lines()
        mine = {"may_take_away": self.may_take_away}
        return super().get_context_data(**kwargs) | mine | {"may": may, "may_not": may_not}


def _never(person: YoungPerson, parts: list[Plan]) -> frozenset[str]:
    """Words that name the people and places around them, and their code words."""
    circle = circle_of(person, today(), today())
    names = [person.name_used, *(person.other_names or [])]
    names += [each.version.name for each in (*circle.inside, *circle.let_go)]
    names += [each.display_name for each in read_by_the_team(person)]
    keys = ("words", "places", "people", "anchor")
    said = [each.words for part in parts for key in keys for each in part.by_key.get(key, [])]
    return telling(names, said)


class Kept(View):
    """Where a phone has its own page. The server has none: it leads to the front."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """To the front of the same face."""
        return redirect("front", face=kwargs["face"])


class Worker(View):
    """What a browser runs to open the kept page without a line. It keeps nothing else."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The script, for its face alone."""
        script = offline_script(reverse("kept", args=[kwargs["face"]]), BESIDE)
        return HttpResponse(script, content_type="text/javascript; charset=utf-8")
