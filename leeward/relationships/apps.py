from importlib import import_module

from django.apps import AppConfig


class RelationshipsConfig(AppConfig):
    name = "leeward.relationships"
    label = "relationships"

    def ready(self) -> None:
        """Let keeping erase the circle with the file it belongs to."""
        # Models can only be imported once every app is loaded; this is Django's own moment for it.
        import_module("leeward.relationships.register")
