"""The rules as this agency applies them, changing them by two people, and what to do how soon."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _now

from leeward.core.agency_time import today
from leeward.core.offline import offline_script
from leeward.law.listing import Listed
from leeward.legal import actions
from leeward.legal.forms import RuleChangeForm
from leeward.legal.models import RuleChange
from leeward.practice_desk.queries.rules import (
    RuleRow,
    change_page,
    kept_levels,
    note_kept,
    row_of,
    rules_page,
    urgency_page,
)
from leeward.practice_desk.views.base import DeskView


class RulesView(DeskView):
    """Every row of every table, against what the agency changed."""

    action = "rules.read"
    nav = "rules"
    template_name = "practice_desk/rules.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Table by table."""
        return super().get_context_data(**kwargs) | {"page": rules_page(by=self.actor)}


class AskRuleChange(DeskView):
    """Ask for a change of one row."""

    action = "rules.change"
    fresh = True
    nav = "rules"
    template_name = "practice_desk/rule_form.html"

    def open(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A row that no table has does not exist."""
        try:
            self.one: Listed = row_of(f"{kwargs['table']}/{kwargs['key']}")
        except KeyError as fault:
            raise Http404 from fault
        return super().open(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The empty form."""
        return self.draw(RuleChangeForm(row=self.one.row))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask, or say what to mend."""
        form = RuleChangeForm(request.POST, row=self.one.row)
        if not form.is_valid():
            return self.draw(form, status=422)
        try:
            actions.ask_rule_change(by=self.actor, rule=self.one.name, **form.cleaned_data)
        except actions.MayNotChange as fault:
            form.refuse(fault.why)
            return self.draw(form, status=422)
        except actions.AlreadyAsked:
            form.add_error(None, _now("A change of this waits already. Nothing was added."))
            return self.draw(form, status=422)
        return redirect("rules")

    def draw(self, form: RuleChangeForm, status: int = 200) -> HttpResponse:
        """The row as shipped, then the form."""
        context = self.get_context_data(form=form, each=RuleRow(self.one, []))
        return self.render_to_response(context, status=status)


class RuleChangePage(DeskView):
    """One change that was asked for, and its answer."""

    action = "rules.read"
    fresh = True
    nav = "rules"
    template_name = "practice_desk/rule_change.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What is asked, by whom, and why."""
        return self.draw()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Agree, do not agree, or take back one's own."""
        answers = {
            "agree": actions.agree_rule_change,
            "refuse": actions.refuse_rule_change,
            "back": actions.take_back_rule_change,
        }
        answer = answers.get(request.POST.get("answer", ""))
        if answer is None:
            return self.draw(status=422)
        try:
            answer(by=self.actor, change_id=self.kwargs["change_id"])
        except actions.MayNotAgree as fault:
            # No button asks for it: whoever tries is told no more, and it is recorded.
            raise PermissionDenied from fault
        except actions.MayNotChange:
            fault_words = _now("The law has changed meanwhile and does not allow it any more.")
            return self.draw(status=422, fault=fault_words)
        except RuleChange.DoesNotExist:
            # Answered or run out since: the page says so, or it is not theirs to know.
            return self.draw(status=422)
        return redirect("rules")

    def draw(self, status: int = 200, **more: Any) -> HttpResponse:
        """The page as things stand."""
        try:
            page = change_page(by=self.actor, change_id=self.kwargs["change_id"])
        except RuleChange.DoesNotExist as fault:
            raise Http404 from fault
        return self.render_to_response(self.get_context_data(page=page, **more), status=status)


class Urgency(DeskView):
    """What to do, whom to call, in what order. It prints on one page."""

    action = "rules.read"
    nav = "home"
    template_name = "practice_desk/urgency.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One level."""
        try:
            page = urgency_page(by=self.actor, level=self.kwargs["level"])
        except KeyError as fault:
            raise Http404 from fault
        kept = {"levels": kept_levels(), "day": today()}
        return super().get_context_data(**kwargs) | {
            "page": page,
            "kept": render_to_string("practice_desk/urgency_kept.html", kept),
        }


class UrgencyKept(DeskView):
    """Where a device has its own page of what to do. The server has none: it leads to its own."""

    action = "rules.read"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """To what to do now."""
        return redirect("urgency", "now")


class UrgencyOffline(DeskView):
    """What a browser runs to open that page without a network. It keeps nothing else."""

    action = "rules.read"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The script, for the addresses beneath its own."""
        beside = [static(each) for each in ("leeward/css/practice.css", "leeward/js/keep.js")]
        note_kept(by=self.actor)
        script = offline_script(reverse("urgency_kept"), beside)
        return HttpResponse(script, content_type="text/javascript; charset=utf-8")
