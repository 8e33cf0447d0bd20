"""What is told about rules, documents, decisions, and pages in general. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "secret-missing": gettext_lazy("Give your PIN or passphrase once more. Your choice is still marked."),
    "secret-wrong": gettext_lazy("This is not your PIN or passphrase. Your choice is still marked."),
    "letters-broken": gettext_lazy("Some letters of this did not arrive whole. Please type them again."),
    "nobody-wants-a-card": gettext_lazy(
        "None of these people needs a card: all of them can sign in already."
    ),
    "too-many-cards": gettext_lazy(
        "These are %(count)s cards; at most %(most)s are printed at once. Choose a department or a crew."
    ),
    "passkey-asked-before": gettext_lazy(
        "This page is too old, or was answered already. Try once more from the new one."
    ),
    "decided-here-since": gettext_lazy(
        "%(body)s has decided here since %(day)s; what is later is no old decision."
    ),
    "decision-number-taken": gettext_lazy("Another decision is called %(label)s already."),
    "decision-number-out-of-range": gettext_lazy("The number lies between 1 and %(most)s."),
    "copy-does-not-count": gettext_lazy(
        "What this would correct does not count, or has been replaced already."
    ),
    "too-many-for-a-sheet": gettext_lazy(
        "At most %(most)s people fit on one sheet. Choose a department, or what became of the card."
    ),
    "adopted-in-the-future": gettext_lazy("That day has not come yet; only what was adopted is entered."),
    "holds-before-adopted": gettext_lazy("It cannot hold before it was adopted."),
    "holds-too-late": gettext_lazy("That is more than five years away. Look at the year again."),
    "document-empty": gettext_lazy("Give its words, or a file, or both."),
    "document-too-long": gettext_lazy("At most %(most)s characters; a longer one is entered as a file."),
    "document-only-words": gettext_lazy(
        "Line %(line)s: a document has chapters (#), articles (##), paragraphs, lists, *emphasis* and **bold**. Links, pictures, tables, quotes, code and HTML do not belong here. Put a backslash before a mark that should be read as it is."
    ),
    "version-changes-nothing": gettext_lazy("The same version, from the same day on, stands there already."),
    "file-empty": gettext_lazy("The file is empty."),
    "file-too-large": gettext_lazy("The file is larger than %(megabytes)s MB."),
    "file-kind-unknown": gettext_lazy(
        "This is no PDF, no JPEG or PNG picture and no plain text, whatever its name says. Save it as a PDF."
    ),
    "file-broken": gettext_lazy(
        "The file is damaged or not what it begins as. Save it once more and try again."
    ),
    "file-with-more-behind": gettext_lazy(
        "Behind its end the file holds something else. Save it anew, so that nothing hides in it."
    ),
    "file-acts": gettext_lazy(
        "This PDF holds a program or other files. Print it to a new PDF and take that."
    ),
    "file-locked": gettext_lazy("This PDF is locked with a password; in twenty years nobody will know it."),
    "picture-too-large": gettext_lazy("The picture has more than %(megapixels)s million points."),
    "slug-reserved": gettext_lazy("The address word %(slug)s is kept for the house itself. Take another."),
    "slug-not-plain": gettext_lazy(
        "The address word takes small letters, digits and hyphens: %(slug)s does not fit."
    ),
    "slug-taken": gettext_lazy("Another co-operative uses the address word %(slug)s."),
    "name-missing": gettext_lazy("A co-operative needs a name: %(field)s."),
    "legal-form-unknown": gettext_lazy("The legal form is one of: %(choices)s."),
    "time-zone-unknown": gettext_lazy("This is not the name of a time zone: %(time_zone)s."),
    "currency-code-not-plain": gettext_lazy("A currency code is one to eight capital letters or digits."),
    "currency-decimals-out-of-range": gettext_lazy("A currency has %(low)s to %(high)s decimals."),
    "language-unknown": gettext_lazy("This is not the code of a language: %(language)s."),
    "reference-pay-out-of-range": gettext_lazy("The reference pay is an amount of money from zero on."),
    "text-too-long": gettext_lazy("At most %(most)s characters: %(field)s."),
    "text-unreadable": gettext_lazy("There is a character in it that no text has: %(field)s."),
    "adopting-act-missing": gettext_lazy(
        "Name what adopted these rules: the founding act, or the number of the decision."
    ),
    "bylaws-change-nothing": gettext_lazy("Nothing would change."),
    "bylaws-before-the-latest": gettext_lazy(
        "Version %(version)s rules from %(since)s on; a later version cannot begin before that."
    ),
    "article-unknown": gettext_lazy("The bylaws have no article of this name: %(article)s."),
    "article-is-yes-or-no": gettext_lazy("%(article)s is a yes or a no."),
    "article-is-one-of": gettext_lazy("%(article)s is one of: %(choices)s."),
    "article-is-some-of": gettext_lazy("%(article)s is some of: %(choices)s."),
    "article-is-a-share": gettext_lazy("%(article)s is a share, written like 2/3."),
    "article-is-a-whole-number": gettext_lazy("%(article)s is a whole number."),
    "article-is-money": gettext_lazy("%(article)s is an amount of money."),
    "article-out-of-range": gettext_lazy("%(article)s lies between %(low)s and %(high)s."),
    "words-changed-meanwhile": gettext_lazy(
        "The words were changed on another screen since you opened this page. Read them again, then publish."
    ),
    "kind-without-effect": gettext_lazy(
        "What it would change is not kept here yet, so nothing would follow from the vote (%(of_kind)s). Put it forward"
        " as a motion."
    ),
    "kind-has-its-procedure": gettext_lazy(
        "Persons are elected and recalled by a procedure of their own, not by a text that is carried (%(of_kind)s)."
    ),
    "assembly-alone": gettext_lazy(
        "This binds everybody, so only the general assembly decides on it; not: %(body)s."
    ),
    "agreement-of-no-commission": gettext_lazy(
        "No commission has laid this agreement before the assembly, so nothing would be in force."
    ),
    "articles-not-by-hands": gettext_lazy(
        "Article by article is voted on screens or on paper, where each article has its line; not by hands."
    ),
    "no-rule-named": gettext_lazy("It names no article of the bylaws."),
    "too-many-rules": gettext_lazy("One proposal changes at most %(most)s articles of the bylaws."),
    "rules-from-the-past": gettext_lazy("No rule holds for days that are over."),
    "rule-is-so-already": gettext_lazy("That is its value already, or has been decided: %(article)s."),
    "values-not-amended": gettext_lazy(
        "The words of this proposal are made from its numbers, and are not amended apart from them. Put another value"
        " forward as a proposal of your own: the assembly votes on both."
    ),
    "base-needs-a-meeting": gettext_lazy(
        "This matter needs a majority of everybody present, so it can be voted only in a meeting."
    ),
    "somebody-was-faster": gettext_lazy(
        "Somebody else did this a moment earlier. Nothing was stored; load the page again and look."
    ),
    "proposal-not-tabled": gettext_lazy("It does not stand on an agenda. State: %(state)s."),
    "vote-under-way": gettext_lazy("A vote on it is under way already."),
    "two-choices": gettext_lazy("Two answers came for one question. Choose one."),
    "form-too-old-bare": gettext_lazy(
        "This form is too old or came from somewhere else. Nothing was stored. Go back, reload and send again."
    ),
    "form-too-old": gettext_lazy(
        "This form is too old or came from somewhere else. Nothing was stored. What you typed is below; go back, reload and send again."
    ),
    "decision-settled": gettext_lazy("It has been decided already: %(outcome)s."),
}
