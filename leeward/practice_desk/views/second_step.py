"""The second step: giving a code at sign-in, and setting up passkeys, an app and paper codes."""

import re
from typing import Any

from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from leeward.accounts import codes, passkeys, second_factor, sessions
from leeward.accounts.forms import AppCode
from leeward.accounts.models import Worker
from leeward.practice_desk.qr import qr_picture
from leeward.practice_desk.typed_words import CARRIED
from leeward.practice_desk.views.base import DeskView
from leeward.practice_desk.views.own import worker_of
from leeward.practice_desk.views.session import CREDENTIAL, draw_code, give_back, waiting

NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)


@method_decorator(login_not_required, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class CodeStep(View):
    """After the password: a passkey, a code from the app, or one from the list."""

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For whoever has given their password in this browser, a short while ago."""
        self.carried = request.POST.get(CARRIED, "")
        self.stage = get_pending_stage(request)
        if self.stage is not None:
            return super().dispatch(request, *args, **kwargs)
        if not self.carried:
            return redirect("home" if request.user.is_authenticated else "account_login")
        if request.user.is_authenticated:
            return give_back(request, self.carried)
        context = waiting(request, self.carried)
        return render(request, "account/login.html", context, status=401)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page that asks."""
        return draw_code(request)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign in, or say what was wrong."""
        if "stop" in request.POST:
            clear_login(request)
            return redirect("account_login")
        try:
            used = self.used(request, self.stage.login.user)
        except codes.TooManyTries:
            return self.again(
                request, _now("There were too many wrong codes. Wait, then try again.")
            )
        except codes.WrongCode:
            return self.again(request, _now("The code is not right. Type the newest one."))
        except passkeys.NotThisPasskey:
            return self.again(
                request, _now("That passkey did not work. Try again, or use a code.")
            )
        passkeys.note_use(request, used)
        answer: HttpResponse = self.stage.exit()
        return give_back(request, self.carried) if self.carried else answer

    def again(self, request: HttpRequest, wrong: str) -> HttpResponse:
        """The page once more, saying why."""
        return draw_code(request, carried=self.carried, wrong=wrong, status=422)

    @staticmethod
    def used(request: HttpRequest, worker: Worker) -> Authenticator:
        """What the worker showed. Raises WrongCode, TooManyTries or NotThisPasskey."""
        credential = request.POST.get(CREDENTIAL)
        if not credential:
            return codes.use_code(
                request=request, worker=worker, code=request.POST.get("code", "")
            )
        try:
            return passkeys.whose(credential, worker)
        except passkeys.NotThisPasskey:
            second_factor.record_failure(worker)
            raise


@method_decorator(login_not_required, name="dispatch")
class AskPasskey(View):
    """What passkey.js gives to the device: of whoever is signing in, or of anybody."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        """A question that is answered once."""
        stage = get_pending_stage(request)
        worker = stage.login.user if stage else request.user
        return JsonResponse(passkeys.ask_for(worker if isinstance(worker, Worker) else None))


class OwnStep(DeskView):
    """A page about one's own second step. Whoever has none yet reaches this and little else."""

    action = "account.own"
    fresh = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without the desk's navigation while it would lead nowhere."""
        context = super().get_context_data(**kwargs)
        missing = second_factor.is_missing(self.request)
        return context | {"missing": missing, "actor": None if missing else self.actor}

    def set_up(self) -> HttpResponse:
        """From now on this session has its second factor; codes for a lost device come next."""
        worker = worker_of(self.request)
        self.request.session[sessions.SECOND_FACTOR] = True
        if (
            second_factor.PAPER in second_factor.kinds_of(worker)
            or not worker.has_usable_password()
        ):
            return redirect("second_step")
        return self.show_codes()

    def show_codes(self) -> HttpResponse:
        """New recovery codes, in this answer and never again."""
        made = codes.make_recovery_codes(worker=worker_of(self.request))
        context = self.get_context_data(made=made)
        return render(self.request, "account/recovery_codes.html", context)


class SecondStep(OwnStep):
    """What one has, and what one may add or take away."""

    template_name = "account/second_step.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What one has."""
        worker = worker_of(self.request)
        return super().get_context_data(**kwargs) | {
            "held": second_factor.of_worker(worker),
            "kinds": second_factor.kinds_of(worker),
            "codes_left": codes.recovery_codes_left(worker),
            "with_password": worker.has_usable_password(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep a passkey that the device has just made."""
        try:
            passkeys.add(worker=worker_of(request), credential=request.POST.get(CREDENTIAL, ""))
        except passkeys.NotThisPasskey:
            return self.say(_now("The passkey was not kept. Try again, or use an app."))
        return self.set_up()

    def say(self, wrong: str) -> HttpResponse:
        """The page once more, saying why."""
        return self.render_to_response(self.get_context_data(wrong=wrong), status=422)


class RemoveStep(SecondStep):
    """Take one away, but not the last."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Gone, or why not."""
        number = request.POST.get("number", "")
        if not NUMBER.fullmatch(number):
            return self.say(_now("Say which one to take away."))
        try:
            second_factor.take_away(worker=worker_of(request), number=int(number))
        except Authenticator.DoesNotExist as fault:
            raise Http404 from fault
        except second_factor.LastOne:
            return self.say(_now("This is the only one you have. Add another first."))
        return redirect("second_step")


class NewRecoveryCodes(OwnStep):
    """Ten new codes in place of the old ones."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Shown in this answer and never again."""
        if not second_factor.has_one(worker_of(request)):
            return redirect("second_step")
        return self.show_codes()


class MakePasskey(OwnStep):
    """What passkey.js gives to the device to make a passkey."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A question that is answered once."""
        return JsonResponse(passkeys.ask_to_make(worker_of(request)))


@method_decorator(sensitive_post_parameters(), name="dispatch")
class SetUpApp(OwnStep):
    """A picture for the app to read, and the first code it makes of it."""

    template_name = "account/second_step_app.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A fresh secret each time; its form carries it, sealed."""
        worker = worker_of(request)
        if second_factor.APP in second_factor.kinds_of(worker):
            return redirect("second_step")
        secret, carried = codes.new_app_secret(worker)
        return self.draw(AppCode(initial={"sealed": carried}), secret)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, or say that the code is not right and keep the picture."""
        worker = worker_of(request)
        form = AppCode(request.POST)
        try:
            secret = codes.secret_in(worker, request.POST.get("sealed", ""))
        except codes.WrongCode:
            secret, carried = codes.new_app_secret(worker)
            form.carry("sealed", carried)
            if form.is_valid():
                form.add_error("code", _now("This picture is too old. Read the new one."))
            return self.draw(form, secret, status=422)
        if form.is_valid():
            try:
                codes.add_app(worker=worker, secret=secret, code=form.cleaned_data["code"])
            except codes.WrongCode:
                form.add_error("code", _now("The code is not right. Type the newest one."))
        return self.set_up() if form.is_valid() else self.draw(form, secret, status=422)

    def draw(self, form: AppCode, secret: str, status: int = 200) -> HttpResponse:
        """The page with this secret."""
        name = worker_of(self.request).username
        context = self.get_context_data(
            form=form,
            picture=qr_picture(codes.address_of_secret(secret, name)),
            groups=[secret[at : at + 4] for at in range(0, len(secret), 4)],
        )
        return self.render_to_response(context, status=status)
