from django.apps import AppConfig


class PracticeDeskConfig(AppConfig):
    name = "leeward.practice_desk"
    label = "practice_desk"
