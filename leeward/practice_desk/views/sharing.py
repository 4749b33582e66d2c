"""What was decided about sharing, giving a copy to another agency, and what became of it."""

from contextlib import suppress
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leeward.accounts.models import Agency
from leeward.consents import actions as deciding
from leeward.consents.forms import ConsentForm, WithdrawForm
from leeward.consents.models import Consent
from leeward.consents.queries import consent_of, consents_of, standing_of
from leeward.core.agency_time import today
from leeward.core.forms import LeewardForm
from leeward.disclosures import actions
from leeward.disclosures.drafting import (
    Draft,
    NoAuthority,
    NobodyThere,
    NotCovered,
    NothingToGive,
    draft_of,
)
from leeward.disclosures.forms import ShareForm
from leeward.disclosures.models import Disclosure
from leeward.disclosures.pieces import pieces_of
from leeward.disclosures.queries import (
    agencies_to_give_to,
    disclosure_of,
    given_from,
    may_be_released,
    newest_telling,
)
from leeward.entry.queries import newest_offer
from leeward.practice_desk.drawing import language
from leeward.practice_desk.reads import read_to_them
from leeward.practice_desk.sharing_words import (
    as_shown,
    authority_choices,
    authority_words,
    consent_words,
    kind_words,
    piece_words,
)
from leeward.practice_desk.views.base import PersonFormView, PersonView
from leeward.releases.forms import ReleaseForm


class Sharing(PersonView):
    """What was decided, what was given, and to whom."""

    tab = "about"
    template_name = "practice_desk/sharing.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Both, the newest first."""
        return super().get_context_data(**kwargs) | {
            "consents": list(consents_of(self.actor, self.person)),
            "given": list(given_from(self.actor, self.person)),
        }


class RecordConsent(PersonFormView):
    """Write down a decision. Before it is saved, it can be read as the young person would."""

    action = "consent.record"
    tab = "about"
    back = "sharing"
    template_name = "practice_desk/consent_form.html"
    form_class = ConsentForm
    heading = _("Write down a decision about sharing")
    lead = _("Ask before anything is shared. No is an answer, and changes nothing else.")
    submit = _("Save the decision")

    def form_options(self) -> dict[str, Any]:
        """The other agencies."""
        return {"agencies": agencies_to_give_to(self.person.agency_id)}

    def initial(self) -> dict[str, Any]:
        """What is presumed."""
        return {
            "decided_on": today(),
            "capacity": "presumed",
            "custody": "none",
            "implicated": "unsure",
            "counselling": "no",
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show how it reads, or save."""
        if "reads" not in request.POST:
            return super().post(request, *args, **kwargs)
        self.reads = read_to_them({"text": request.POST.get("purpose", "")}, language())
        return self.draw(ConsentForm(initial=_typed(request), **self.form_options()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With how it reads, if that was asked for."""
        return super().get_context_data(**kwargs) | {"reads": getattr(self, "reads", None)}

    def save(self, form: ConsentForm) -> None:
        """Keep it, or say which rule is in the way."""
        try:
            deciding.record_decision(by=self.actor, person=self.person, decided=form.decided())
        except deciding.MayNotDecide as fault:
            for each in fault.finding.because:
                form.add_error("decider", each.text.in_language(language()))
        except deciding.EndsTooLate as fault:
            said = _now("Somebody else decided: it ends by %(day)s, before they could turn 16.")
            form.add_error("until", said % {"day": fault.latest.isoformat()})


def _typed(request: HttpRequest) -> dict[str, Any]:
    many = {"kinds", "no_condition"}
    return {
        name: request.POST.getlist(name) if name in many else request.POST[name]
        for name in request.POST
    }


class WithdrawConsent(PersonFormView):
    """They said stop: it ends at once."""

    action = "consent.record"
    tab = "about"
    back = "sharing"
    template_name = "practice_desk/consent_withdraw.html"
    form_class = WithdrawForm
    heading = _("They withdraw their consent")
    submit = _("End it now")

    @property
    def consent(self) -> Consent:
        """The one in the address."""
        try:
            return consent_of(self.actor, self.person, self.kwargs["consent_id"])
        except Consent.DoesNotExist as fault:
            raise Http404 from fault

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what ends."""
        return super().get_context_data(**kwargs) | {"consent": self.consent}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The consent is there, or the page is not."""
        self.consent  # noqa: B018  # raises where there is none
        return super().post(request, *args, **kwargs)

    def save(self, form: WithdrawForm) -> None:
        """End it. One that is over already stays as it is."""
        with suppress(deciding.AlreadyOver):
            deciding.withdraw(
                by=self.actor, consent=self.consent, reason=form.cleaned_data["reason"]
            )


class Share(PersonView):
    """Choose, look at exactly what will be given, then give it."""

    action = "disclosure.give"
    tab = "about"
    template_name = "practice_desk/share.html"

    def form(self, data: Any = None) -> ShareForm:
        """The form, with what this file and this installation have to choose from."""
        stands = standing_of(self.actor, self.person)
        kinds = [kind for kind, _name in Agency.Kind.choices]
        return ShareForm(
            data,
            initial={"may_hand_on": "no"},
            consents=[(each, consent_words(each)) for each in stands],
            agencies=agencies_to_give_to(self.person.agency_id),
            authorities=authority_choices("give", *kinds),
            pieces=[(each.key, piece_words(each)) for each in pieces_of(self.actor, self.person)],
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The empty form."""
        return self.draw(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The preview; from there, to give it; or back to the form with all that was chosen."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.draw(form, 422)
        try:
            if "give" in request.POST:
                return self.give(form)
            if "change" in request.POST:
                return self.draw(form)
            return self.preview(form)
        except NothingToGive:
            form.add_error("pieces", _now("Something here cannot be given. Choose again."))
        except NobodyThere:
            form.add_error(
                "names",
                _now("One of these names is not known there. Ask how they are written there."),
            )
        except NotCovered:
            form.add_error(
                "under",
                _now("This consent is over, or does not cover all that you chose. Choose less."),
            )
        except NoAuthority:
            form.add_error("authority", _now("This does not fit that agency. Choose another."))
        return self.draw(form, 422)

    def give(self, form: ShareForm) -> HttpResponse:
        """Give what was previewed; what has changed since is shown again first."""
        try:
            row = actions.give(
                by=self.actor,
                person=self.person,
                asked=form.asked(),
                digest=form.cleaned_data["digest"],
            )
        except actions.ChangedSince:
            return self.preview(form, changed=True)
        return redirect("disclosure", person_id=self.person.pk, disclosure_id=row.pk)

    def preview(self, form: ShareForm, *, changed: bool = False) -> HttpResponse:
        """Exactly what they will see, and what cannot be undone."""
        draft: Draft = draft_of(by=self.actor, person=self.person, asked=form.asked())
        sent = self.request.POST.copy()
        sent["mark"], sent["digest"] = form.cleaned_data["mark"], draft.digest
        purpose = {"text": draft.content["purpose"]}
        context = self.get_context_data(
            form=form,
            draft=draft,
            shared=as_shown(draft.content),
            reads=read_to_them(purpose, language()),
            changed=changed,
            sent=[(name, each) for name in form.fields for each in sent.getlist(name)],
        )
        return self.render_to_response(context, status=422 if changed else 200)

    def draw(self, form: ShareForm, status: int = 200) -> HttpResponse:
        """The page with this form."""
        return self.render_to_response(self.get_context_data(form=form), status=status)


class DisclosurePart(PersonView):
    """A part of a page about one disclosure; 404 for one that is not of this file."""

    tab = "about"

    @property
    def disclosure(self) -> Disclosure:
        """The one in the address."""
        try:
            return disclosure_of(self.actor, self.person, self.kwargs["disclosure_id"])
        except Disclosure.DoesNotExist as fault:
            raise Http404 from fault

    def back(self, disclosure: Disclosure) -> HttpResponse:
        """To its page."""
        return redirect("disclosure", person_id=self.person.pk, disclosure_id=disclosure.pk)


class DisclosurePage(DisclosurePart):
    """What was given, and what became of it. Its words are with whoever received them."""

    template_name = "practice_desk/disclosure.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The facts, and whether the young person reads of it."""
        found = self.disclosure
        return super().get_context_data(**kwargs) | {
            "disclosure": found,
            "under": authority_words(found.authority),
            "items": [(kind_words(each["kind"]), each["on"]) for each in found.items],
            "happened": [(each, authority_words(each.authority)) for each in found.events.all()],
            "telling": newest_telling(found),
            "offered": may_be_released(found),
        }


class ReleaseDisclosure(DisclosurePart):
    """Three questions before the young person may read of it on a device."""

    action = "disclosure.release"
    template_name = "practice_desk/disclosure_release.html"
    form_class: ClassVar[type[LeewardForm]] = ReleaseForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The questions."""
        return self.draw(ReleaseForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the answers, and say what follows from them."""
        disclosure, form = self.disclosure, ReleaseForm(request.POST)
        if form.is_valid():
            try:
                actions.let_know(by=self.actor, disclosure=disclosure, answers=form.cleaned_data)
            except actions.NotOffered:
                form.add_error(None, _now("Look at My space together first."))
        if not form.is_valid():
            return self.draw(form, 422)
        return self.back(disclosure)

    def draw(self, form: ReleaseForm, status: int = 200) -> HttpResponse:
        """The page with what they would read, and what they last said of their phone."""
        context = self.get_context_data(
            form=form,
            disclosure=self.disclosure,
            offer=newest_offer(self.person),
            heading=_now("Let them read of this in My space"),
            submit=_now("Keep my answers"),
            back="sharing",
        )
        return self.render_to_response(context, status=status)


class TakeBackDisclosure(DisclosurePart):
    """They read of it in My space no more."""

    action = "disclosure.release"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it back. One that was not released stays as it is."""
        disclosure = self.disclosure
        with suppress(actions.NotReleased):
            actions.take_back(by=self.actor, disclosure=disclosure)
        return self.back(disclosure)
