"""What every page knows of the house it stands in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from leeward.core.middleware import ASKED_FOR

OTHER = {"en": ("fr", "Français"), "fr": ("en", "English")}


def house(request: HttpRequest) -> dict[str, Any]:
    """`demo`, and the link to the same page in the other language."""
    code, name = OTHER["fr" if (get_language() or "en").startswith("fr") else "en"]
    query = request.GET.copy()
    query[ASKED_FOR] = code
    # A page drawn again after a POST has no address of its own to go back to but this one.
    return {
        "demo": settings.DEMO,
        "other_language": {
            "code": code,
            "name": name,
            "href": f"{request.path}?{query.urlencode()}",
        },
    }
