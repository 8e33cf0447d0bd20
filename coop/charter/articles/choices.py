"""What an article may be set to, where it is a choice: each list holds the keys and what they mean."""

from coop.charter.kinds import Choice
from coop.charter.kinds import gettext_noop as _

BASES = (
    Choice("for_against", _("the votes for and against")),
    Choice("valid", _("all votes cast")),
    Choice("present", _("those present at the moment of the vote")),
    Choice("register", _("everybody on the register")),
)
TIES = (
    Choice("not_carried", _("the proposal is not carried")),
    Choice("chair_decides", _("the chair decides")),
    Choice("lot", _("a lot drawn in public decides")),
)
TIES_OF_PERSONS = (
    Choice("runoff", _("another round between those who tie")),
    Choice("lot", _("a lot drawn in public decides")),
)
APPROVALS = (
    Choice("signatures", _("by the signatures of chair, secretary and chosen members")),
    Choice("vote", _("by a vote at a later meeting")),
)
AGENDA_EXCEPTIONS = (
    Choice("signers", _("choosing the members who sign the minutes")),
    Choice("removal", _("removing an office-holder when it follows directly from an item")),
)
QUORUM_SECOND_RULE = (
    Choice("present", _("those present, however few")),
    Choice("share", _("a share of the register")),
    Choice("number", _("a fixed number of members")),
    Choice("lower", _("the share or the number, whichever is lower")),
)
SECRET_BALLOT_ALWAYS = (
    Choice("elections", _("elections of persons")),
    Choice("recall", _("recall")),
    Choice("exclusion", _("exclusion of a member")),
)
ELECTRONIC_SECRET_VOTES = (
    Choice("off", _("never")),
    Choice("consultations", _("only in consultations")),
    Choice("all", _("in all secret votes")),
)
RECALL_BAR = (
    Choice("none", _("may stand again at once")),
    Choice("rest_of_term", _("may not stand for the rest of the term")),
    Choice("next_term", _("may not stand for the next term either")),
)
INCOMPATIBLE = (
    Choice("oversight", _("whoever audits holds no other office")),
    Choice("commission", _("whoever runs the elections holds no other office")),
    Choice("coordinators", _("a coordinator does not sit in the administrative council")),
)
VACANCY = (
    Choice("count_back", _("the papers of the election are counted again without who left")),
    Choice("by_election", _("an election for the rest of the term")),
    Choice("named", _("the auditor names somebody until the next assembly")),
)
OFFICE_PAY = (
    Choice("own_job", _("the pay of their own job")),
    Choice("reference", _("the reference pay")),
)
