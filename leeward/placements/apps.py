from importlib import import_module

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "leeward.placements"
    label = "placements"

    def ready(self) -> None:
        """Let keeping erase them with the file they belong to."""
        # Models can only be imported once every app is loaded; this is Django's own moment for it.
        import_module("leeward.placements.register")
