from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "leeward.drafts"
    label = "drafts"
