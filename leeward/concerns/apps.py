from importlib import import_module

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "leeward.concerns"
    label = "concerns"

    def ready(self) -> None:
        """Tell keeping what goes with a file."""
        # Models can only be imported once every app is loaded; this is Django's own moment for it.
        import_module("leeward.concerns.register")
