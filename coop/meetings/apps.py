from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "coop.meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Whoever leads a sitting for the day answers there for problems too."""
        from coop.production.rules.answering import tell_who_leads_for_the_day

        from .offices import led_for_the_day

        tell_who_leads_for_the_day(led_for_the_day)
