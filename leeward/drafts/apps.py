from importlib import import_module

from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "leeward.drafts"
    label = "drafts"

    def ready(self) -> None:
        """Say what goes by its age."""
        # Models can only be imported once every app is loaded; this is Django's own moment for it.
        import_module("leeward.drafts.register")
