from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "leeward.audit"
    label = "audit"
