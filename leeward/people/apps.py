from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "leeward.people"
    label = "people"

    def ready(self) -> None:
        """Keep notices about a file from whoever it is locked to, and let keeping erase one."""
        # Models can only be imported once every app is loaded; this is Django's own moment for it.
        import_module("leeward.people.register")
        import_module("leeward.people.disposing")
