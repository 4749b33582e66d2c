"""The demo's sign-in buttons."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from leeward.core.middleware import ASKED_FOR
from leeward.practice_desk.invented.personas import NotHere, sign_in_persona
from leeward.practice_desk.typed_words import CARRIED
from leeward.practice_desk.views.session import give_back


@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Be the persona whose button was pressed, and go where one was going."""
    try:
        worker = sign_in_persona(request=request, key=request.POST.get("persona", ""))
    except NotHere as fault:
        raise Http404 from fault
    if carried := request.POST.get(CARRIED):
        return give_back(request, carried)
    going = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(going, {request.get_host()}, request.is_secure()):
        going = resolve_url("home")
    if worker.language == "fr" and not (get_language() or "").startswith("fr"):
        # Whoever writes in French reads in French; the link at the top changes it back.
        going += f"{'&' if '?' in going else '?'}{ASKED_FOR}=fr"
    return redirect(going)
