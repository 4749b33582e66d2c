from importlib import import_module

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "leeward.administration"
    label = "administration"

    def ready(self) -> None:
        """Say what its notices are called."""
        # A kind needs the models of notices, which are there once every app is loaded.
        import_module("leeward.administration.kinds")
