from importlib import import_module

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "leeward.disclosures"
    label = "disclosures"

    def ready(self) -> None:
        """Tell keeping what goes when a file goes, and close what an ended consent opened."""
        # Models can only be imported once every app is loaded; this is Django's own moment for it.
        import_module("leeward.disclosures.register")
