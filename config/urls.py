"""Addresses of the doors."""

from django.urls import include, path

urlpatterns = [
    path("", include("leeward.practice_desk.urls")),
]
