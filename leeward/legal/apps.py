from importlib import import_module

from django.apps import AppConfig


class LegalConfig(AppConfig):
    name = "leeward.legal"
    label = "legal"

    def ready(self) -> None:
        """Let observations open duties and readings see their answers; name its notices."""
        # Models can only be imported once every app is loaded; this is Django's own moment for it.
        import_module("leeward.legal.register")
        import_module("leeward.legal.kinds")
