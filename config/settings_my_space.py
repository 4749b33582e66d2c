"""Settings of the process that serves My space, and nothing else (ADR 40)."""

from config import settings
from config.my_space import changed, installed
from config.settings import *  # noqa: F403

INSTALLED_APPS = installed(settings.INSTALLED_APPS)
globals().update(changed(vars(settings)))
