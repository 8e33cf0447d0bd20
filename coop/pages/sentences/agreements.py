"""What is told about the collective agreement while it is written. Codes and parameters come from the rules."""

from typing import Any

from django.utils.translation import gettext_lazy

SENTENCES: dict[str, Any] = {
    # who
    "not-of-the-commission": gettext_lazy("Only who sits in it does this: %(body)s."),
    "written-by-a-commission": gettext_lazy(
        "An agreement is written by a commission; this body is none: %(body)s."
    ),
    "not-its-writer": gettext_lazy("%(name)s writes this article, and nobody else."),
    "writer-of-the-commission": gettext_lazy(
        "%(name)s does not sit in the commission, so another has to write it."
    ),
    "writes-it-already": gettext_lazy("%(name)s writes it already."),
    # when
    "agreement-ends-before-it-begins": gettext_lazy("It would end before it begins."),
    "agreement-too-far": gettext_lazy("That day is more than ten years away."),
    "agreement-adopted": gettext_lazy("%(label)s has been adopted: its words stay as they were voted."),
    "agreement-laid-before": gettext_lazy(
        "It is before the assembly (%(label)s): its words are changed by amendments only."
    ),
    "comment-day-over": gettext_lazy("The last day for comments cannot be over already: %(day)s."),
    "comments-closed": gettext_lazy("Comments were taken until %(day)s."),
    "agreement-code-taken": gettext_lazy("There is an agreement %(label)s already."),
    # articles and comments
    "too-many-articles": gettext_lazy("An agreement has at most %(most)s articles."),
    "article-without-words": gettext_lazy("The article has no words yet."),
    "article-too-long": gettext_lazy("An article has at most %(most)s letters."),
    "article-says-so": gettext_lazy("It says exactly this already."),
    "open-question-is-asked": gettext_lazy("Say what the question is."),
    "state-is-so-already": gettext_lazy("That is where it stands already."),
    "comment-without-words": gettext_lazy("Write what you want to say."),
    "comment-said-already": gettext_lazy("You have said this here already; it counts once."),
    "step-stands-already": gettext_lazy("This stands on that day already."),
    "step-is-done": gettext_lazy("It is done already."),
    # before the assembly
    "agreement-without-articles": gettext_lazy("There is no article yet."),
    "articles-without-words": gettext_lazy("These articles have no words yet: %(lines)s."),
    "articles-with-questions": gettext_lazy("In these articles a question is open: %(lines)s."),
    "written-elsewhere": gettext_lazy(
        "Its words come from the articles or numbers behind it. Throw this draft away, change them there, and begin it"
        " again."
    ),
}
