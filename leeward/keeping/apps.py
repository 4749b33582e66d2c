from importlib import import_module

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "leeward.keeping"
    label = "keeping"

    def ready(self) -> None:
        """Check the agency's own periods, and let the reasons of holds be erased with the rest."""
        # Models can only be imported once every app is loaded; this is Django's own moment for it.
        import_module("leeward.keeping.register")
