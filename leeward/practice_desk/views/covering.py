"""Pages about covering: who stands in for somebody who is away, and what matters first there."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from leeward.accounts.models import Worker
from leeward.audit.traces import as_printed, new_trace
from leeward.core.agency_time import today
from leeward.people.covering import actions
from leeward.people.covering.forms import CoverForm, FirstForm
from leeward.people.covering.models import Cover
from leeward.people.covering.queries import could_cover
from leeward.people.models import YoungPerson
from leeward.plans.copy.lettering import Language
from leeward.practice_desk.queries.team import handed_over_to
from leeward.practice_desk.views.base import DeskView, PersonFormView, PersonView
from leeward.reminders.handover.printing import handover_name, handover_sheet


class ArrangeCover(DeskView):
    """Who covers for one worker, file by file. Nothing is covered until it is chosen here."""

    action = "cover.arrange"
    nav = "my_team"
    template_name = "practice_desk/arrange_cover.html"

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Somebody this supervisor does not stand behind is not there."""
        try:
            self.to_cover = actions.read_to_cover(by=self.actor, worker_id=kwargs["worker_id"])
        except Worker.DoesNotExist as fault:
            raise Http404 from fault
        return super().open(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The questions, from today on."""
        return self.draw(self.form(initial={"starts_on": today()}))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Arrange it, or say what to mend."""
        form = self.form(request.POST)
        if form.is_valid():
            self.save(form)
        if form.is_valid():
            return redirect("my_team")
        return self.draw(form, status=422)

    def form(self, data: Any = None, **options: Any) -> CoverForm:
        """The form, with whoever could cover and the files of who is away."""
        away = self.to_cover.away
        return CoverForm(data, workers=could_cover(away), people=self.to_cover.files, **options)

    def save(self, form: CoverForm) -> None:
        """The one domain call. What came between since is a mistake to mend."""
        days = {name: form.cleaned_data[name] for name in ("starts_on", "ends_on")}
        try:
            actions.arrange(by=self.actor, away=self.to_cover.away, given=form.given(), **days)
        except actions.CannotCover as refused:
            form.refuse(refused.people)
        except actions.WrongDays as wrong:
            form.say_fault(wrong.fault)
        except (Worker.DoesNotExist, YoungPerson.DoesNotExist):
            form.add_error(None, _now("Something changed meanwhile. Look at this page again."))

    def draw(self, form: CoverForm, status: int = 200) -> HttpResponse:
        """Who covers already, then the questions."""
        context = self.get_context_data(form=form, to_cover=self.to_cover)
        return self.render_to_response(context, status=status)


class Covering(DeskView):
    """What matters first at the files this worker covers, and who covers for them."""

    action = "people.mine"
    nav = "covering"
    template_name = "practice_desk/covering.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is needed first, then each young person by name."""
        return super().get_context_data(**kwargs) | {"page": handed_over_to(by=self.actor)}


class CoveringCopy(DeskView):
    """The same on paper, in the language of whoever reads it."""

    action = "file.print"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A tagged PDF with a neutral name; its code is in the audit before it is on paper."""
        language: Language = kwargs["copy_language"]
        trace = new_trace()
        with override(language):
            page = handed_over_to(by=self.actor, trace=trace)
            pdf = handover_sheet(page, language=language, on=today(), code=as_printed(trace))
        return HttpResponse(
            pdf,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{handover_name(language)}"'},
        )


def _cover(view: PersonView) -> Cover:
    """The one in the address, while it is live or to come."""
    try:
        return view.person.covers.standing().get(pk=view.kwargs["cover_id"])
    except Cover.DoesNotExist as fault:
        raise Http404 from fault


class SayFirst(PersonFormView):
    """What matters first at one file, for whoever covers."""

    tab = "overview"
    form_class = FirstForm
    heading = _("What matters first")
    lead = _("Whoever covers reads this before anything else. It becomes part of the file.")
    submit = _("Save")
    back = "overview"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The question, while somebody covers or will."""
        _cover(self)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, while somebody covers or will."""
        _cover(self)
        return super().post(request, *args, **kwargs)

    def save(self, form: FirstForm) -> None:
        """The one domain call."""
        try:
            actions.say_first(by=self.actor, cover=_cover(self), **form.cleaned_data)
        except actions.IsOver:
            form.add_error(None, _now("Nobody covers here any more."))


class EndCover(PersonView):
    """End it before its last day."""

    action = "cover.arrange"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """From this moment on; the row stays."""
        actions.end_cover(by=self.actor, cover=_cover(self))
        return redirect("my_team")
