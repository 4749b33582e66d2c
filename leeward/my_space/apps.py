from django.apps import AppConfig


class MySpaceConfig(AppConfig):
    name = "leeward.my_space"
    label = "my_space"
