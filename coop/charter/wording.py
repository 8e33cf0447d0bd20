"""The value of an article as people say it: "15 days", "more than half", "at least two thirds"."""

from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from coop.charter.kinds import Article, Kind, Unit, Value, fraction


def value_in_words(article: Article, value: Value, *, currency: str = "") -> str:
    """In the language that is active. `currency` is the code shown behind money."""
    match article.kind:
        case Kind.FLAG:
            return gettext("yes") if value else gettext("no")
        case Kind.CHOICE | Kind.CHOICES:
            chosen = str(value).split(",")
            words = [gettext(choice.words) for choice in article.choices if choice.code in chosen]
            return "; ".join(words) or gettext("none")
        case Kind.FRACTION:
            return share_in_words(article, str(value))
        case Kind.PERCENT:
            return gettext("%(number)s %%") % {"number": value}
        case Kind.MONEY:
            amount = Decimal(f"{Decimal(value).normalize():f}")
            return f"{number_format(amount, force_grouping=True)} {currency}".strip()
    return _counted(article.unit, int(value))


def share_in_words(article: Article, share: str) -> str:
    """A majority or quorum of 1/2 is more than half; the pay ratio is a plain ratio."""
    if article.key == "pay_ratio":
        return gettext("%(share)s to 1") % {"share": _decimal(share)}
    return majority_in_words(share)


def majority_in_words(majority: str) -> str:
    """ "1/2" -> "more than half"; "2/3" -> "at least two thirds"; what nobody says in words, in figures."""
    named = {
        "1/10": gettext("at least a tenth"),
        "1/5": gettext("at least a fifth"),
        "1/4": gettext("at least a quarter"),
        "1/3": gettext("at least a third"),
        "1/2": gettext("more than half"),
        "2/3": gettext("at least two thirds"),
        "3/5": gettext("at least three fifths"),
        "3/4": gettext("at least three quarters"),
        "4/5": gettext("at least four fifths"),
        "1/1": gettext("all"),
    }
    share = Fraction(majority)
    return named.get(
        f"{share.numerator}/{share.denominator}", gettext("at least %(share)s") % {"share": majority}
    )


def _decimal(share: str) -> str:
    """As a decimal number where that is exact, else as the fraction it is."""
    exact = fraction(share)
    number = Decimal(exact.numerator) / Decimal(exact.denominator)
    return number_format(number.normalize()) if Fraction(number) == exact else share


def _counted(unit: Unit, number: int) -> str:
    words = {
        Unit.MINUTES: ngettext("%(number)d minute", "%(number)d minutes", number),
        Unit.HOURS: ngettext("%(number)d hour", "%(number)d hours", number),
        Unit.DAYS: ngettext("%(number)d day", "%(number)d days", number),
        Unit.WEEKS: ngettext("%(number)d week", "%(number)d weeks", number),
        Unit.MONTHS: ngettext("%(number)d month", "%(number)d months", number),
        Unit.PEOPLE: ngettext("%(number)d person", "%(number)d people", number),
        Unit.MEETINGS: ngettext("%(number)d meeting", "%(number)d meetings", number),
        Unit.DEGREES: ngettext("%(number)d degree of kinship", "%(number)d degrees of kinship", number),
        Unit.TIMES: ngettext("%(number)d time", "%(number)d times", number),
    }
    return words.get(unit, "%(number)d") % {"number": number}
