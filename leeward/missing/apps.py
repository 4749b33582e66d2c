from importlib import import_module

from django.apps import AppConfig


class MissingConfig(AppConfig):
    name = "leeward.missing"
    label = "missing"

    def ready(self) -> None:
        """Hand missing episodes to readings and to the timeline."""
        # Models can only be imported once every app is loaded; this is Django's own moment for it.
        import_module("leeward.missing.register")
