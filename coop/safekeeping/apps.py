from django.apps import AppConfig


class SafekeepingConfig(AppConfig):
    name = "coop.safekeeping"
    label = "safekeeping"
