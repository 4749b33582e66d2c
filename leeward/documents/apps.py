from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "leeward.documents"
    label = "documents"

    def ready(self) -> None:
        """Say what a privacy officer is told of."""
        # Models can only be imported once every app is loaded; this is Django's own moment for it.
        import_module("leeward.documents.register")
