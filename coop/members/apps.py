from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "coop.members"
    default_auto_field = "django.db.models.BigAutoField"
