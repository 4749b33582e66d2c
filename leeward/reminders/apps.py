from importlib import import_module

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "leeward.reminders"
    label = "reminders"

    def ready(self) -> None:
        """Hand what keeping must erase to keeping, and what a copy of a file tells to requests."""
        # Models can only be imported once every app is loaded; this is Django's own moment for it.
        import_module("leeward.reminders.register")
