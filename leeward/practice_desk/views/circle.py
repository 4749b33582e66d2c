"""The circle: seen as it is and as it was, and changed together."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.audit.traces import as_printed, new_trace
from leeward.core.agency_time import today
from leeward.plans.people_printing import people_copy, people_copy_name
from leeward.practice_desk.circle_drawing import circle_key, circle_picture
from leeward.practice_desk.views.base import PersonFormView, PersonView
from leeward.practice_desk.views.drafted import DraftedForm
from leeward.relationships.actions import (
    BeforeTheLast,
    ChangedMeanwhile,
    add_tie,
    change_tie,
    let_go,
    push_back,
    pushed_back,
)
from leeward.relationships.forms import LetGoForm, PushBackForm, PushedBackForm, TieForm
from leeward.relationships.in_words import CROWDED, by_ring, weighing
from leeward.relationships.kin_in_words import family_of
from leeward.relationships.models import Advocacy, Tie
from leeward.relationships.picture.draw import tall_svg, wide_svg
from leeward.relationships.queries import (
    advocacy_of,
    circle_as_they_see,
    circle_of,
    is_anchor,
    newest_of,
    tie_of,
    versions_of,
)
from leeward.relationships.rules import Impossible, is_relative


class OnADay(PersonView):
    """A page of the circle as it stood on a day."""

    def on(self) -> dt.date:
        """The day asked for; today when the address says nothing sensible."""
        try:
            return min(dt.date.fromisoformat(self.request.GET.get("on", "")), today())
        except ValueError:
            return today()


class Circle(OnADay):
    """The circle on a day: the picture, the list, the table, and what weighs on them."""

    tab = "circle"
    template_name = "practice_desk/circle.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The circle as it stood on the day."""
        on = self.on()
        page = circle_of(self.person, on, today())
        picture = circle_picture(self.person, page)
        return super().get_context_data(**kwargs) | {
            "circle": page,
            "on": on,
            "today": today(),
            "now": on == today(),
            "wide": wide_svg(picture),
            "tall": tall_svg(picture),
            "crowded": len(page.inside) >= CROWDED,
            "rings": by_ring(page),
            "key": circle_key(),
            "weighing": [(each, page.advocacy.get(each.tie_id, [])) for each in weighing(page)],
        }


class CircleCopy(PersonView):
    """The picture and the table on paper, for the young person, in the language they choose."""

    action = "file.print"
    http_method_names = ["get"]

    def asks_fresh(self) -> bool:
        """Paper leaves the building: it asks, unless the agency says otherwise."""
        return bool(settings.LEEWARD_FRESH_FOR_PRINT)

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Each copy has a code of its own, in the audit before it is on paper."""
        self.trace = new_trace()
        return super().open(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A tagged PDF with a neutral name, of the circle as they see it themselves."""
        language = kwargs["copy_language"]
        page = circle_as_they_see(self.person, today(), today())
        pdf = people_copy(page, language=language, on=today(), code=as_printed(self.trace))
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'attachment; filename="{people_copy_name(language)}"'
            },
        )


class OfTie(PersonView):
    """A page about one tie of this person; a tie of anybody else's is not there."""

    tab = "circle"

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Fetch the tie with the file."""
        self.tie_id = kwargs["tie_id"]
        return super().open(request, *args, **kwargs)

    def tie(self) -> Tie:
        """The tie in the address."""
        try:
            return tie_of(self.person, self.tie_id)
        except Tie.DoesNotExist as fault:
            raise Http404 from fault


class TiePage(OfTie):
    """One tie: how it stands, who may be told what, and how it stood before."""

    template_name = "practice_desk/tie.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The tie, newest first."""
        tie = self.tie()
        versions = versions_of(tie)
        family = family_of(circle_of(self.person, today(), today()))
        return super().get_context_data(**kwargs) | {
            "relative": is_relative(versions[0].facts),
            "placed": family.of(tie.pk),
            "tie": tie,
            "newest": versions[0],
            "facts": versions[0].facts,
            "earlier": versions[1:],
            "anchor": is_anchor(tie),
        }


class AddTie(DraftedForm):
    """Put somebody or something in the circle."""

    tab = "circle"
    form_class = TieForm
    back = "circle"
    heading = _("Add to the circle")
    lead = _(
        "Ask them. They say who is family, which part each one plays, and how near. In My space"
        " they read what you write here, but for the mark of concern."
    )
    submit = _("Add to the circle")

    def draft_name(self) -> str:
        """One for each circle."""
        return "circle"

    def save_typed(self, form: TieForm) -> None:  # type: ignore[override]
        """Add it."""
        data = form.cleaned_data
        add_tie(by=self.actor, person=self.person, told=form.told(data), on=data["on"])


class FormOfTie(OfTie, PersonFormView):
    """A form about one tie."""

    back = "circle"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A tie that is not there is not there, whatever was typed."""
        self.tie()
        return super().post(request, *args, **kwargs)

    def overtaken(self, form: Any, changed: ChangedMeanwhile) -> None:
        """Somebody was quicker: their words are shown beside these, and nothing is lost."""
        form.carry("version", changed.newest.number)
        form.add_error(
            None,
            _now(
                "Somebody changed this tie while you were writing. Their answers are shown beside"
                " yours. Ask the young person which to keep, then save again."
            ),
        )

    def too_early(self, form: Any) -> None:
        """The day is before that of the last change."""
        form.add_error(
            "on",
            _now("Something was said of this tie for a later day. Choose that day or after."),
        )


class ChangeTie(FormOfTie, DraftedForm):
    """Say how a tie stands now."""

    form_class = TieForm
    heading = _("Change a tie")
    lead = _("What stood before stays, with its day.")
    submit = _("Save")

    def initial(self) -> dict[str, Any]:
        """How it stands."""
        tie = self.tie()
        return TieForm.initial_for(newest_of(tie), anchor=is_anchor(tie))

    def draft_name(self) -> str:
        """One for each tie."""
        return f"tie-{self.tie_id}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A tie that is not there is not there, whatever was kept."""
        self.tie()
        return super().get(request, *args, **kwargs)

    def save_typed(self, form: TieForm) -> None:  # type: ignore[override]
        """Save a version, or show both when a newer one stands."""
        data = form.cleaned_data
        try:
            change_tie(
                by=self.actor,
                tie=self.tie(),
                version=data["version"],
                told=form.told(data),
                on=data["on"],
            )
        except ChangedMeanwhile as changed:
            self.both = form.differing(changed.newest, anchor=is_anchor(changed.newest.tie))
            self.overtaken(form, changed)
        except BeforeTheLast:
            self.too_early(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both answers side by side after a conflict."""
        return super().get_context_data(**kwargs) | {"both": getattr(self, "both", [])}


class LetGoTie(FormOfTie):
    """Somebody is no longer in the circle."""

    form_class = LetGoForm
    heading = _("Take out of the circle")
    submit = _("Take out of the circle")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, with who it is about."""
        self.lead = newest_of(self.tie()).name
        return super().get(request, *args, **kwargs)

    def initial(self) -> dict[str, Any]:
        """The version it is about."""
        return {"version": newest_of(self.tie()).number}

    def save(self, form: LetGoForm) -> None:
        """Take them out of the circle; what was said stays."""
        data = form.cleaned_data
        try:
            let_go(by=self.actor, tie=self.tie(), version=data["version"], on=data["on"])
        except ChangedMeanwhile as changed:
            self.overtaken(form, changed)
        except BeforeTheLast:
            self.too_early(form)


class PushBack(FormOfTie, DraftedForm):
    """What a worker will do against something that weighs on them."""

    form_class = PushBackForm
    heading = _("Push back")
    submit = _("Save")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, with what it is about; only what is a system is pushed back against."""
        newest = newest_of(self.tie())
        if newest.facts.kind != "system":
            raise Http404
        self.lead = newest.name
        return super().get(request, *args, **kwargs)

    def draft_name(self) -> str:
        """One for each tie."""
        return f"push-{self.tie_id}"

    def save_typed(self, form: PushBackForm) -> None:  # type: ignore[override]
        """Add the task."""
        try:
            push_back(by=self.actor, tie=self.tie(), **form.cleaned_data)
        except Impossible as fault:
            raise Http404 from fault


class PushedBack(PersonFormView):
    """What came of such a task."""

    tab = "circle"
    form_class = PushedBackForm
    back = "circle"
    heading = _("What came of it?")
    submit = _("Save")

    def task(self) -> Advocacy:
        """The open task in the address."""
        try:
            return advocacy_of(self.person, self.kwargs["advocacy_id"])
        except Advocacy.DoesNotExist as fault:
            raise Http404 from fault

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, with the task in its own words."""
        self.lead = self.task().what
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A task that is not there is not there, whatever was typed."""
        self.task()
        return super().post(request, *args, **kwargs)

    def save(self, form: PushedBackForm) -> None:
        """Add the news."""
        pushed_back(by=self.actor, advocacy=self.task(), **form.cleaned_data)
