"""My space, as workers meet it: offering it together, words that two workers give, the lock."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from leeward.entry import actions
from leeward.entry.faces import FACES, named
from leeward.entry.forms import LockForm, OfferForm, WordsForm
from leeward.entry.models import CodeRequest, Entry
from leeward.entry.queries import is_locked, newest_offer, offered_by, standing
from leeward.practice_desk.views.base import PersonFormView, PersonView


class SpacePage(PersonView):
    """What it is, whether it was offered, and by what they come in."""

    action = "space.offer"
    tab = "about"
    template_name = "practice_desk/space.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How it stands, and where they go to come in."""
        found = standing(self.actor, self.person)
        first = offered_by(self.person.agency_id).faces[0]
        face = FACES[found.face] if found.offer else first
        return super().get_context_data(**kwargs) | {
            "space": found,
            "face": face,
            "address": f"{settings.LEEWARD_MY_SPACE_ADDRESS}{face.slug}/",
        }


class OfferSpace(PersonFormView):
    """Offer it, together with the young person: everything is read before anything is chosen."""

    action = "space.offer"
    tab = "about"
    back = "space"
    template_name = "practice_desk/space_offer.html"
    form_class = OfferForm
    heading = _("Look at My space together")
    lead = _("Read this with them, on this screen. They choose, and may say no at any time.")
    submit = _("Keep what we found")

    def initial(self) -> dict[str, Any]:
        """What they chose last."""
        last = newest_offer(self.person)
        language = "fr" if (get_language() or "en").startswith("fr") else "en"
        return {"face": last.face, "language": last.language} if last else {"language": language}

    def form_options(self) -> dict[str, Any]:
        """The faces that the agency offers."""
        return {"faces": offered_by(self.person.agency_id).faces}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the first face, whose title the browser's own list shows, and where one lands."""
        offered = offered_by(self.person.agency_id)
        return super().get_context_data(**kwargs) | {
            "face": offered.faces[0],
            "leads_to": named(offered.leave_to),
            "address": settings.LEEWARD_MY_SPACE_ADDRESS,
        }

    def save(self, form: OfferForm) -> None:
        """Keep it."""
        said = dict(form.cleaned_data)
        said.pop("read")
        actions.offer(by=self.actor, person=self.person, **said)


class AskWords(PersonFormView):
    """Ask for words; another worker agrees."""

    action = "space.code"
    tab = "about"
    back = "space"
    form_class = WordsForm
    heading = _("Ask for words to come in")
    lead = _(
        "Another worker of the team, or a supervisor, agrees, sees the words once, and hands them"
        " over. New words end what is open now, and the numbers too."
    )
    submit = _("Ask for words")

    def save(self, form: WordsForm) -> None:
        """Ask."""
        try:
            actions.ask_for_words(by=self.actor, person=self.person, **form.cleaned_data)
        except actions.NotOffered:
            form.add_error(None, _now("Look at My space together first."))
        except actions.AlreadyAsked:
            form.add_error(None, _now("Words are asked for already, and wait for an answer."))


class AnswerWords(SpacePage):
    """Agree to words for them, or do not; or take back what one has asked for."""

    action = "space.code"
    fresh = True

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The words are on the page that answers, and never again."""
        answers = {
            "agree": actions.agree_to_words,
            "refuse": actions.refuse_words,
            "take_back": actions.take_back_words,
        }
        does = answers.get(request.POST.get("answer", ""))
        if does is None:
            return self.draw(status=422)
        try:
            done = does(by=self.actor, request_id=self.kwargs["words_id"])
        except CodeRequest.DoesNotExist:
            # Answered or run out since: the page says how it stands.
            return self.draw(status=422)
        except actions.MayNotAgree as fault:
            # No button asks for it: whoever tries is told no more, and it is recorded.
            raise PermissionDenied from fault
        if isinstance(done, actions.Agreed):
            return self.draw(words=done.words)
        return redirect("space", person_id=self.person.pk)

    def draw(self, status: int = 200, **more: Any) -> HttpResponse:
        """The page as it stands."""
        return self.render_to_response(self.get_context_data(**more), status=status)


class LockSpace(PersonFormView):
    """Lock it now, or unlock it face to face."""

    action = "space.lock"
    tab = "about"
    back = "space"
    form_class = LockForm

    def initial(self) -> dict[str, Any]:
        """How it is now."""
        return {"was": LockForm.LOCKED if is_locked(self.person) else LockForm.OPEN}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What pressing the button does, as it stands."""
        if is_locked(self.person):
            said = {
                "heading": _("Unlock My space, face to face"),
                "lead": _(
                    "Do this only when they are before you and you know that it is they: not by"
                    " telephone, and not for somebody who asks on their behalf."
                ),
                "submit": _("They are here. Unlock it"),
            }
        else:
            said = {
                "heading": _("Lock My space now"),
                "lead": _(
                    "Their phone was taken, or somebody knows their number. What is open anywhere"
                    " ends at once. Unlocking takes meeting them face to face."
                ),
                "submit": _("Lock it now"),
            }
        return super().get_context_data(**kwargs) | said

    def save(self, form: LockForm) -> None:
        """Turn it to what the page has said."""
        try:
            if form.cleaned_data["was"] == LockForm.LOCKED:
                actions.unlock(by=self.actor, person=self.person)
            else:
                actions.lock(by=self.actor, person=self.person)
        except Entry.DoesNotExist:
            form.add_error(None, _now("Look at My space together first."))
