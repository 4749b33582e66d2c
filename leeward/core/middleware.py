"""Small middleware without a domain word."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers

ASKED_FOR = "lang"


class LanguageMiddleware:
    """Chooses English or French: `?lang=fr` on any page, then the cookie, then the browser.

    The language link is the same page with `?lang=`, so it works without JavaScript and can be
    sent to a colleague.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.offered = {code for code, _name in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get(ASKED_FOR, "")
        asked = asked if asked in self.offered else ""
        language = asked or translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        # What it was drawn in: a worker's own language is known only after signing in.
        drawn_in = translation.get_language() or language
        response.headers.setdefault("Content-Language", drawn_in)
        if asked and request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != asked:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                asked,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


class NoStoreMiddleware:
    """No page about anybody stays in a browser's cache or behind its Back button."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        add_never_cache_headers(response)
        response.headers["Cache-Control"] = "no-store, private"
        return response
