from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "leeward.people"
    label = "people"
