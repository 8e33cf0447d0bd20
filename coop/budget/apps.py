from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "coop.budget"
    default_auto_field = "django.db.models.BigAutoField"
