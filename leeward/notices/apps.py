from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "leeward.notices"
    label = "notices"
