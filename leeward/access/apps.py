from django.apps import AppConfig
from django.core.checks import Tags, register

from leeward.access.checks import check_boundary


class AccessConfig(AppConfig):
    name = "leeward.access"
    label = "access"

    def ready(self) -> None:
        register(check_boundary, Tags.security, deploy=True)
