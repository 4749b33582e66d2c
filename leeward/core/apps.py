import gc
from importlib import import_module

from django.apps import AppConfig

# A page makes and drops some thousands of objects, in no circle but a few: looking for circles as
# often as Python does by itself takes a tenth of its time. By objects made and not yet dropped.
LOOK_AFTER = 50_000


class CoreConfig(AppConfig):
    name = "leeward.core"
    label = "core"

    def ready(self) -> None:
        """Checks register themselves as they are imported, once settings are there."""
        import_module("leeward.core.checks")
        gc.set_threshold(LOOK_AFTER)
