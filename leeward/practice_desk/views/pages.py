"""Pages that are read: home, people, find, overview, timeline, the way, signs, one note."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import ngettext

from leeward.core.agency_time import today
from leeward.law.sources import say_source
from leeward.observations.models import Observation, Opinion
from leeward.observations.pictures import way as way_picture
from leeward.observations.pictures.grid import as_table, key, tall_sections, wide_svg
from leeward.observations.queries import current_model, observations_of
from leeward.people.actions import TooManySearches, look_up
from leeward.people.forms import FindForm
from leeward.people.queries import Match
from leeward.practice_desk.drawing import grid_of, language, stage_name, way_input, way_key
from leeward.practice_desk.queries.home import home_of, people_page
from leeward.practice_desk.queries.pages import (
    Filters,
    overview_of,
    timeline_page,
    way_of,
)
from leeward.practice_desk.queries.signs import history_as_of, signs_of
from leeward.practice_desk.reading_words import reading_in_words
from leeward.practice_desk.views.base import DeskView, PersonView
from leeward.releases.queries import sides_of, standing
from leeward.requests.queries import statements_by_note


def page_number(request: HttpRequest) -> int:
    """The page asked for; the first when the address says nothing sensible."""
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1


class Home(DeskView):
    """What is due, who has not been seen, drafts waiting."""

    action = "desk.home"
    nav = "home"
    template_name = "practice_desk/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Home of this worker."""
        return super().get_context_data(**kwargs) | {
            "home": home_of(by=self.actor),
            "today": today(),
        }


class People(DeskView):
    """My young people, or those of everybody a supervisor stands behind."""

    action = "people.mine"
    nav = "people"
    template_name = "practice_desk/people.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list."""
        whose = self.request.GET.get("whose", "mine")
        state = self.request.GET.get("state", "open")
        return super().get_context_data(**kwargs) | {
            "page": people_page(
                by=self.actor, whose=whose, state=state, number=page_number(self.request)
            ),
            "whose": whose,
            "state": state,
        }


def too_many_searches() -> str:
    """What somebody is told who has searched more often than one worker needs to."""
    minutes = settings.LEEWARD_SEARCHES[1]
    return ngettext(
        "You have searched very often in the last minute. Please wait a little, then search again."
        " If somebody is in danger, talk to a supervisor now.",
        "You have searched very often in the last %(count)d minutes. Please wait a little, then"
        " search again. If somebody is in danger, talk to a supervisor now.",
        minutes,
    ) % {"count": minutes}


class Find(DeskView):
    """Find by name. Opening a new file is offered beneath the results, never before them."""

    action = "people.find"
    nav = "people"
    template_name = "practice_desk/find.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """An empty form."""
        return self.draw(FindForm(), None, request.GET.get("then", ""))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The results. By POST, so that no name stands in an address, a history or a log."""
        form = FindForm(request.POST)
        matches, status = None, 200
        if form.is_valid():
            data = form.cleaned_data
            try:
                matches = look_up(by=self.actor, asked=data["q"], born=data["born"])
            except TooManySearches:
                form.add_error(None, too_many_searches())
                status = 429
        return self.draw(form, matches, request.POST.get("then", ""), status)

    def draw(
        self, form: FindForm, matches: list[Match] | None, then: str, status: int = 200
    ) -> HttpResponse:
        """The form, and what was found under it."""
        context = self.get_context_data(form=form, matches=matches, to_record=then == "record")
        return self.render_to_response(context, status=status)


class RecordForWhom(DeskView):
    """Record, from a page of nobody in particular: choose whom it is about."""

    action = "people.mine"
    nav = "home"
    template_name = "practice_desk/record_for_whom.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """My young people first; everybody else through Find."""
        return super().get_context_data(**kwargs) | {"people": people_page(by=self.actor).people}


class Overview(PersonView):
    """What a worker needs in ten seconds."""

    tab = "overview"
    template_name = "practice_desk/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Their words, strengths and wants first."""
        page = overview_of(self.actor, self.person)
        picture = way_input(self.person, page.way, today())
        return super().get_context_data(**kwargs) | {
            "page": page,
            "today": today(),
            "strip_wide": way_picture.strip_svg(picture),
            "strip_narrow": way_picture.strip_svg(picture, width=way_picture.TALL),
            "standing": [(each, stage_name(each.stage)) for each in page.standing],
        }


class Timeline(PersonView):
    """Everything dated, newest first."""

    tab = "notes"
    template_name = "practice_desk/timeline.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of it, with the filters that are on."""
        asked = self.request.GET
        filters = Filters(
            kind=asked.get("kind", ""),
            thread=asked.get("thread", ""),
            author=asked.get("author", ""),
            since=asked.get("since", ""),
            until=asked.get("until", ""),
            known_on=asked.get("known_on", ""),
            pinned=asked.get("pinned") == "1",
        )
        threads = current_model().threads
        page = timeline_page(self.person, filters, page_number(self.request))
        return super().get_context_data(**kwargs) | {
            "filters": filters,
            "timeline": page,
            "sides": sides_of(self.person),
            "statements": statements_by_note(self.person),
            "thread_names": {each: threads[each].name.in_language(language()) for each in threads},
            "stage_names": {each: stage_name(each) for each in current_model().stages},
        }


class Note(PersonView):
    """One observation with everything said about it since."""

    tab = "notes"
    template_name = "practice_desk/note.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The note, its signs in working wording, what was added since, and their side."""
        try:
            note = observations_of(self.person).get(pk=self.kwargs["note_id"])
        except Observation.DoesNotExist as fault:
            raise Http404 from fault
        # Their side has a place of its own here, below the note, and so has what they state.
        stated = statements_by_note(self.person).get(note.pk, [])
        more = {"note": note, "space": standing(note), "sides": {}, "statements": {}}
        more["stated"] = stated
        return super().get_context_data(**kwargs) | more


class TheWay(PersonView):
    """The life-line, drawn to true dates, with the same as a list."""

    tab = "way"
    template_name = "practice_desk/way.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The picture twice (wide and tall) and its list."""
        picture = way_input(self.person, way_of(self.person), today())
        return super().get_context_data(**kwargs) | {
            "start": picture.start,
            "today": today(),
            "wide": way_picture.wide_svg(picture),
            "tall": way_picture.tall_svg(picture),
            "lines": way_picture.as_list(picture),
            "key": way_key(),
        }


class Signs(PersonView):
    """The grid, what people think, and the reading once this worker has given an opinion."""

    tab = "signs"
    template_name = "practice_desk/signs.html"

    def selected(self) -> tuple[str, str] | None:
        """The cell asked for, if the model has it."""
        asked = (self.request.GET.get("thread", ""), self.request.GET.get("stage", ""))
        return asked if asked in current_model().cells else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The grid, its table, the notes behind one cell, opinions, and the reading."""
        model, selected = current_model(), self.selected()
        signs = signs_of(self.actor, self.person, selected)
        grid = grid_of(self.person, signs, selected)
        outside = [
            (each, signs.history.get(each.id, ()))
            for cell, indicators in model.cells.items()
            if cell[0] is None
            for each in indicators
        ]
        return super().get_context_data(**kwargs) | {
            "signs": signs,
            "wide": wide_svg(grid),
            "tall": tall_sections(grid),
            "table": as_table(grid),
            "key": key(grid.texts),
            "selected": self._selected_words(selected),
            "behind": [
                (model.indicators[indicator].working.in_language(language()), rows)
                for indicator, rows in signs.behind.items()
            ],
            "outside": [(each.working.in_language(language()), found) for each, found in outside],
            "standing": [(each, stage_name(each.stage)) for each in signs.standing],
            "reading": reading_in_words(signs.reading, signs.history),
            "prompts": [
                {
                    "id": each["id"],
                    "text": each["text"][language()],
                    "source": say_source(each["source"], language()),
                }
                for each in signs.law["prompts"]
            ],
        }

    @staticmethod
    def _selected_words(selected: tuple[str, str] | None) -> tuple[str, str, str] | None:
        if selected is None:
            return None
        thread = current_model().threads[selected[0]]
        return thread.id, thread.name.in_language(language()), stage_name(selected[1])


class OpinionPage(PersonView):
    """A saved opinion, with the reading that was laid beside it that day."""

    tab = "signs"
    template_name = "practice_desk/opinion.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The opinion; its own author and anybody on the file may open it."""
        try:
            opinion = self.person.opinions.select_related("recorded_by").get(
                pk=self.kwargs["opinion_id"]
            )
        except Opinion.DoesNotExist as fault:
            raise Http404 from fault
        return super().get_context_data(**kwargs) | {
            "opinion": opinion,
            "stage": stage_name(opinion.stage),
            "resolutions": opinion.resolutions.select_related("recorded_by"),
            "reading": reading_in_words(opinion.reading, history_as_of(self.person, opinion.on)),
        }
