from importlib import import_module

from django.apps import AppConfig


class ResidencesConfig(AppConfig):
    name = "leeward.residences"
    label = "residences"

    def ready(self) -> None:
        """Hand what keeping must erase to keeping."""
        # Models can only be imported once every app is loaded; this is Django's own moment for it.
        import_module("leeward.residences.register")
