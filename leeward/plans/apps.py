from importlib import import_module

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "leeward.plans"
    label = "plans"

    def ready(self) -> None:
        """Put steps done on the timeline."""
        # Models can only be imported once every app is loaded; this is Django's own moment for it.
        import_module("leeward.plans.register")
