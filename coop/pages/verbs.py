"""The words of every verb of the journal. The record itself is language-neutral (ruling 14); here it is told.

A test walks over every `verb="..."` of the code and asks for its sentence here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from coop.ballots.models import SealedUrn, UrnEntry
from coop.budget.models import Amendment as BudgetAmendment
from coop.decisions.models import Decision
from coop.elections.models import Petition
from coop.in_office.models import UrgentDecision
from coop.journal.models import CLOCK, Entry
from coop.meetings.models import Instruction, NoticeGiven
from coop.members.models import Mandate, Standing
from coop.production.models import Problem
from coop.proposals.models import AgreementArticle, Amendment

from . import (
    budget_kept_verbs,
    budget_verbs,
    election_verbs,
    floor_meeting_verbs,
    funds_verbs,
    in_office_verbs,
    oversight_verbs,
    production_verbs,
)

# `who` did it, `what` it was done to; everything else is a fact of the entry.
SENTENCES: dict[str, Any] = {
    **budget_kept_verbs.SENTENCES,
    **budget_verbs.SENTENCES,
    **election_verbs.SENTENCES,
    **in_office_verbs.SENTENCES,
    **floor_meeting_verbs.SENTENCES,
    **funds_verbs.SENTENCES,
    **oversight_verbs.SENTENCES,
    **production_verbs.SENTENCES,
    # the house and its people
    "cooperative-founded": _("%(who)s founded %(what)s."),
    "bylaws-adopted": _(
        "%(who)s entered the rules, %(what)s, from %(valid_from)s, adopted by: %(adopted_by)s."
    ),
    "plant-laid-out": _("%(who)s entered the departments, shifts and crews of %(what)s."),
    "member-admitted": _("%(who)s entered %(what)s in the register, from %(joined)s."),
    "standing-changed": _("%(who)s wrote a new standing of %(what)s, from %(since)s."),
    "standing-noted": _("%(who)s noted something in the record of %(what)s."),
    "member-gone": _("%(what)s is no longer of the house from %(since)s: %(status)s. Entered by %(who)s."),
    "member-posted": _("%(who)s moved %(what)s to department %(department)s from %(since)s."),
    "department-added": _("%(who)s entered the department %(what)s."),
    "crew-added": _("%(who)s entered the crew %(what)s."),
    "rota-changed": _("%(who)s changed the rota: from %(since)s a turn lasts %(every_days)s days."),
    "rota-withdrawn": _("%(who)s withdrew the rota planned from %(since)s."),
    "hours-entered": _(
        "%(who)s entered the hours of %(what)s: %(members)s of members, %(hired)s of others,"
        " %(outside)s of these outside the limit. From: %(source)s."
    ),
    "view-kept": _("%(who)s kept a view of the register for the office."),
    "view-dropped": _("%(who)s threw a view of the register away."),
    "member-corrected": _("%(who)s corrected the record of %(what)s: %(fields)s."),
    "entry-struck": _("%(who)s struck an entry in the record of %(what)s, the one from %(since)s."),
    # applications; the journal is never cleared, so it does not name who asked
    "application-made": _("An application for membership came in, number %(what)s. Entered by %(who)s."),
    "application-admitted": _(
        "Application number %(what)s was granted: member %(number)s, by: %(document)s. Entered by %(who)s."
    ),
    "application-refused": _(
        "Application number %(what)s was refused, by: %(document)s. Entered by %(who)s."
    ),
    "refusal-appealed": _("The refusal of application number %(what)s was appealed. Entered by %(who)s."),
    "application-withdrawn": _("Application number %(what)s was withdrawn. Entered by %(who)s."),
    "consent-given": _("%(who)s has asked the register office for an entry that waits for their own yes."),
    "card-issued": _("%(who)s handed out an access card for %(what)s."),
    "card-countersigned": _("%(who)s signed, as the second person, the new card of %(what)s."),
    "secret-set": _("%(who)s used the card of %(what)s and chose a secret."),
    "reset-acknowledged": _("%(who)s has read that the secret of %(what)s was replaced."),
    "codes-printed": _("%(who)s printed new codes to sign in with."),
    "passkey-added": _("%(who)s added a passkey."),
    "passkey-removed": _("%(who)s took a passkey away."),
    "kiosk-started": _("%(who)s made a device a tablet for everybody: %(what)s."),
    "kiosk-ended": _("%(who)s ended the tablet for everybody: %(what)s."),
    "sessions-ended": _("%(who)s ended everything %(what)s was signed in on."),
    "member-struck": _("%(who)s struck every entry of %(what)s: a list had entered them wrongly."),
    "intake-started": _(
        "%(who)s confirmed the list %(what)s, from: %(document)s. New: %(new)s, changed: %(changed)s, left out:"
        " %(left_out)s."
    ),
    "intake-done": _(
        "The list %(what)s is entered. Rows done: %(done)s, failed: %(failed)s. Entered by %(who)s."
    ),
    "intake-taken-back": _("%(who)s takes the list %(what)s back; rows: %(rows)s."),
    "intake-undone": _(
        "The list %(what)s is taken back. Rows undone: %(undone)s, kept because something had followed: %(kept)s."
        " Entered by %(who)s."
    ),
    "register-carried-out": _("%(who)s took the register along as a %(form)s file, with %(people)s people."),
    "version-entered": _(
        "%(who)s entered the document %(what)s, adopted by: %(adopted_by)s. It waits to be confirmed."
    ),
    "version-confirmed": _("%(who)s compared the document %(what)s with the original, and confirmed it."),
    "version-turned-down": _("%(who)s turned down the document %(what)s: %(because)s"),
    "body-created": _("%(who)s entered the body %(what)s."),
    "office-created": _("%(who)s entered the office %(what)s."),
    "mandate-entered": _(
        "%(who)s entered the mandate %(what)s from: %(document)s. It waits to be confirmed."
    ),
    "mandate-begun": _("A mandate began, %(what)s, by: %(document)s. Entered by %(who)s."),
    "mandate-confirmed": _("%(who)s confirmed the mandate %(what)s."),
    "mandate-turned-down": _("%(who)s turned down the mandate %(what)s: %(because)s"),
    "mandate-ended": _("The mandate %(what)s ended: %(ended)s. Entered by %(who)s."),
    # who stands in for whom; why somebody is away is told nowhere
    "deputy-named": _("%(who)s named a deputy, %(what)s, from %(since)s until %(until)s."),
    "deputy-ended": _("%(who)s ended that somebody stands in: %(what)s."),
    # what goes with an office; the lines are read by the two and who audits
    "handover-begun": _("%(who)s began to hand over: %(what)s. Lines: %(lines)s."),
    "handover-added": _("%(who)s added to what is handed over: %(what)s."),
    "handed-over": _("%(who)s signed as handed over: %(what)s. Lines: %(lines)s."),
    "handover-received": _("%(who)s signed as received: %(what)s. Lines: %(lines)s."),
    # what an office decided because it could not wait
    "decided-urgently": _(
        "%(who)s decided %(what)s, as %(office)s. It comes before: %(body)s, by %(due_on)s."
    ),
    "urgent-settled": _("%(what)s: %(became)s, %(meeting)s. Entered by %(who)s."),
    # questions to offices; who put a personal one is told nowhere
    "question-put": _("%(who)s put a question, %(what)s, to be answered by %(due_on)s."),
    "personal-question-put": _("A personal question was put, %(what)s, to be answered by %(due_on)s."),
    "question-answered": _("%(who)s answered the question %(what)s."),
    "answer-added": _("%(who)s added to the answer of the question %(what)s."),
    # recalls and resignations; who signed a petition is told nowhere
    "petition-filed": _(
        "%(who)s asked for a recall: %(what)s. Of %(electors)s electors, %(needed)s signatures are needed."
    ),
    "petition-joined": _("%(who)s asked for the same recall, %(what)s; it is joined to %(to)s."),
    "petition-sheet-entered": _("%(who)s entered a sheet of %(lines)s lines for %(what)s."),
    "petition-handed-in": _("%(what)s was handed in with %(lines)s lines. Entered by %(who)s."),
    "petition-verified": _(
        "%(who)s verified %(what)s: %(counts)s signatures count, %(needed)s were needed. Do not count: %(twice)s twice,"
        " %(elsewhere)s of others, %(no_vote)s without a vote, %(unknown)s unknown."
    ),
    "petition-answered": _("%(who)s answered %(what)s."),
    "petition-lapsed": _("%(what)s is without object: %(ending)s. Entered by %(who)s."),
    "recall-put-to-the-vote": _("%(who)s drew up the vote on %(what)s."),
    "recall-vote-annulled": _("The vote on %(what)s was annulled; another follows. Entered by %(who)s."),
    "recalled": _("%(what)s: recalled. %(voted)s of %(electors)s electors voted. Counted by %(who)s."),
    "not-recalled": _(
        "%(what)s: not recalled. %(voted)s of %(electors)s electors voted. Counted by %(who)s."
    ),
    "resigned": _("%(who)s resigned: %(what)s."),
    # elections
    "election-called": _(
        "%(who)s called %(what)s: %(contests)s offices, voted on %(vote_on)s. Candidates come forward until %(until)s."
    ),
    "candidate-came-forward": _("%(who)s stands: %(what)s."),
    "candidate-nominated": _("%(who)s put somebody forward: %(what)s."),
    "candidate-accepted": _("%(who)s accepted: %(what)s."),
    "candidate-sheet-entered": _(
        "%(who)s entered a sheet of %(lines)s lines, of which %(counts)s count: %(what)s."
    ),
    "candidate-stepped-back": _("%(who)s stands no longer: %(what)s."),
    "candidate-admitted": _("%(who)s put on the list, with %(signatures)s signatures: %(what)s."),
    "candidate-refused": _("%(who)s refused to list %(what)s: %(because)s"),
    "candidate-objected-to": _("%(who)s objected to %(what)s."),
    "objection-upheld": _("%(who)s upheld an objection; off the list: %(what)s. %(because)s"),
    "objection-dismissed": _("%(who)s dismissed an objection to %(what)s: %(because)s"),
    "candidates-posted": _("%(who)s posted the list of %(what)s: %(listed)s candidates."),
    "candidates-final": _(
        "The list of %(what)s is final; %(papers)s papers are drawn up. Entered by %(who)s."
    ),
    "election-paper-again": _("%(who)s drew up again the papers of %(what)s: %(papers)s."),
    "election-proclaimed": _("%(who)s proclaimed %(what)s. Elected are the members number %(elected)s."),
    "election-annulled": _("%(who)s annulled %(what)s: %(because)s"),
    "election-challenged": _("%(who)s challenged what was proclaimed, %(what)s. To be decided by %(until)s."),
    "challenge-upheld": _("%(who)s upheld the challenge %(what)s; it is repeated. %(because)s"),
    "challenge-dismissed": _("%(who)s dismissed the challenge %(what)s: %(because)s"),
    "challenge-appealed": _("%(who)s took the challenge %(what)s before the assembly."),
    "challenge-appeal-upheld": _(
        "The assembly upheld the challenge %(what)s, %(decision)s; it is repeated. Entered by %(who)s."
    ),
    "challenge-appeal-dismissed": _(
        "The assembly dismissed the challenge %(what)s, %(decision)s. Entered by %(who)s."
    ),
    "post-chosen": _(
        "Of two posts that exclude each other, %(what)s is kept; given up: %(given_up)s. By %(who)s."
    ),
    # proposals; drafts are their author's alone, so they are not named here
    "proposal-written": _("%(who)s began a draft of a proposal."),
    "proposal-rewritten": _("%(who)s went on with a draft of a proposal."),
    "proposal-published": _("%(who)s published %(what)s; it needs the support of %(support_needed)s."),
    "proposal-supported": _("%(who)s signed %(what)s."),
    "proposal-admitted": _("%(what)s is admitted: it has the support it needs, %(supporters)s signatures."),
    "proposal-fallen": _("%(what)s did not find the support it needs in time and has fallen."),
    "proposal-tabled": _("%(who)s put %(what)s on an agenda."),
    "proposal-untabled": _("%(what)s is off the agenda and waits for another meeting. Entered by %(who)s."),
    "proposal-taken-over": _("%(who)s took %(what)s over."),
    "proposal-refused": _(
        "%(what)s does not go on an agenda: %(because)s. It had %(supporters)s of %(needed)s signatures."
        " Entered by %(who)s."
    ),
    "proposal-settled": _("%(what)s is decided. Entered by %(who)s."),
    "proposal-withdrawn": _("%(who)s withdrew %(what)s."),
    "earlier-named": _("%(who)s wrote that %(what)s ends %(earlier)s, if it is carried."),
    "earlier-struck": _("%(who)s wrote that %(what)s leaves %(earlier)s alone."),
    "decision-ended": _("%(what)s is in force no longer, by %(through)s. Entered by %(who)s."),
    "decision-review-set": _("%(who)s set the day on which %(what)s is looked at again: %(due_on)s."),
    "decision-reviewed": _("%(who)s wrote what was found when %(what)s was looked at again: %(found)s"),
    "minority-stated": _("%(who)s wrote a minority statement beside %(what)s."),
    # amendments
    "amendments-in-order": _(
        "The amendments to item %(item)s of %(what)s are voted in this order: %(order)s."
    ),
    "amendments-until": _(
        "%(what)s can be amended without the leave of the meeting until %(until)s. Entered by %(who)s."
    ),
    "text-handed-over": _("The text of %(what)s is the meeting's from now on. Entered by %(who)s."),
    "amendment-submitted": _("%(who)s moved the amendment %(what)s."),
    "amendment-supported": _("%(who)s signed the amendment %(what)s."),
    "amendment-backed": _("%(who)s named the decision behind the amendment %(what)s: %(decision)s."),
    "amendment-leave-given": _(
        "The late amendment %(what)s has the leave of the meeting. Entered by %(who)s."
    ),
    "amendment-admitted": _("The amendment %(what)s will be voted. Entered by %(who)s."),
    "amendment-accepted": _("%(who)s, who moves the text, took the amendment %(what)s into it."),
    "amendment-withdrawn": _("%(who)s withdrew the amendment %(what)s."),
    "amendment-turned-down": _("%(who)s turned the amendment %(what)s down: %(because)s"),
    "common-text-agreed": _("%(who)s gave up an amendment for the common text %(what)s."),
    "amendment-replaced": _("A common text takes the place of the amendment %(what)s. Entered by %(who)s."),
    "amendments-contrary": _(
        "%(who)s declared that %(what)s and %(other)s pull against each other: %(because)s"
    ),
    "amendment-moved": _("%(who)s put %(what)s elsewhere in the order of voting: %(because)s"),
    "amendment-settled": _("The amendment %(what)s was voted: %(outcome)s. Entered by %(who)s."),
    "amendment-fallen": _("The amendment %(what)s fell: %(because)s. Entered by %(who)s."),
    "amendment-wanted": _(
        "The meeting votes on %(what)s although something contrary was carried. Entered by %(who)s."
    ),
    # the budget; a draft is its writer's alone, so it is not named here
    "budget-begun": _("%(who)s began to draw up %(what)s. Requests that returned to it: %(returned)s."),
    "budget-lines-written": _(
        "%(who)s wrote the lines of %(what)s: %(lines)s of them, income %(income)s, expense %(expense)s."
    ),
    "budget-ceiling-set": _("%(who)s set in %(what)s what department %(department)s may spend: %(amount)s."),
    "budget-published": _("%(who)s published %(what)s: amendments until %(until)s, vote on %(vote_on)s."),
    "budget-in-conciliation": _("%(who)s closed the amendments of %(what)s: conciliation begins."),
    "budget-put": _("%(who)s put %(what)s before the assembly. Amendments not put: %(not_put)s."),
    "budget-adopted": _(
        "%(what)s is adopted, by: %(decision)s. Income %(income)s, expense %(expense)s, hash %(hash)s."
    ),
    "budget-turned-down": _("%(what)s is turned down, by: %(decision)s."),
    "budget-next-text": _("%(who)s began another text after %(after)s: %(what)s."),
    "budget-running": _("%(who)s entered that the year of %(what)s runs."),
    "budget-closed": _("%(who)s closed %(what)s: income %(income)s, expense %(expense)s."),
    "budget-money-moved": _(
        "%(who)s entered a movement in %(what)s: %(amount)s from %(source)s to %(target)s, by: %(decision)s."
    ),
    "budget-month-entered": _(
        "%(who)s entered month %(month)s of %(what)s: %(lines)s lines, %(corrected)s of them corrected,"
        " from: %(source)s."
    ),
    "budget-amendment-begun": _("%(who)s began an amendment of the budget."),
    "budget-amendment-rewritten": _("%(who)s wrote a draft of an amendment of the budget anew."),
    "budget-amendment-handed-in": _("%(who)s handed in %(what)s."),
    "budget-amendment-signed": _("%(who)s signed %(what)s."),
    "budget-amendment-admitted": _("%(what)s will be voted."),
    "budget-common-text-agreed": _("%(who)s agreed that %(what)s stands for %(part)s."),
    "budget-amendment-withdrawn": _("%(who)s withdrew %(what)s."),
    "budget-amendment-remarked": _("%(who)s wrote a remark on %(what)s."),
    "budget-order-moved": _("%(what)s was put elsewhere in the order of voting: %(because)s"),
    "budget-amendment-carried": _("%(what)s was carried, by: %(decision)s."),
    "budget-amendment-not-carried": _("%(what)s was not carried: %(decision)s."),
    "budget-amendment-fell": _("%(what)s fell: %(fell)s."),
    "budget-amendment-wanted": _("The meeting wants to vote on %(what)s all the same."),
    # pay: nobody's amount
    "pay-scale-entered": _(
        "%(who)s entered a pay scale, valid from %(valid_from)s, adopted by: %(what)s. It waits to be confirmed."
    ),
    "pay-scale-confirmed": _(
        "%(who)s compared a pay scale with the decision that adopted it, %(what)s, and confirmed it."
    ),
    "pay-scale-turned-down": _("%(who)s turned down a pay scale adopted by %(what)s: %(because)s"),
    "pay-month-entered": _(
        "%(who)s entered the pay of %(people)s people for %(what)s: highest to lowest %(ratio)s, ceiling %(ceiling)s."
    ),
    # the collective agreement
    "agreement-begun": _(
        "%(who)s entered that %(commission)s writes an agreement, %(what)s, by the mandate: %(mandate)s."
    ),
    "agreement-set": _(
        "%(who)s wrote from when to when %(what)s shall hold: from %(since)s to %(ends_on)s; and how it is voted."
    ),
    "article-added": _("%(who)s added an article, %(what)s, which %(writer)s writes."),
    "article-handed-on": _("%(writer)s writes %(what)s from now on. Entered by %(who)s."),
    "article-written": _("%(who)s wrote %(what)s, version %(version)s."),
    "article-stands": _("%(what)s stands so: %(stands)s. Entered by %(who)s."),
    "article-commented": _("%(who)s commented on %(what)s."),
    "agreement-step": _("%(who)s wrote in the timetable of %(what)s: %(told)s, %(due_on)s."),
    "agreement-step-done": _("Done in the timetable of %(what)s: %(told)s. Entered by %(who)s."),
    "agreement-laid-before": _("%(who)s laid %(what)s before the assembly, with %(articles)s articles."),
    "agreement-adopted": _(
        "%(what)s was adopted by %(decision)s and holds from %(since)s. Entered by %(who)s."
    ),
    "agreement-ended": _("%(what)s ended on %(ends_on)s, when %(through)s began. Entered by %(who)s."),
    # meetings
    "last-number-entered": _(
        "%(who)s entered that the book ends with %(what)s: %(source)s. It waits to be confirmed."
    ),
    "last-number-confirmed": _("%(who)s confirmed that the book ends with %(what)s: %(source)s."),
    "last-number-turned-down": _("%(who)s turned down that the book ends with %(what)s: %(because)s"),
    "meeting-prepared": _("%(who)s began to prepare a meeting: %(what)s."),
    "item-added": _("%(who)s put an item on the agenda of %(what)s: %(title)s."),
    "item-removed": _("%(who)s took an item off the agenda of %(what)s: %(title)s."),
    "item-changed": _("%(who)s changed an item on the agenda of %(what)s: %(title)s."),
    "item-moved": _("%(who)s put the agenda of %(what)s in another order: %(title)s is number %(item)s."),
    "late-item-added": _(
        "%(who)s put an item that members asked for on the agenda of %(what)s after the notice: %(title)s."
    ),
    "meeting-prepared-in-series": _("The next meeting of a series was prepared: %(what)s."),
    "meeting-corrected": _("%(who)s put the draft of %(what)s right."),
    "meeting-convened-late": _(
        "%(who)s convened %(what)s, too late for the days of notice: it opens only when everybody on the register has"
        " come. From now on the agenda is closed."
    ),
    "notice-given": _(
        "The notice of %(what)s went out: %(channel)s, %(where)s, by member %(member)s. Entered by %(who)s."
    ),
    "item-owed": _("The rules put %(what)s on the next agenda of %(body)s."),
    "item-taken-up": _("%(what)s takes up, as the rules ask: item %(item)s, %(title)s."),
    "request-begun": _("%(who)s began to collect signatures for %(what)s, in %(body)s; it needs %(needed)s."),
    "request-reached": _("%(what)s, asked of %(body)s, has enough signatures: %(signed)s."),
    "request-withdrawn": _("%(who)s withdrew %(what)s, asked of %(body)s."),
    "series-begun": _(
        "%(who)s began a series of meetings: %(what)s, every %(every_days)s days from %(first_on)s."
    ),
    "series-ended": _("%(who)s ended the series of meetings %(what)s."),
    "holiday-entered": _("%(who)s entered a holiday: %(what)s."),
    "holiday-struck": _("%(who)s struck a holiday: %(what)s."),
    "meeting-convened": _("%(who)s convened %(what)s. From now on the agenda is closed."),
    "meeting-cancelled": _("%(who)s cancelled %(what)s."),
    "register-drawn": _(
        "The register of voters was drawn, %(what)s, with %(size)s names. Entered by %(who)s."
    ),
    "claim-made": _(
        "%(who)s entered a claim against the register of voters %(what)s, about member %(member)s."
    ),
    "claim-granted": _(
        "%(who)s granted the claim about member %(member)s against the register of voters %(what)s."
    ),
    "claim-refused": _(
        "%(who)s refused the claim about member %(member)s against the register of voters %(what)s."
    ),
    "register-final": _("The register of voters %(what)s is final, with %(size)s names. Entered by %(who)s."),
    "checked-in": _("Member %(member)s checked in at %(what)s. Entered by %(who)s."),
    "came-back": _("Member %(member)s came back to %(what)s. Entered by %(who)s."),
    "went-out": _("Member %(member)s left %(what)s. Entered by %(who)s."),
    "sitting-opened": _(
        "%(who)s opened sitting %(sitting)s of %(what)s: %(present)s present, %(needed)s needed."
    ),
    "sitting-closed": _(
        "%(who)s closed sitting %(sitting)s of %(what)s; %(present)s with a vote were present."
    ),
    "sitting-not-held": _(
        "Sitting %(sitting)s of %(what)s was not held; %(present)s with a vote had come. Entered by %(who)s."
    ),
    "item-called": _("%(who)s called item %(item)s of %(what)s, sitting %(sitting)s."),
    "item-ended": _("%(who)s ended item %(item)s of %(what)s, sitting %(sitting)s."),
    "floor-given": _("Member %(member)s had the floor on item %(item)s of %(what)s. Entered by %(who)s."),
    "floor-given-unnamed": _(
        "Somebody who is not named had the floor on item %(item)s of %(what)s. Entered by %(who)s."
    ),
    "order-moved": _(
        "A motion of order by member %(member)s on item %(item)s of %(what)s. Entered by %(who)s."
    ),
    "result-announced": _(
        "The hall was told the result of item %(item)s of %(what)s: decision %(decision)s. Entered by %(who)s."
    ),
    "sitting-paused": _("Sitting %(sitting)s of %(what)s rests. Entered by %(who)s."),
    "sitting-goes-on": _("Sitting %(sitting)s of %(what)s goes on. Entered by %(who)s."),
    "off-agenda-noted": _(
        "Raised by member %(member)s at %(what)s and not on the agenda: %(title)s. Entered by %(who)s."
    ),
    "signers-named": _("Chosen to sign the minutes of %(what)s: members %(members)s. Entered by %(who)s."),
    "note-written": _("%(who)s wrote in the minutes of %(what)s, item %(item)s."),
    "meeting-closed": _("%(who)s closed %(what)s."),
    "minutes-closed": _("%(who)s circulated the minutes of %(what)s; their text is fixed."),
    "minutes-objection": _("%(who)s objected to the minutes of %(what)s (entry %(entry)s)."),
    "minutes-dissent": _("%(who)s wrote a dissent under the minutes of %(what)s (entry %(entry)s)."),
    "minutes-finding": _("%(who)s answered an objection to the minutes of %(what)s (entry %(entry)s)."),
    "minutes-correction": _("%(who)s entered a correction to the minutes of %(what)s (entry %(entry)s)."),
    "minutes-signed": _("%(who)s signed the minutes of %(what)s."),
    "minutes-approved": _("The minutes of %(what)s were approved in %(in)s. Entered by %(who)s."),
    "minutes-not-approved": _("The minutes of %(what)s were not approved in %(in)s. Entered by %(who)s."),
    "minutes-sealed": _("%(who)s sealed the minutes of %(what)s, number %(book_number)s of the book."),
    "minutes-copied": _(
        "%(who)s noted that the minutes of %(what)s were copied into the stamped book (entry %(entry)s)."
    ),
    "minutes-sent": _(
        "%(who)s noted that the minutes of %(what)s were sent to the public authority (entry %(entry)s)."
    ),
    "minutes-challenged": _("%(who)s noted that the minutes of %(what)s are challenged (entry %(entry)s)."),
    "phrase-added": _("%(who)s added a phrase for minutes: %(title)s."),
    "phrase-retired": _("%(who)s retired a phrase for minutes: %(title)s."),
    # councils
    "instruction-given": _(
        "%(department)s told its delegates on item %(item)s of %(what)s: %(instruction)s. Entered by %(who)s."
    ),
    "reported-back": _("%(who)s told those who sent them about %(what)s."),
    "table-begun": _("%(who)s set up a working table of %(body)s, %(what)s, until %(ends_on)s."),
    "table-ended": _("%(who)s handed in the report of the working table %(what)s; it is over."),
    # actions agreed
    "action-agreed": _("Agreed: %(what)s. Member %(member)s, by %(due_on)s. Entered by %(who)s."),
    "action-done": _("%(who)s entered that it is done: %(what)s."),
    "action-moved": _("%(who)s moved to another day, %(due_on)s: %(what)s."),
    "action-handed-over": _("%(who)s handed over to member %(member)s: %(what)s."),
    "action-reopened": _("%(who)s opened again: %(what)s."),
    "action-dropped": _("%(who)s dropped: %(what)s."),
    # votes; that somebody voted is never written here
    "ballot-drawn-up": _("%(who)s drew up the ballot %(what)s."),
    "ballot-redrawn": _("%(who)s drew the ballot %(what)s up anew; the draft before it was thrown away."),
    "ballot-opened": _("%(who)s opened the vote %(what)s, with %(roll)s on the register."),
    "ballot-closed": _("The vote %(what)s was closed by %(who)s; %(voted)s had voted."),
    "ballot-counted": _("The vote %(what)s was counted. Entered by %(who)s."),
    "boxes-made": _("%(who)s entered the boxes of the vote %(what)s: %(boxes)s."),
    "box-recorded": _("%(who)s wrote in the record of %(box)s for the vote %(what)s: %(step)s."),
    "tellers-named": _("%(who)s named tellers for the vote %(what)s: members %(members)s."),
    "sheet-entered": _(
        "%(who)s counted for the vote %(what)s and handed in a sheet: %(place)s, count %(attempt)s."
    ),
    "sheets-confirmed": _("%(who)s confirmed two equal sheets for the vote %(what)s: %(place)s."),
    "moved-to-hands": _(
        "%(who)s had those who had not voted yet, %(people)s people, raise their hands for: %(what)s."
    ),
    "sitting-adjourned": _(
        "%(who)s adjourned sitting %(sitting)s of %(what)s; it goes on as sitting %(next)s on %(hour)s."
    ),
    "meeting-without-quorum": _("%(who)s closed %(what)s: no sitting found a quorum. Its items wait again."),
    "named-for-the-day": _(
        "Sitting %(sitting)s of %(what)s named member %(member)s for the day: %(power)s. Written down by %(who)s."
    ),
    "put-on-watch": _(
        "Member %(member)s is on watch during sitting %(sitting)s of %(what)s. Written down by %(who)s."
    ),
    "people-counted": _(
        "In sitting %(sitting)s of %(what)s people were counted: %(present)s present, %(needed)s needed. By %(who)s."
    ),
    "stepped-aside": _(
        "Member %(member)s stepped aside on item %(item)s of %(what)s. Written down by %(who)s."
    ),
    "stepped-in-again": _(
        "Member %(member)s does not step aside on item %(item)s of %(what)s any more. Written down by %(who)s."
    ),
    "ballot-rests": _(
        "Sitting %(sitting)s has voted on %(what)s: %(voted)s of %(present)s present."
        " It is counted after the last sitting. By %(who)s."
    ),
    "count-demanded": _("%(who)s asked for a count of the vote %(what)s."),
    "carried-by-acclamation": _(
        "%(what)s was carried by acclamation before %(present)s with a vote; nobody asked for a count. By %(who)s."
    ),
    "urn-set-up": _(
        "%(who)s set up the sealed urn of the vote %(what)s. Its codes are kept by: %(trustees)s; any %(need)s open it."
    ),
    "urn-code-drawn": _("%(who)s drew a code of the sealed urn of the vote %(what)s."),
    "urn-key-made": _(
        "%(who)s had the key of the sealed urn of the vote %(what)s made and divided: %(made_by)s."
    ),
    "urn-key-tested": _(
        "The key of the sealed urn of the vote %(what)s was tried with the codes of: %(trustees)s."
    ),
    "urn-codes-refused": _("%(who)s typed codes that do not open the sealed urn of the vote %(what)s."),
    "urn-opened": _(
        "The sealed urn of the vote %(what)s was opened with the codes of: %(trustees)s."
        " Envelopes: %(envelopes)s, unreadable: %(unreadable)s."
    ),
    "urn-keys-destroyed": _(
        "%(who)s entered that codes and key of the vote %(what)s were destroyed: %(note)s"
    ),
    "part-from-paper": _(
        "%(who)s typed in that sitting %(sitting)s voted on %(what)s on paper, from: %(source)s."
    ),
    "vote-from-paper": _("%(who)s typed in that %(what)s was voted on paper, from: %(source)s."),
    "tie-decided": _("%(what)s was a tie; %(who)s, who chairs, decided: %(choice)s."),
    "candidate-withdrew": _("%(name)s stepped back from the vote %(what)s. Entered by %(who)s."),
    "lot-drawn": _(
        "%(who)s drew a lot for the vote %(what)s before members %(witnesses)s; what fell: %(seed)s."
    ),
    "ballot-annulled": _("%(who)s annulled the vote %(what)s: %(because)s"),
    "put-to-the-vote": _("%(who)s put %(what)s to the vote."),
    "decided": _("Decided: %(what)s. %(outcome)s. Entered by %(who)s."),
    "decision-copied": _("%(who)s copied the decision %(what)s from: %(source)s. It waits to be confirmed."),
    "decision-copy-confirmed": _(
        "%(who)s compared the decision %(what)s with: %(source)s, and confirmed it."
    ),
    "decision-copy-turned-down": _("%(who)s turned down the copy of the decision %(what)s: %(because)s"),
    "vote-annulled": _("The vote on %(what)s was annulled by %(who)s: %(because)s"),
    # the shop floor; a problem is named by its number only
    "area-added": _("%(who)s entered the place %(what)s of department %(department)s."),
    "area-closed": _("%(who)s entered that the place %(what)s of department %(department)s was given up."),
    "problem-raised": _("%(who)s raised the problem %(what)s in %(department)s, priority: %(priority)s."),
    "problem-raised-unnamed": _(
        "The problem %(what)s in %(department)s was raised without a name, priority: %(priority)s."
    ),
    "problem-photographed": _("%(who)s added a photo to %(what)s."),
    "problem-answered": _("%(who)s answered the problem %(what)s."),
    "problem-priority": _("%(who)s gave %(what)s another priority: %(priority)s."),
    "problem-taken-up": _("%(who)s took up the problem %(what)s."),
    "problem-solved": _("%(who)s said that %(what)s is solved; it waits to be confirmed."),
    "problem-not-solved": _("%(who)s said that %(what)s is not solved."),
    "problem-verified": _("%(who)s confirmed that %(what)s is solved."),
    "problem-reopened": _("%(who)s said that %(what)s came back."),
    "problem-sent-up": _("%(who)s sent %(what)s up, to: %(level)s."),
    "problem-came-down": _("%(who)s answered %(what)s, and sent it down to: %(level)s."),
    "problem-joined": _("%(who)s joined %(what)s to %(to)s: it is the same."),
    "problem-parted": _("%(who)s took %(what)s apart again from the other one."),
    "problem-to-conduct": _("%(who)s moved %(what)s from the list to the procedure on conduct."),
    "problems-gone-through": _(
        "%(what)s met (%(meeting)s), with %(number)s problems before it. Left long enough to go up: %(risen)s."
    ),
    "line-stopped": _("%(who)s stopped the line because of %(what)s."),
    "line-stopped-unnamed": _("The line was stopped because of %(what)s, without a name."),
    "line-made-safe": _("%(who)s said that the line of %(what)s may run again; another person looks."),
    "line-lifted": _("%(who)s lifted the stop because of %(what)s."),
    "handover-asks": _("The sheet of %(what)s asks from now on: %(question)s Entered by %(who)s."),
    "handover-asks-no-more": _("The sheet of %(what)s asks no more: %(question)s Entered by %(who)s."),
    "shift-handed-over": _("%(who)s handed over %(what)s after the shift %(shift)s of %(day)s."),
    "shift-left-to-nobody": _(
        "%(who)s left the sheet of %(what)s after the shift %(shift)s of %(day)s; nobody came to take over."
    ),
    "shift-taken-over": _("%(who)s took over %(what)s after the shift %(shift)s of %(day)s."),
    "product-added": _("%(who)s entered the product %(what)s, %(code)s, counted in %(unit)s."),
    "plan-entered": _(
        "%(who)s entered the plan of %(what)s from month %(month)s of %(year)s: %(target)s, by: %(decision)s."
    ),
    "plan-confirmed": _(
        "%(who)s compared the plan of %(what)s for %(year)s with %(decision)s and confirmed it."
    ),
    "plan-turned-down": _("%(who)s turned down the plan of %(what)s for %(year)s: %(because)s"),
    "output-entered": _("%(who)s entered the output of %(what)s in month %(month)s of %(year)s: %(amount)s."),
    "output-corrected": _(
        "%(who)s corrected the output of %(what)s in month %(month)s of %(year)s: %(amount)s. Why: %(because)s"
    ),
    "cost-sheet-entered": _("%(who)s entered what a unit of %(what)s costs: %(total)s."),
    "prices-entered": _("%(who)s entered %(number)s prices of %(what)s, from %(since)s."),
    "prices-confirmed": _(
        "%(who)s compared the prices with %(what)s and confirmed them. They hold from %(since)s."
    ),
    "prices-turned-down": _("%(who)s turned down the prices of %(what)s: %(because)s"),
    "sale-written": _(
        "%(who)s wrote down a sale to %(what)s: %(product)s at %(price)s, list price %(listed)s."
        " It waits for a second signature."
    ),
    "sold": _("%(who)s signed %(what)s as the second: %(product)s to %(buyer)s at %(price)s."),
    "sold-under-list": _(
        "%(who)s signed %(what)s as the second: %(product)s to %(buyer)s at %(price)s,"
        " under the list price of %(listed)s."
    ),
    "sale-refused": _("%(who)s refused the sale to %(what)s: %(because)s"),
    "gift-entered": _("%(who)s entered a gift to member %(member)s, from %(giver)s: %(what)s."),
    "kin-contract-entered": _(
        "%(who)s entered a contract with %(what)s, close to member %(member)s, by: %(decision)s."
    ),
}

# What the register says of a person, as the journal and the page of the person name it.
PERSON_FIELDS: dict[str, Any] = {
    "name": _("name"),
    "born": _("date of birth"),
    "joined": _("day of joining"),
    "founder": _("founder"),
    "job": _("work"),
    "area": _("place of work"),
    "language": _("language"),
    "contact": _("how to reach"),
    "phone": _("telephone"),
    "support": _("needs"),
}

_DAYS = {
    "begins_on",
    "day",
    "due_on",
    "ends_on",
    "first_on",
    "joined",
    "since",
    "valid_from",
    "closes_on",
    "until",
    "vote_on",
}
_LABELS: dict[str, Mapping[str, Any]] = {
    "status": dict(Standing.Status.choices),
    "outcome": dict(Decision.Outcome.choices),
    "because": dict(Amendment.Because.choices),
    "became": dict(UrgentDecision.State.choices),
    "fell": dict(BudgetAmendment.Because.choices),
    "stands": dict(AgreementArticle.State.choices),
    "channel": dict(NoticeGiven.Channel.choices),
    "ended": dict(Mandate.Ended.choices),
    "ending": dict(Petition.Ending.choices),
    "instruction": dict(Instruction.Choice.choices),
    "step": dict(UrnEntry.Kind.choices),
    "made_by": dict(SealedUrn.MadeBy.choices),
    "priority": dict(Problem.Priority.choices),
    "level": dict(Problem.Level.choices),
}


class _Facts(dict[str, str]):
    """A fact an old entry does not carry is left open instead of breaking the page."""

    def __missing__(self, key: str) -> str:
        return "…"


def tell(entry: Entry, *, address: str = "") -> SafeString:
    """One entry as one sentence, the thing it is about linked where it has a page. An unknown verb is not hidden."""
    sentence = SENTENCES.get(entry.verb, "%(who)s: " + entry.verb.replace("%", "%%") + ", %(what)s.")
    values = _Facts((key, escape(_read(key, value))) for key, value in entry.facts.items())
    values["who"], values["what"] = escape(_who(entry)), escape(entry.subject_label)
    if address:
        values["what"] = format_html('<a href="{}">{}</a>', address, entry.subject_label)
    return mark_safe(escape(str(sentence)) % values)  # noqa: S308 every part is escaped above


def _who(entry: Entry) -> str:
    return gettext("the clock") if entry.actor_id == CLOCK.id else entry.actor_name


def _read(key: str, value: Any) -> str:
    reader = _READERS.get(key)
    if reader:
        return reader(value)
    if key in _LABELS:
        return str(_LABELS[key].get(value, value))
    if key in _DAYS:
        return _day(value)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)


def _day(value: Any) -> str:
    day = parse_date(str(value)[:10])
    return date_format(day, "DATE_FORMAT") if day else str(value)


def _people(value: Any) -> str:
    number = int(value)
    return ngettext("%(number)d person", "%(number)d people", number) % {"number": number}


def _fields(value: Any) -> str:
    return ", ".join(str(PERSON_FIELDS.get(one, one)) for one in value)


_READERS: dict[str, Callable[[Any], str]] = {"support_needed": _people, "fields": _fields}
