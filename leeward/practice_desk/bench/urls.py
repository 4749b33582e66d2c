"""The desk's own addresses, and one page that does nothing: the floor of every other."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views import View


class Empty(View):
    """A page behind the same middleware and sign-in as the rest, with nothing on it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Nothing."""
        return HttpResponse()


urlpatterns = [
    path("bench/empty/", Empty.as_view(), name="bench_empty"),
    path("", include("leeward.practice_desk.urls")),
]
