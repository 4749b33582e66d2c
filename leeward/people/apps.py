from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "leeward.people"
    label = "people"

    def ready(self) -> None:
        """Let keeping know which files are closed, and erase one."""
        # Models can only be imported once every app is loaded; this is Django's own moment for it.
        import_module("leeward.people.register")
