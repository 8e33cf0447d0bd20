"""What is told at the door: secrets, cards, codes, passkeys, tablets. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "too-many-tries": gettext_lazy(
        "Too many tries were wrong. Wait %(minutes)s min before the next one. On a device of your own that you have signed in on before there is no need to wait, and at the table in the hall everything can be done without signing in."
    ),
    "too-many-wrong-cards": gettext_lazy(
        "Too many codes typed from here were wrong. Wait %(minutes)s min before the next one, or scan the square on the card: that needs no wait, and neither does another connection."
    ),
    "never-signed-in": gettext_lazy("This person has never signed in, so there is nothing to end."),
    "kiosk-without-place": gettext_lazy(
        "Say where the tablet stands, so that everybody knows it by that name."
    ),
    "kiosk-over": gettext_lazy("This tablet has been ended already."),
    "no-office": gettext_lazy("Only somebody who holds an office may sign here as the second person."),
    "confirm-needs-somebody-else": gettext_lazy(
        "This needs a second person: not the one who entered it, and not the one it is about."
    ),
    "own-secret-by-somebody-else": gettext_lazy(
        "Somebody else must hand out a new card for you; nobody resets their own secret."
    ),
    "secret-too-long": gettext_lazy("At most %(most)s characters, please."),
    "secret-too-short": gettext_lazy(
        "Take %(digits)s to 12 digits, or a phrase of at least %(letters)s letters."
    ),
    "secret-easy-to-guess": gettext_lazy(
        "That is one of the first things somebody would try. Take other digits."
    ),
    "card-used": gettext_lazy("This card has been used. Ask whoever keeps the register for a new one."),
    "card-over": gettext_lazy("This card is no longer valid. Ask whoever keeps the register for a new one."),
    "card-waits-for-countersign": gettext_lazy(
        "This card replaces a secret and waits for the second signature."
    ),
    "card-needs-no-countersign": gettext_lazy("There is nothing to countersign on this card any more."),
    "cards-from-the-register-keeper": gettext_lazy(
        "Somebody is in already: from now on cards come from whoever keeps the register."
    ),
    "not-your-card": gettext_lazy("This card belongs to somebody else."),
    "has-a-secret-already": gettext_lazy(
        "Is in already. To replace a secret, make a card on the page of the person; it takes a second signature."
    ),
    "countersign-too-late": gettext_lazy(
        "It was handed out more than %(hours)s hours ago and can no longer be signed. Make another card and speak of it the same day."
    ),
    "nothing-was-replaced": gettext_lazy("No secret was replaced with this card."),
    "no-secret-yet": gettext_lazy("There is no secret yet: use your card first."),
    "passkey-without-name": gettext_lazy("Give the passkey a name, so that you know it again."),
    "enough-passkeys": gettext_lazy("You have %(most)s passkeys already; take one away first."),
    "passkey-known-already": gettext_lazy("This device has a passkey for this house already."),
    "not-your-passkey": gettext_lazy("This passkey belongs to somebody else."),
    "passkey-removed-already": gettext_lazy("This passkey has been taken away already."),
    "passkey-unknown": gettext_lazy(
        "No passkey of this house answered: it was taken away, or is older than your secret. Sign in with your number and your secret."
    ),
    "passkey-went-back": gettext_lazy(
        "The passkey counts fewer signatures than it has made: there may be a copy of it. Sign in with your secret, take it away and tell whoever keeps the register."
    ),
    "passkey-not-true": gettext_lazy(
        "The answer of the device is not one to this page: nothing was accepted. Load the page again and try once more."
    ),
    "not-of-this-cooperative": gettext_lazy("%(name)s is not a member here."),
    "standing-does-not-allow": gettext_lazy("On that day the standing does not allow it: %(status)s."),
}
