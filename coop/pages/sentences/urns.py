"""What is told about the sealed urn, its key and the envelopes in it."""

from typing import Any

from django.utils.translation import gettext_lazy, ngettext_lazy

SENTENCES: dict[str, Any] = {
    "no-secret-votes-on-screens": gettext_lazy(
        "The rules of the house hold secret votes on paper only. Take the screens off this vote, or let the assembly change the rule."
    ),
    "screens-only-for-consultations": gettext_lazy(
        "The rules of the house allow secret votes on screens for consultations only. This vote decides or elects: hold it on paper."
    ),
    "register-too-small": ngettext_lazy(
        "%(people)s person is on the register. With fewer than %(floor)s, a vote on screens is not secret: hold it on paper.",
        "%(people)s people are on the register. With fewer than %(floor)s, a vote on screens is not secret: hold it on paper.",
        "people",
    ),
    "guard-fails": gettext_lazy(
        "This server is not safe enough for a secret vote: %(guard)s is “%(found)s”, and must be “%(wanted)s”."
    ),
    "server-not-safe": gettext_lazy(
        "This server may lose votes, so none opens on screens: %(guard)s is “%(found)s”, and must be “%(wanted)s”. Tell whoever runs it; on paper and by hands you can vote."
    ),
    "key-not-tested": gettext_lazy(
        "The sealed urn has no key that the trustees have tried. A key that nobody can use would lose every vote."
    ),
    "urn-secret-missing": gettext_lazy(
        "The secret of this urn is not on this server, so no envelope can be sealed. Nothing was entered; vote on paper."
    ),
    "paper-outgrew-the-urn": gettext_lazy(
        "The paper of this vote has grown since its urn was set up. Draw the vote up anew."
    ),
    "no-urn-needed": gettext_lazy("Only a secret vote on screens has a sealed urn."),
    "no-urn-yet": gettext_lazy("The sealed urn of this vote is not set up yet."),
    "urn-set-up-already": gettext_lazy("The sealed urn of this vote is set up already."),
    "trustees-three-or-five": gettext_lazy(
        "Choose three trustees, of whom any two open the urn, or five, of whom any three do. Each once."
    ),
    "keeper-of-accounts-is-no-trustee": gettext_lazy(
        "%(name)s keeps the register and hands out cards. Whoever does that keeps no code of an urn."
    ),
    "not-a-trustee": gettext_lazy("You keep no code of this urn."),
    "code-drawn-already": gettext_lazy(
        "You have drawn your code; it was shown once. If it is lost, the others may be enough; before the vote opens, the vote can also be drawn up anew."
    ),
    "codes-not-drawn": gettext_lazy("Trustees who have not drawn their code yet: %(count)s."),
    "key-file-unreadable": gettext_lazy(
        "This is not the file that a key ceremony writes, or a part of it is missing. Take the file itself."
    ),
    "codes-drawn-here": gettext_lazy("A trustee has drawn a code here already, so the key is made here too."),
    "key-for-others": gettext_lazy("The file is for %(count)s trustees, and %(named)s are named here."),
    "no-key-yet": gettext_lazy("The sealed urn has no key yet."),
    "key-made-already": gettext_lazy("The key of this urn is made already."),
    "key-tested-already": gettext_lazy("The key of this urn has been tried already, and it opens."),
    "too-few-codes": gettext_lazy("Type the codes of %(need)s trustees, neither more nor fewer."),
    "code-shown-how": gettext_lazy(
        "It did not arrive whether the code is to stand on the page or on a sheet to print. No code was drawn; press one of the two buttons."
    ),
    "codes-do-not-open": gettext_lazy("These codes do not open it. Nothing was changed."),
    "too-many-wrong-codes": gettext_lazy(
        "You have typed codes that do not open it too often. Wait %(minutes)s min before the next try, or let somebody else who has to do with this urn type them on their own screen."
    ),
    "envelope-copied": gettext_lazy(
        "This very envelope is in the urn already, and it is not yours. Nothing was entered; open the ballot again and send it from there."
    ),
    "urn-does-not-match": gettext_lazy(
        "The sealed urn does not hold as many envelopes as people are marked on the roll. Somebody with all rights over the database was at it: close nothing, count nothing, and call the commission. The vote can only be annulled."
    ),
    "destroyed-after-the-count": gettext_lazy("Codes and key are destroyed when the vote is counted."),
    "keys-destroyed-already": gettext_lazy("It is on record already that the codes were destroyed."),
    "not-of-this-house": gettext_lazy("%(name)s does not belong to this house."),
}
