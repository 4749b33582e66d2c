from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "leeward.core"
    label = "core"

    def ready(self) -> None:
        """Checks register themselves as they are imported, once settings are there."""
        import_module("leeward.core.checks")
