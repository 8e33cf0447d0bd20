from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "coop.meetings"
    default_auto_field = "django.db.models.BigAutoField"
