"""What is told about asking to become a member. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    "no-document": gettext_lazy("Name the document this comes from: book and page, or the act."),
    "no-number": gettext_lazy("Give the number under which they will stand in the register."),
    "before-the-founding": gettext_lazy("The co-operative was founded on %(day)s; nobody joined before."),
    "appeal-too-late": gettext_lazy("The days to appeal were over on %(day)s."),
    "appeal-decided-by-another": gettext_lazy(
        "That is the document under appeal. Another body decides on an appeal; name its document."
    ),
    "own-application": gettext_lazy("Nobody decides on their own application."),
    "applied-in-the-future": gettext_lazy("That day is still to come."),
    "member-already": gettext_lazy("%(name)s is a member already."),
    "application-waits-already": gettext_lazy("An application of this person waits already."),
    "application-decided": gettext_lazy("This application is settled. State: %(state)s."),
    "decided-in-the-future": gettext_lazy("A decision cannot be entered before its day."),
    "decided-before-it-was-asked": gettext_lazy("That is before the day on the paper: %(day)s."),
    "refused-without-reasons": gettext_lazy("Write the reasons; the applicant has a right to read them."),
    "no-refusal-to-appeal": gettext_lazy("There is no refusal that could be appealed."),
    "appeal-without-words": gettext_lazy("Write what the appeal says."),
}
