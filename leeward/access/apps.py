from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "leeward.access"
    label = "access"
