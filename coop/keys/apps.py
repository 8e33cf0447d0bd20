from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "coop.keys"
    default_auto_field = "django.db.models.BigAutoField"
