from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    name = "leeward.observations"
    label = "observations"
