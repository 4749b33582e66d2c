"""My people: who and what is around them, seen as it is and as it was.

What a worker marked never gets here: every row comes from `..._as_they_see` (ADR 52).
"""

import datetime as dt
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leeward.core.agency_time import today
from leeward.entry.actions import read_space
from leeward.my_space.circle_words import MAY_KNOW, how_in_words
from leeward.my_space.views import OwnPage
from leeward.people.models import YoungPerson
from leeward.plans.copy.lettering import Language
from leeward.plans.people_printing import people_copy, people_copy_name
from leeward.relationships.in_words import by_ring, key_of, picture_of, weighing
from leeward.relationships.models import Tie, TieVersion
from leeward.relationships.picture.draw import tall_svg, wide_svg
from leeward.relationships.queries import (
    CirclePage,
    Standing,
    circle_as_they_see,
    is_anchor,
    tie_of,
    versions_as_they_see,
)
from leeward.relationships.rules import TOPICS, may_be_anchor, may_be_told


class PeoplePage(OwnPage):
    """A page about their own people."""

    action = "circle.read"

    @cached_property
    def person(self) -> YoungPerson:
        """Whose people they are, fetched as what this page does allows."""
        return YoungPerson.objects.visible_to(self.visitor.actor, self.action).get()

    @property
    def may_take_away(self) -> bool:
        """Whether a file may be left on this device: never on one that is not theirs."""
        return not self.visitor.visit.borrowed

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the place in the list of pages, which is one for all of these."""
        found = super().get_context_data(**kwargs)
        return found | {"page": "people", "may_take_away": self.may_take_away}


class MyPeople(PeoplePage):
    """The picture, the list and the table, on a day."""

    template_name = "my_space/people.html"

    def on(self) -> dt.date:
        """The day asked for; today when the address says nothing sensible."""
        try:
            return min(dt.date.fromisoformat(self.request.GET.get("on", "")), today())
        except ValueError:
            return today()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """My people as they stood on the day."""
        on = self.on()
        page = circle_as_they_see(self.person, on, today())
        picture = picture_of(
            _("me"),
            page,
            title=_("My people. The list and the table below say the same."),
            how=how_in_words,
            href=self._leads_to,
        )
        return super().get_context_data(**kwargs) | {
            "circle": page,
            "on": on,
            "today": today(),
            "now": on == today(),
            "wide": wide_svg(picture),
            "tall": tall_svg(picture),
            "rings": by_ring(page),
            "key": key_of(_("my person")),
            "weighing": [(each, page.advocacy.get(each.tie_id, [])) for each in weighing(page)],
        }

    def _leads_to(self, each: Standing) -> str:
        return reverse("people_one", args=[self.face.slug, each.tie_id])


class OnPaper(PeoplePage):
    """My people as a page for a wall. It stays on no device that is not theirs."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A tagged PDF with a neutral name, in the language of the page."""
        if not self.may_take_away:
            return redirect("people", face=self.face.slug)
        read_space(by=self.visitor.actor, page="people_paper")
        language: Language = "fr" if (get_language() or "en").startswith("fr") else "en"
        page = circle_as_they_see(self.person, today(), today())
        return HttpResponse(
            people_copy(page, language=language, on=today()),
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'attachment; filename="{people_copy_name(language)}"'
            },
        )


class WhoMayKnow(PeoplePage):
    """Everything there is to know, and who may."""

    template_name = "my_space/people_know.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Of each thing: who may know, who must not."""
        page = circle_as_they_see(self.person, today(), today())
        return super().get_context_data(**kwargs) | {
            "near": [each for each in page.inside if each.facts.kind != "system"],
            "known": [
                (MAY_KNOW[topic], self._those(page, topic, "yes"), self._those(page, topic, "no"))
                for topic in TOPICS
            ],
        }

    @staticmethod
    def _those(page: CirclePage, topic: str, answer: str) -> str:
        return ", ".join(
            each.version.name
            for each in page.inside
            if each.facts.kind != "system" and may_be_told(each.facts, topic) == answer
        )


class OfOne(PeoplePage):
    """A page about one of them; whoever is not theirs is not there."""

    @cached_property
    def tie(self) -> Tie:
        """The one in the address."""
        try:
            return tie_of(self.person, self.kwargs["tie_id"])
        except Tie.DoesNotExist as fault:
            raise Http404 from fault

    @cached_property
    def versions(self) -> list[TieVersion]:
        """How they have stood, newest first."""
        return versions_as_they_see(self.tie)

    @property
    def newest(self) -> TieVersion:
        """How they stand."""
        return self.versions[0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With how they stand."""
        newest = self.newest
        return super().get_context_data(**kwargs) | {
            "one": newest,
            "facts": newest.facts,
            "earlier": self.versions[1:],
            "anchor": is_anchor(self.tie),
            "could_be_anchor": may_be_anchor(newest.facts),
        }


class One(OfOne):
    """One of them: how they stand, what they may know, and how they stood before."""

    template_name = "my_space/people_one.html"
