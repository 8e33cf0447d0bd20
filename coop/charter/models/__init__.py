from coop.charter.models.bylaws import Bylaws
from coop.charter.models.cooperative import Cooperative, LegalForm

__all__ = ["Bylaws", "Cooperative", "LegalForm"]
