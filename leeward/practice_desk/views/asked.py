"""What young people ask about their own files: the list, one request, and answering it."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.core.agency_time import today
from leeward.law.requests import days_of, rule
from leeward.law.sources import say_source
from leeward.legal.queries import rules_of
from leeward.observations.queries import observations_of
from leeward.practice_desk.drawing import language
from leeward.practice_desk.views.base import DeskView, PersonFormView, PersonView
from leeward.requests import actions
from leeward.requests.forms import (
    AnswerForm,
    AskForm,
    ExtendForm,
    StatementForm,
    TakeBackForm,
)
from leeward.requests.models import FileRequest
from leeward.requests.queries import (
    Standing,
    corrections_since,
    details_since,
    request_of,
    requests_of,
    statements_elsewhere,
)

LAW = ("answer", "extension", "silence", "free", "whole-copy", "statement")


def law_in_words(*rules: str) -> list[tuple[str, str]]:
    """What the table says, and its source, in the language of the page."""
    found = [rule(each) for each in rules or LAW]
    return [
        (each.text.in_language(language()), say_source(each.source, language())) for each in found
    ]


class Asked(DeskView):
    """Every request that waits, what is due when, the first due first."""

    action = "request.write"
    nav = "asked"
    template_name = "practice_desk/asked.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list."""
        return super().get_context_data(**kwargs) | {
            "asked": actions.read_requests(by=self.actor),
            "law": law_in_words(),
        }


class FileRequests(PersonView):
    """What this young person asked, and how each stands."""

    action = "request.write"
    template_name = "practice_desk/file_requests.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of it."""
        return super().get_context_data(**kwargs) | {
            "asked": requests_of(self.person),
            "elsewhere": statements_elsewhere(self.person),
            "law": law_in_words(),
        }


class AskRequest(PersonFormView):
    """Write down what a young person asks on paper or says."""

    action = "request.write"
    form_class = AskForm
    back = "file_requests"
    heading = _("They ask for a copy or a correction")
    lead = _(
        "Write down what the young person themself asks. What a parent asks is no such request."
    )
    submit = _("Write it down")

    def form_options(self) -> dict[str, Any]:
        """The notes it may be about."""
        return {"notes": list(observations_of(self.person))}

    def initial(self) -> dict[str, Any]:
        """Today, unless it came before."""
        return {"on": today()}

    def save(self, form: AskForm) -> None:
        """Keep it."""
        given = form.cleaned_data
        try:
            actions.ask(
                by=self.actor,
                person=self.person,
                asked=form.asked(),
                how=given["how"],
                on=given["on"],
            )
        except actions.AskedAlready:
            form.add_error(
                "kind", _now("A copy is asked for already, and waits. Answer that request.")
            )


class OfRequest(PersonFormView):
    """A page about one request of this file; one of any other file is not there."""

    action = "request.write"
    back = "file_requests"

    @property
    def standing(self) -> Standing:
        """The request in the address."""
        asked_id: uuid.UUID = self.kwargs["asked_id"]
        if not hasattr(self, "_standing"):
            try:
                self._standing = request_of(self.person, asked_id)
            except FileRequest.DoesNotExist as fault:
                raise Http404 from fault
        return self._standing

    # Whether there is still something to do here once it was answered.
    after_answer = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; of a request that was answered, the answer."""
        if self.standing.answer and not self.after_answer:
            return redirect("file_request", self.person_id, self.kwargs["asked_id"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With where it stands."""
        return super().get_context_data(**kwargs) | {"each": self.standing}


class FileRequestPage(OfRequest):
    """One request: what they ask, by when, and what was answered."""

    http_method_names = ["get", "head"]
    template_name = "practice_desk/file_request.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page."""
        return self.render_to_response(self.get_context_data(law=law_in_words()))


ENDED = _("It was answered, or taken back, while you were writing. Go back and look.")


class ExtendRequest(OfRequest):
    """More days, once, with the notice that went to them."""

    action = "request.answer"
    template_name = "practice_desk/request_form.html"
    form_class = ExtendForm
    heading = _("More time")
    submit = _("Give it more days")

    def form_options(self) -> dict[str, Any]:
        """How many days there are, by the agency's own rules."""
        rules = rules_of(self.person.agency_id).rules
        return {"most": days_of("extension", rules)}

    def save(self, form: ExtendForm) -> None:
        """Keep the notice and the days."""
        try:
            actions.extend(by=self.actor, request=self.standing.request, **form.cleaned_data)
        except actions.Ended:
            form.add_error(None, str(ENDED))
        except actions.NoMoreDays:
            form.add_error(
                None,
                _now(
                    "It cannot be given more days: it was given some before, its last day is over,"
                    " or the notice is from before they asked. Answer it now."
                ),
            )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the law says of it."""
        return super().get_context_data(**kwargs) | {"law": law_in_words("extension")}


class AnswerRequest(OfRequest):
    """A correction: made, or not made and why."""

    action = "request.answer"
    template_name = "practice_desk/request_form.html"
    form_class = AnswerForm
    heading = _("Answer the request for a correction")
    submit = _("Save the answer")

    def form_options(self) -> dict[str, Any]:
        """The notes of the file, and what was corrected since they asked."""
        found = self.standing
        if found.is_copy:
            # A copy is answered by giving it.
            raise Http404
        return {
            "notes": list(observations_of(self.person)),
            "corrections": corrections_since(found.request),
            "changes": details_since(found.request),
        }

    def initial(self) -> dict[str, Any]:
        """The note they named themselves."""
        note = self.standing.request.note_id
        return {"note": str(note) if note else ""}

    def save(self, form: AnswerForm) -> None:
        """Keep it."""
        given = form.cleaned_data
        common = {"by": self.actor, "request": self.standing.request, "note": given["note"]}
        try:
            if given["made"] == "yes":
                actions.make_correction(**common, made=form.made_how())
            else:
                actions.refuse_correction(**common, reasons=given["reasons"])
        except actions.Ended:
            form.add_error(None, str(ENDED))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the law says of a no."""
        return super().get_context_data(**kwargs) | {"law": law_in_words("statement")}


class RequestBack(OfRequest):
    """They ask for it no longer, and said so to a worker."""

    action = "request.answer"
    template_name = "practice_desk/request_form.html"
    form_class = TakeBackForm
    heading = _("They take it back")
    submit = _("Write down that they take it back")

    def save(self, form: TakeBackForm) -> None:
        """Keep what they said."""
        try:
            actions.take_back(by=self.actor, request=self.standing.request, **form.cleaned_data)
        except actions.Ended:
            form.add_error(None, str(ENDED))


class RequestStatement(OfRequest):
    """Their statement, written down for them."""

    template_name = "practice_desk/request_form.html"
    form_class = StatementForm
    heading = _("Their statement")
    after_answer = True
    lead = _("It stays with the record, beside it, and goes with every copy of it.")
    submit = _("Save their statement")

    def initial(self) -> dict[str, Any]:
        """As it stands."""
        now = self.standing.statement
        return {"words": now.words, "version": now.number} if now else {"version": 0}

    def save(self, form: StatementForm) -> None:
        """Keep it, and show both where a newer one stands."""
        given = form.cleaned_data
        try:
            actions.state(
                by=self.actor,
                request=self.standing.request,
                version=given["version"] or 0,
                words=given["words"],
            )
        except actions.NothingToDisagreeWith:
            form.add_error(
                None, _now("A statement is for a correction that was not made. Answer first.")
            )
        except actions.ChangedMeanwhile as changed:
            self.newest = changed.newest
            form.carry("version", changed.newest.number if changed.newest else 0)
            form.add_error(
                None,
                _now(
                    "They saved a statement while you were writing. It is shown beside yours. Ask"
                    " them which words to keep, then save again."
                ),
            )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both texts side by side after a conflict."""
        newest, form = getattr(self, "newest", None), kwargs.get("form")
        rows = []
        if newest is not None and form is not None:
            rows.append((form.fields["words"].label, form.data.get("words", ""), newest.words))
        return super().get_context_data(**kwargs) | {"both": rows}
