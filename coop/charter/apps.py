from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "coop.charter"
    label = "charter"
    default_auto_field = "django.db.models.BigAutoField"
