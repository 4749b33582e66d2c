from importlib import import_module

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "leeward.requests"
    label = "requests"

    def ready(self) -> None:
        """Tell keeping what holds a file and what goes with it, and the timeline what to show."""
        # Models can only be imported once every app is loaded; this is Django's own moment for it.
        import_module("leeward.requests.register")
