from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "leeward.accounts"
    label = "accounts"
