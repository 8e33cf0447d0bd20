from django.apps import AppConfig


class PayConfig(AppConfig):
    name = "coop.pay"
    default_auto_field = "django.db.models.BigAutoField"
