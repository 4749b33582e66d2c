from importlib import import_module

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "leeward.consents"
    label = "consents"

    def ready(self) -> None:
        """Tell keeping what goes when a file goes."""
        # Models can only be imported once every app is loaded; this is Django's own moment for it.
        import_module("leeward.consents.register")
