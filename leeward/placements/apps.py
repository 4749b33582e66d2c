from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "leeward.placements"
    label = "placements"
