from coop.charter.models.cooperative import Cooperative, LegalForm

__all__ = ["Cooperative", "LegalForm"]
