from importlib import import_module

from django.apps import AppConfig


class EntryConfig(AppConfig):
    name = "leeward.entry"
    label = "entry"

    def ready(self) -> None:
        """Say what its notices are called, and how everything of one person goes."""
        import_module("leeward.entry.kinds")
        import_module("leeward.entry.register")
