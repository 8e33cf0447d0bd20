from django.apps import AppConfig


class InOfficeConfig(AppConfig):
    name = "coop.in_office"
    default_auto_field = "django.db.models.BigAutoField"
