"""Every address and who may pass: one table. An address that is not in it fails.

Who passes gets an answer: a page, a redirect inside, 422 for an empty form, or 409 when the state of things forbids
it. Who does not pass is sent to sign in, or told that there is nothing there (404), or refused with the reason (409).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from coop.ballots import actions as ballots
from coop.ballots.actions import claim, draw_register, prepare
from coop.ballots.asked import Asked, Choice
from coop.ballots.models import Ballot
from coop.ballots.rules.boxes import NewBox
from coop.decisions.actions import carry_over, confirm_carried, name_earlier
from coop.documents import actions as papers
from coop.documents.models import Version
from coop.intake.actions import read_again, read_in
from coop.intake.models import Intake
from coop.intake.sheets import Row, Table
from coop.meetings import actions as meetings
from coop.meetings.actions import go_on_from_book
from coop.meetings.models import Action, AgendaItem, Meeting, Request
from coop.meetings.ways import Way
from coop.members.actions import apply, issue_card
from coop.members.actions.office_work import save_view
from coop.members.actions.rota import change_rota
from coop.members.models import Mandate, Member, Rota
from coop.pages.problems.act_table import ACTS
from coop.proposals import actions as proposals
from coop.proposals.models import Proposal
from tests import (
    make,
    make_agreement,
    make_amendments,
    make_budget,
    make_budget_round,
    make_budget_voted,
    make_council,
    make_elections,
    make_funds,
    make_in_office,
    make_offices,
    make_oversight,
    make_pay,
    make_production,
    make_production_meetings,
    make_selling,
    make_signatures,
    make_votes,
)
from tests.kept_steps import kept
from tests.pages.security_headers import faults

pytestmark = pytest.mark.django_db

PUBLIC = "anybody, signed in or not"
MEMBER = "every member"
CALLS = "who may call meetings of the body"
CHAIRS = "who chairs the body"
LEADS = "who chairs or records the body"
RECORDS = "who records the body"
DECIDES_CLAIMS = "who runs elections for the body, records or chairs it"
KEEPS = "who keeps the register"
READS_REGISTER = "who keeps the register, or audits"
TABLE = "who runs the vote, and its tellers"
RUNS = "who runs the vote"
OFFICE = "who holds an office"
CONFIRMS = "who holds an office that may confirm"
GOES_OR_AUDITS = "whose office it is, and who audits"
DECIDES_URGENT = "who may decide what cannot wait"
BINDS = "who holds an office that binds the house"
CARRIES_OVER = "who keeps the register, or records the assembly"
RUNS_KIOSKS = "who keeps the register, or records meetings"
ENDS_SESSIONS = "who keeps the register, or runs elections"
JUDGES = "who runs elections for the body"
AUTHOR = "whoever wrote it"
SORTS = "who calls or records the assembly"
SITS = "who sits in its commission"
AUTHOR_OR_SORTS = "whoever wrote it, or who calls or records the assembly"
ONESELF = "the person themselves"
ASKED = "whoever asked for it, or runs elections"
READS_NAMES = "who runs elections, or audits"
AUDITS = "who audits"
TELLS = "who was named to count this vote"
NOBODY_HERE = "nobody outside demo mode"
KEEPS_BUDGET = "who keeps the budget"
READS_APPEAL = "who keeps the register, audits, or leads the assembly"
ANSWERS = "who is asked to answer"
ANSWERS_FOR = "who answers for the department"
TELLS_OUTPUT = "who answers for a department, or keeps the budget"

GET, POST, BOTH = ("GET",), ("POST",), ("GET", "POST")

DOORS: dict[str, tuple[tuple[str, ...], str]] = {
    "doorstep": (GET, PUBLIC),
    "health": (GET, PUBLIC),
    "language": (POST, PUBLIC),
    "sign-in": (BOTH, PUBLIC),
    "sign-in-as": (POST, NOBODY_HERE),
    "sign-out": (POST, MEMBER),
    "enrol": (BOTH, PUBLIC),
    "enrol-by-code": (BOTH, PUBLIC),
    "reset-acknowledge": (POST, MEMBER),
    "sign-in-code": (BOTH, PUBLIC),
    "sign-in-passkey": (BOTH, PUBLIC),
    "codes": (BOTH, MEMBER),
    "passkeys": (BOTH, MEMBER),
    "passkey-add": (BOTH, MEMBER),
    "passkey-remove": (POST, ONESELF),
    "kiosk": (BOTH, PUBLIC),
    "kiosk-start": (BOTH, RUNS_KIOSKS),
    "kiosk-end": (BOTH, PUBLIC),
    "me-sessions": (GET, MEMBER),
    "me-session-end": (POST, MEMBER),
    "me-sessions-end-others": (POST, MEMBER),
    "member-sessions-end": (BOTH, ENDS_SESSIONS),
    "home": (GET, MEMBER),
    "bylaws": (GET, MEMBER),
    "bylaws-version": (GET, MEMBER),
    "bylaws-change": (BOTH, MEMBER),
    "journal": (GET, MEMBER),
    "members": (GET, MEMBER),
    "plant": (GET, MEMBER),
    "plant-rota": (BOTH, KEEPS),
    "plant-rota-withdraw": (POST, KEEPS),
    "plant-department-add": (BOTH, KEEPS),
    "plant-crew-add": (BOTH, KEEPS),
    "members-hired": (GET, MEMBER),
    "members-hired-hours": (BOTH, KEEPS),
    "member-letter": (GET, READS_REGISTER),
    "members-not-reached": (GET, READS_REGISTER),
    "members-not-reached-printed": (GET, READS_REGISTER),
    "import": (BOTH, KEEPS),
    "import-list": (GET, KEEPS),
    "import-columns": (POST, KEEPS),
    "import-confirm": (POST, KEEPS),
    "import-take-back": (POST, KEEPS),
    "import-drop": (POST, KEEPS),
    "export": (BOTH, READS_REGISTER),
    "members-printed": (GET, READS_REGISTER),
    "members-view-save": (POST, KEEPS),
    "members-view-drop": (POST, KEEPS),
    "member": (GET, MEMBER),
    "member-enter": (BOTH, KEEPS),
    "applications": (GET, READS_REGISTER),
    "application-write": (BOTH, KEEPS),
    "application": (GET, READS_REGISTER),  # and the applicant
    "application-admit": (BOTH, KEEPS),
    "application-refuse": (BOTH, KEEPS),
    "application-appeal": (BOTH, KEEPS),
    "application-withdraw": (BOTH, KEEPS),
    "member-ask": (BOTH, ONESELF),
    "member-move": (BOTH, KEEPS),
    "member-absence": (BOTH, KEEPS),
    "member-back": (BOTH, KEEPS),
    "member-notice": (BOTH, KEEPS),
    "member-gone": (BOTH, KEEPS),
    "member-renew": (BOTH, KEEPS),
    "member-rejoin": (BOTH, KEEPS),
    "member-suspend": (BOTH, KEEPS),
    "member-suspension-appeal": (BOTH, KEEPS),  # and the person themselves
    "member-suspension-uphold": (BOTH, KEEPS),
    "member-expel": (BOTH, KEEPS),
    "member-correct": (BOTH, KEEPS),
    "member-standing-strike": (BOTH, KEEPS),
    "member-posting-strike": (BOTH, KEEPS),
    "member-card": (POST, KEEPS),
    "member-card-countersign": (POST, OFFICE),
    "cards": (BOTH, KEEPS),
    "offices": (GET, MEMBER),
    "my-offices": (GET, MEMBER),
    "consent": (BOTH, MEMBER),
    "terms": (GET, MEMBER),
    "office-rotation": (GET, MEMBER),
    "office": (GET, MEMBER),
    "office-printed": (GET, MEMBER),
    "office-questions": (GET, MEMBER),
    "office-ask": (BOTH, MEMBER),
    "office-question": (GET, MEMBER),
    "office-question-answer": (POST, ONESELF),
    "deputy-name": (BOTH, ONESELF),
    "deputy-end": (POST, ONESELF),
    "handover": (BOTH, GOES_OR_AUDITS),
    "handover-begin": (POST, GOES_OR_AUDITS),
    "handover-sign": (POST, GOES_OR_AUDITS),
    "handover-printed": (GET, GOES_OR_AUDITS),
    "courses": (GET, MEMBER),
    "course-name": (BOTH, KEEPS),
    "course": (GET, MEMBER),
    "course-ask": (BOTH, KEEPS),
    "course-done": (BOTH, KEEPS),
    "course-printed": (GET, MEMBER),
    "course-asked-settle": (BOTH, CONFIRMS),
    "course-done-settle": (BOTH, CONFIRMS),
    "commitments": (GET, MEMBER),
    "commitment-enter": (BOTH, BINDS),
    "commitment": (GET, MEMBER),
    "commitment-second": (BOTH, BINDS),
    "commitment-refuse": (BOTH, BINDS),
    "commitment-printed": (GET, MEMBER),
    "urgent-decisions": (GET, MEMBER),
    "urgent-take": (BOTH, DECIDES_URGENT),
    "urgent": (GET, MEMBER),
    "urgent-settle": (BOTH, RECORDS),
    "urgent-printed": (GET, MEMBER),
    "case-files": (GET, MEMBER),
    "kin": (BOTH, MEMBER),
    "kin-take-back": (POST, ONESELF),
    "elections": (GET, MEMBER),
    "election": (GET, MEMBER),
    "election-call": (BOTH, JUDGES),
    "election-challenge": (BOTH, MEMBER),
    "election-days": (BOTH, JUDGES),
    "election-call-drawn-up": (POST, JUDGES),
    "election-post": (POST, JUDGES),
    "election-final": (BOTH, JUDGES),
    "election-again": (BOTH, JUDGES),
    "election-proclaim": (BOTH, JUDGES),
    "election-annul": (BOTH, JUDGES),
    "election-call-printed": (GET, MEMBER),
    "election-candidates-printed": (GET, MEMBER),
    "election-objections-printed": (GET, MEMBER),
    "election-proclamation-printed": (GET, MEMBER),
    "contest-stand": (BOTH, MEMBER),
    "contest-nominate": (BOTH, MEMBER),
    "candidature": (GET, MEMBER),
    "candidature-accept": (BOTH, ONESELF),
    "candidature-sign": (POST, MEMBER),
    "candidature-sheet-printed": (GET, MEMBER),
    "candidature-enter": (BOTH, JUDGES),
    "candidature-step-back": (BOTH, ONESELF),
    "candidature-acceptance": (BOTH, JUDGES),
    "candidature-admit": (POST, JUDGES),
    "candidature-refuse": (BOTH, JUDGES),
    "candidature-object": (BOTH, MEMBER),
    "objection-rule": (BOTH, JUDGES),
    "challenge": (GET, MEMBER),
    "challenge-decide": (POST, JUDGES),
    "challenge-appeal": (POST, ONESELF),
    "challenge-settle": (POST, JUDGES),
    "challenge-box-again": (BOTH, JUDGES),
    "challenge-printed": (GET, MEMBER),
    "vacancies": (GET, MEMBER),
    "empty-seat": (GET, MEMBER),
    "seat-count-back": (POST, JUDGES),
    "seat-name": (POST, AUDITS),
    "choose-post": (BOTH, MEMBER),
    "recalls": (GET, MEMBER),
    "recall": (GET, MEMBER),
    "recall-ask": (BOTH, MEMBER),
    "recall-sign": (POST, MEMBER),
    "recall-sheet-printed": (GET, MEMBER),
    "recall-enter": (BOTH, JUDGES),
    "recall-names": (GET, READS_NAMES),
    "recall-hand-in": (POST, ASKED),
    "recall-verify": (POST, JUDGES),
    "recall-answer": (BOTH, ONESELF),
    "recall-vote": (BOTH, JUDGES),
    "resign": (BOTH, ONESELF),
    "carried-over-mandate": (BOTH, CARRIES_OVER),
    "mandate-confirm": (POST, CONFIRMS),
    "mandate-refuse": (POST, CONFIRMS),
    "proposals": (GET, MEMBER),
    "proposal-write": (BOTH, MEMBER),
    "proposal": (GET, MEMBER),
    "proposal-rewrite": (BOTH, AUTHOR),
    "proposal-publish": (BOTH, AUTHOR),
    "proposal-support": (POST, MEMBER),
    "proposal-withdraw": (BOTH, AUTHOR),
    "proposal-take-over": (BOTH, MEMBER),
    "proposal-refuse": (BOTH, CALLS),
    "proposal-earlier": (BOTH, CALLS),
    "ending-strike": (POST, CALLS),
    "proposal-amend": (BOTH, MEMBER),
    "proposal-common": (BOTH, MEMBER),
    "proposal-block": (BOTH, SORTS),
    "proposal-versions": (GET, MEMBER),
    "proposal-order": (GET, MEMBER),
    "proposal-as-it-stands": (GET, MEMBER),
    "agreements": (GET, MEMBER),
    "agreement": (GET, MEMBER),
    "agreement-text": (GET, MEMBER),
    "agreement-printed": (GET, MEMBER),
    "agreement-begin": (BOTH, CALLS),
    "agreement-set": (BOTH, SITS),
    "agreement-step": (BOTH, SITS),
    "agreement-step-done": (POST, SITS),
    "agreement-lay-before": (BOTH, SITS),
    "article": (GET, MEMBER),
    "article-add": (BOTH, SITS),
    "article-comment": (POST, MEMBER),
    "article-hand-on": (BOTH, SITS),
    "article-state": (BOTH, SITS),
    "article-write": (BOTH, AUTHOR),
    "amendment": (GET, MEMBER),
    "amendment-printed": (GET, MEMBER),
    "amendment-amend": (BOTH, MEMBER),
    "amendment-sign": (POST, MEMBER),
    "amendment-accept": (POST, AUTHOR),
    "amendment-withdraw": (BOTH, AUTHOR),
    "amendment-turn-down": (BOTH, SORTS),
    "amendment-back": (BOTH, CALLS),
    "amendment-contrary": (BOTH, AUTHOR_OR_SORTS),
    "amendment-move": (BOTH, SORTS),
    "amendment-agree": (POST, AUTHOR),
    "meetings": (GET, MEMBER),
    "meeting-prepare": (BOTH, CALLS),
    "meeting": (GET, MEMBER),
    "item-add": (POST, CALLS),
    "item-remove": (POST, CALLS),
    "meeting-plan": (GET, MEMBER),
    "meeting-notice-printed": (GET, MEMBER),
    "meeting-notice-given": (BOTH, CALLS),
    "meeting-papers-printed": (GET, MEMBER),
    "series": (GET, MEMBER),
    "series-begin": (BOTH, CALLS),
    "series-end": (BOTH, CALLS),
    "holidays": (BOTH, CALLS),
    "holiday-strike": (POST, CALLS),
    "requests": (GET, MEMBER),
    "request-ask": (BOTH, MEMBER),
    "request": (GET, MEMBER),
    "request-sign": (POST, MEMBER),
    "request-withdraw": (POST, MEMBER),
    "meeting-correct": (BOTH, CALLS),
    "meeting-copy": (BOTH, CALLS),
    "item-change": (BOTH, CALLS),
    "item-move": (POST, CALLS),
    "meeting-convene": (BOTH, CALLS),
    "meeting-cancel": (BOTH, CALLS),
    "meeting-notice": (GET, MEMBER),
    "meeting-check-in": (POST, MEMBER),
    "meeting-coming": (BOTH, LEADS),
    "meeting-leave": (BOTH, MEMBER),
    "hall": (GET, MEMBER),
    "in-session": (BOTH, LEADS),
    "order-move": (BOTH, LEADS),
    "session-count": (BOTH, LEADS),
    "sitting-pause": (BOTH, LEADS),
    "sitting-go-on": (POST, LEADS),
    "the-floor": (BOTH, MEMBER),
    "turn-give": (POST, LEADS),
    "turn-end": (POST, LEADS),  # and whoever speaks: here Ana
    "turn-withdraw": (POST, LEADS),
    "item-call": (POST, LEADS),
    "item-end": (POST, LEADS),
    "item-announce": (POST, LEADS),
    "off-agenda": (BOTH, LEADS),
    "off-agenda-take-up": (POST, CALLS),
    "meeting-register": (GET, MEMBER),
    "attendance": (GET, LEADS),
    "sitting-open": (POST, LEADS),
    "sitting-close": (POST, LEADS),
    "meeting-signers": (POST, LEADS),
    "vote-open": (BOTH, LEADS),
    "vote-close": (BOTH, LEADS),
    "vote-rest": (POST, LEADS),
    "sitting-adjourn": (BOTH, LEADS),
    "sitting-watch": (BOTH, LEADS),
    "meeting-day-offices": (BOTH, LEADS),
    "meeting-count-people": (POST, MEMBER),
    "meeting-wall": (GET, LEADS),
    "meeting-here": (BOTH, MEMBER),
    "item-aside": (BOTH, MEMBER),
    "item-aside-others": (POST, LEADS),
    "item-aside-back": (POST, MEMBER),
    "vote-prepare": (BOTH, LEADS),
    "vote-give-up": (POST, LEADS),
    "vote-from-paper": (BOTH, LEADS),
    "item-secrecy": (POST, MEMBER),
    "meeting-close": (BOTH, LEADS),
    "action-measured": (BOTH, ONESELF),
    "shift-sheets": (GET, MEMBER),
    "shift-sheet": (GET, MEMBER),
    "shift-take": (BOTH, MEMBER),
    "shift-give": (BOTH, MEMBER),
    "shift-pad-printed": (GET, MEMBER),
    "shift-lines": (GET, MEMBER),
    "shift-line-add": (POST, ANSWERS_FOR),
    "shift-line-drop": (POST, ANSWERS_FOR),
    "meeting-problems": (GET, MEMBER),
    "meeting-problem": (GET, MEMBER),
    "meeting-problem-call": (POST, LEADS),
    "meeting-problem-leave": (POST, LEADS),
    "meeting-problem-say": (BOTH, LEADS),
    "meeting-problem-take-up": (BOTH, LEADS),
    "meeting-problem-measure": (BOTH, LEADS),
    "meeting-problem-agree": (BOTH, LEADS),
    "meeting-problem-send-up": (BOTH, LEADS),
    "meeting-problem-send-down": (BOTH, LEADS),
    "meeting-problem-solved": (BOTH, LEADS),
    "feeds": (BOTH, MEMBER),
    "feed-revoke": (POST, ONESELF),
    "feed": (GET, PUBLIC),
    "meeting-calendar": (GET, MEMBER),
    "councils": (GET, MEMBER),
    "council": (GET, MEMBER),
    "working-table-begin": (BOTH, CALLS),
    "working-table": (GET, MEMBER),
    "working-table-end": (BOTH, CALLS),
    "seat-vacate": (BOTH, RECORDS),
    "item-instruction": (BOTH, RECORDS),  # and the delegates
    "report-back": (BOTH, MEMBER),  # whoever was no delegate there is told so
    "report": (GET, MEMBER),
    "report-read": (POST, MEMBER),
    "report-printed": (GET, MEMBER),
    "my-actions": (GET, MEMBER),
    "body-actions": (GET, MEMBER),
    "action": (GET, MEMBER),
    "action-note": (BOTH, LEADS),  # and whoever has taken it on, here and below
    "action-done": (BOTH, LEADS),
    "action-move": (BOTH, LEADS),
    "action-hand-over": (BOTH, LEADS),
    "action-reopen": (BOTH, LEADS),
    "action-drop": (BOTH, RECORDS),
    "item-actions": (BOTH, LEADS),
    "minutes": (GET, MEMBER),
    "minutes-note": (BOTH, RECORDS),
    "minutes-typed": (POST, RECORDS),
    "minutes-close": (BOTH, RECORDS),
    "minutes-say": (BOTH, MEMBER),
    "minutes-finding": (BOTH, JUDGES),
    "minutes-correct": (BOTH, RECORDS),
    "minutes-after": (BOTH, RECORDS),
    "minutes-sign": (POST, MEMBER),
    "minutes-seal": (BOTH, RECORDS),
    "minutes-approve": (BOTH, LEADS),
    "minutes-pdf": (GET, MEMBER),
    "minutes-book": (GET, MEMBER),
    "minutes-markdown": (GET, MEMBER),
    "minutes-docx": (GET, MEMBER),
    "minutes-found": (GET, MEMBER),
    "phrases": (BOTH, RECORDS),
    "phrase-retire": (POST, RECORDS),
    "search": (GET, MEMBER),
    "registers": (GET, MEMBER),
    "register": (GET, MEMBER),
    "register-printed": (GET, MEMBER),
    "register-claims": (GET, MEMBER),
    "register-claim": (BOTH, MEMBER),
    "claim": (GET, MEMBER),
    "claim-decide": (POST, DECIDES_CLAIMS),
    "my-eligibility": (GET, MEMBER),
    "votes": (GET, MEMBER),
    "vote-draw-up": (BOTH, DECIDES_CLAIMS),
    "vote-office": (GET, DECIDES_CLAIMS),
    "vote-start": (POST, DECIDES_CLAIMS),
    "vote-end": (BOTH, DECIDES_CLAIMS),
    "vote-count": (POST, DECIDES_CLAIMS),
    "vote-annul": (BOTH, DECIDES_CLAIMS),
    "vote-withdraw": (BOTH, DECIDES_CLAIMS),
    "vote-redraw": (BOTH, DECIDES_CLAIMS),
    "vote-lot": (BOTH, DECIDES_CLAIMS),
    "vote-next-round": (BOTH, DECIDES_CLAIMS),
    "ballot": (BOTH, MEMBER),
    "ballot-turnout": (GET, MEMBER),
    "hands": (GET, MEMBER),
    "hands-now": (POST, LEADS),
    "hands-ask": (POST, MEMBER),
    "hands-acclaim": (POST, LEADS),
    "hands-tellers": (BOTH, RUNS),
    "hands-count": (BOTH, TELLS),
    "hands-confirm": (BOTH, LEADS),
    "urn-key": (BOTH, RUNS),  # and the trustees, here and below
    "urn-key-draw": (POST, RUNS),
    "urn-key-make": (POST, RUNS),
    "urn-key-upload": (POST, RUNS),
    "urn-key-test": (POST, RUNS),
    "urn-open": (BOTH, RUNS),
    "urn-export": (GET, RUNS),
    "urn-destroy": (BOTH, RUNS),
    "ballot-check": (BOTH, PUBLIC),
    "ballot-trackers": (GET, PUBLIC),
    "ballot-trackers-file": (GET, PUBLIC),
    "ballot-result": (BOTH, MEMBER),  # counting is for whoever runs the vote
    "ballot-result-printed": (GET, MEMBER),
    "ballot-result-csv": (GET, MEMBER),
    "ballot-bundle": (GET, MEMBER),
    "problems": (GET, MEMBER),
    "problems-file": (GET, MEMBER),
    "problem-raise": (BOTH, MEMBER),
    "problems-alike": (GET, MEMBER),
    "problems-board": (GET, MEMBER),
    "problems-board-printed": (GET, MEMBER),
    "problems-pictures": (GET, MEMBER),
    "areas": (GET, MEMBER),
    "area-add": (BOTH, KEEPS),
    "areas-printed": (GET, MEMBER),
    "area-close": (BOTH, KEEPS),
    "problem": (GET, MEMBER),
    "problem-printed": (GET, MEMBER),
    "problem-photo": (GET, MEMBER),
    # whoever is refused reads why: who answers for a place is no secret
    "problem-stop": (BOTH, MEMBER),
    "problem-made-safe": (BOTH, MEMBER),
    "problem-lift": (POST, MEMBER),
    **{f"problem-{name}": (BOTH, MEMBER) for name in ACTS},
    "budgets": (GET, MEMBER),
    "budget": (GET, MEMBER),
    "budget-begin": (BOTH, KEEPS_BUDGET),
    "budget-publish": (BOTH, KEEPS_BUDGET),
    "budget-step": (POST, KEEPS_BUDGET),
    "budget-amendment-write": (BOTH, MEMBER),
    "budget-balance": (POST, MEMBER),
    "budget-common": (BOTH, MEMBER),
    "budget-clashes": (GET, MEMBER),
    "budget-table": (GET, MEMBER),
    "budget-order": (GET, MEMBER),
    "budget-order-printed": (GET, MEMBER),
    "budget-amendments-printed": (GET, MEMBER),
    "budget-amendment": (GET, MEMBER),
    "budget-amendment-printed": (GET, MEMBER),
    "budget-amendment-rewrite": (BOTH, AUTHOR),
    "budget-amendment-amend": (BOTH, MEMBER),
    "budget-amendment-hand-in": (POST, AUTHOR),
    "budget-amendment-sign": (POST, MEMBER),
    "budget-amendment-back": (BOTH, CALLS),
    "budget-amendment-withdraw": (BOTH, AUTHOR),
    "budget-amendment-remark": (BOTH, KEEPS_BUDGET),
    "budget-part-agree": (POST, AUTHOR),
    "budget-vote": (GET, MEMBER),
    "budget-agenda": (BOTH, CALLS),
    "budget-amendment-move": (BOTH, CHAIRS),
    "budget-amendment-want": (POST, CHAIRS),
    "budget-bloc": (POST, CHAIRS),
    "budget-amendment-singly": (POST, MEMBER),
    "budget-amendment-challenge": (BOTH, MEMBER),
    "budget-challenge-answer": (BOTH, KEEPS_BUDGET),
    "budget-draw-up": (BOTH, KEEPS_BUDGET),
    "budget-lines-enter": (BOTH, KEEPS_BUDGET),
    "budget-lines-list": (GET, KEEPS_BUDGET),
    "budget-ceilings": (BOTH, KEEPS_BUDGET),
    "budget-line-change": (BOTH, KEEPS_BUDGET),
    "budget-unmet": (GET, MEMBER),
    "budget-plainly": (GET, MEMBER),
    "budget-xlsx": (GET, MEMBER),
    "budget-csv": (GET, MEMBER),
    "budget-printed": (GET, MEMBER),
    "budget-line": (GET, MEMBER),
    "budget-watched": (GET, MEMBER),
    "budget-months": (GET, MEMBER),
    "budget-month-enter": (BOTH, KEEPS_BUDGET),
    "budget-month-list": (GET, KEEPS_BUDGET),
    "budget-movements": (GET, MEMBER),
    "budget-move": (BOTH, KEEPS_BUDGET),
    "budget-movements-printed": (GET, MEMBER),
    "funds": (GET, MEMBER),
    "fund-set-up": (BOTH, KEEPS_BUDGET),
    "fund": (GET, MEMBER),
    "fund-printed": (GET, MEMBER),
    "fund-close": (POST, KEEPS_BUDGET),
    "fund-vote": (BOTH, RUNS),
    "fund-give-up": (BOTH, KEEPS_BUDGET),
    "fund-put-forward": (BOTH, MEMBER),
    "fund-project": (GET, MEMBER),
    "fund-project-rewrite": (BOTH, AUTHOR),
    "fund-project-answer": (POST, ONESELF),
    "fund-project-withdraw": (BOTH, AUTHOR),
    "fund-project-check": (BOTH, SITS),
    "fund-project-pay": (BOTH, KEEPS_BUDGET),
    # products, prices, sales
    "products": (GET, MEMBER),
    "product-add": (BOTH, KEEPS_BUDGET),
    "plan": (GET, MEMBER),
    "plan-enter": (BOTH, KEEPS_BUDGET),
    "plan-propose": (BOTH, MEMBER),
    "plan-printed": (GET, MEMBER),
    "plan-countersign": (POST, CONFIRMS),
    "plan-countersign-all": (POST, CONFIRMS),
    "output-months": (GET, MEMBER),
    "output-sign": (POST, CONFIRMS),
    "output-enter": (BOTH, TELLS_OUTPUT),
    "output-list": (GET, TELLS_OUTPUT),
    "product": (GET, MEMBER),
    "product-cost": (BOTH, KEEPS_BUDGET),
    "product-cost-printed": (GET, MEMBER),
    "plan-change": (BOTH, ANSWERS_FOR),
    "prices": (GET, MEMBER),
    "prices-enter": (BOTH, KEEPS_BUDGET),
    "prices-propose": (BOTH, MEMBER),
    "technique-propose": (BOTH, MEMBER),
    "prices-file": (GET, MEMBER),
    "price-list": (GET, MEMBER),
    "price-move": (GET, MEMBER),
    "price-move-sign": (POST, CONFIRMS),
    "price-move-enter": (BOTH, KEEPS_BUDGET),
    "price-list-countersign": (POST, CONFIRMS),
    "price-list-printed": (GET, MEMBER),
    "sales": (GET, MEMBER),
    "sale-write": (BOTH, OFFICE),
    "sales-printed": (GET, MEMBER),
    "sales-file": (GET, MEMBER),
    "sale-slip": (GET, MEMBER),
    "sale-slip-sign": (POST, OFFICE),
    "sale-slip-printed": (GET, MEMBER),
    "gifts": (GET, MEMBER),
    "gifts-enter": (BOTH, MEMBER),
    "gifts-printed": (GET, MEMBER),
    "kin-contracts": (GET, MEMBER),
    "kin-contracts-enter": (BOTH, OFFICE),
    "kin-contracts-printed": (GET, MEMBER),
    "buyer-bars": (GET, MEMBER),
    "buyer-bars-enter": (BOTH, OFFICE),
    "buyer-bars-printed": (GET, MEMBER),
    "buyer-bar-lift": (BOTH, OFFICE),
    "pledges": (GET, MEMBER),
    "pledges-enter": (BOTH, OFFICE),
    "pledges-printed": (GET, MEMBER),
    "refusals": (GET, MEMBER),
    "refusals-enter": (BOTH, OFFICE),
    "refusals-printed": (GET, MEMBER),
    "pay": (GET, MEMBER),
    "my-pay": (GET, MEMBER),
    "pay-ratio": (GET, MEMBER),
    "pay-month-enter": (BOTH, KEEPS_BUDGET),
    "pay-month-list": (GET, KEEPS_BUDGET),
    "pay-scale-enter": (BOTH, KEEPS_BUDGET),
    "pay-scale": (GET, MEMBER),
    "pay-scale-countersign": (POST, CONFIRMS),
    "pay-scale-printed": (GET, MEMBER),
    "documents": (GET, MEMBER),
    "document-enter": (BOTH, RECORDS),
    "document": (GET, MEMBER),
    "version-add": (BOTH, RECORDS),
    "version": (GET, MEMBER),
    "version-changes": (GET, MEMBER),
    "version-file": (GET, MEMBER),
    "version-printed": (GET, MEMBER),
    "version-countersign": (POST, CONFIRMS),
    "appeal": (GET, MEMBER),
    "appeal-decide": (BOTH, KEEPS),
    "appeal-printed": (GET, READS_APPEAL),
    "decisions-followed": (GET, MEMBER),
    "decision-followed": (GET, MEMBER),
    "oversight": (GET, AUDITS),
    "journal-checks": (GET, MEMBER),
    "journal-verify": (POST, AUDITS),
    "oversight-export": (BOTH, AUDITS),
    "audit-reports": (GET, MEMBER),
    "audit-report": (GET, MEMBER),
    "audit-report-printed": (GET, MEMBER),
    "audit-report-write": (BOTH, AUDITS),
    "oversight-readings": (GET, MEMBER),
    "counts": (GET, MEMBER),
    "count": (GET, MEMBER),
    "count-cash": (BOTH, AUDITS),
    "count-stock": (BOTH, AUDITS),
    "count-sign": (POST, ONESELF),
    "count-printed": (GET, MEMBER),
    "count-blank-cash-printed": (GET, MEMBER),
    "count-blank-stock-printed": (GET, MEMBER),
    "findings": (GET, MEMBER),
    "finding": (GET, MEMBER),
    "finding-write": (BOTH, AUDITS),
    "finding-answer": (POST, ANSWERS),
    "finding-remark": (POST, AUDITS),
    "finding-close": (POST, AUDITS),
    "finding-printed": (GET, MEMBER),
    "carried-over": (GET, MEMBER),
    "carried-over-number": (BOTH, RECORDS),
    "carried-over-number-countersign": (POST, CONFIRMS),
    "paper-table": (BOTH, TABLE),
    "urns": (BOTH, TABLE),
    "urn": (BOTH, TABLE),
    "tellers": (BOTH, TABLE),
    "teller-count": (GET, TABLE),
    "teller-sheet": (BOTH, TABLE),
    "teller-confirm": (POST, RUNS),
    "paper-kit": (GET, RUNS),
    "paper-kit-register": (GET, RUNS),
    "paper-kit-papers": (GET, RUNS),
    "paper-kit-tally": (GET, RUNS),
    "paper-kit-boxes": (GET, RUNS),
    "decisions": (GET, MEMBER),
    "decisions-printed": (GET, MEMBER),
    "decisions-feed": (GET, PUBLIC),  # for whoever has the address
    "decision": (GET, MEMBER),
    "decision-printed": (GET, MEMBER),
    "decision-review": (BOTH, CALLS),
    "decision-state": (BOTH, MEMBER),
    "old-decision-review": (BOTH, CALLS),
    "old-decision-copy": (BOTH, RECORDS),
    "old-decision": (GET, MEMBER),
    "old-decision-countersign": (POST, CONFIRMS),
}

# What the register office writes on about one person.
SHEETS = {
    f"member-{sheet}"
    for sheet in (
        "move",
        "absence",
        "back",
        "notice",
        "gone",
        "renew",
        "rejoin",
        "suspend",
        "expel",
        "correct",
    )
}

IN_AN_ITEM = {f"vote-{what}" for what in ("open", "close", "prepare", "give-up", "from-paper", "rest")} | {
    "item-aside",
    "item-aside-others",
    "item-aside-back",
    "item-secrecy",
    "item-actions",
    "minutes-note",
    "minutes-typed",
}

# Of the small plant: who passes where. Lou holds no office and wrote nothing.
PASSES: dict[str, set[str]] = {
    PUBLIC: {"anonymous", "outsider", "lou", "eve", "ana", "bo", "cy", "dee"},
    MEMBER: {"lou", "eve", "ana", "bo", "cy", "dee"},
    CALLS: {"ana"},
    CHAIRS: {"bo"},
    LEADS: {"ana", "bo"},
    RECORDS: {"ana"},
    DECIDES_CLAIMS: {"ana", "bo"},
    KEEPS: {"cy"},
    TABLE: {"ana", "bo", "eve"},
    RUNS: {"ana", "bo"},
    READS_REGISTER: {"cy", "dee"},
    OFFICE: {"ana", "bo", "cy"},  # Dee audits: she reads everything and signs nothing
    CONFIRMS: {"ana", "bo", "cy"},
    DECIDES_URGENT: {"bo"},
    BINDS: {"ana", "bo"},
    GOES_OR_AUDITS: {"eve", "dee"},
    CARRIES_OVER: {"ana", "cy"},
    RUNS_KIOSKS: {"ana", "cy"},
    ENDS_SESSIONS: {"cy"},
    JUDGES: set(),  # the small plant has no commission
    AUTHOR: {"eve"},
    SORTS: {"ana"},
    AUTHOR_OR_SORTS: {"eve", "ana"},
    SITS: {"eve"},
    ONESELF: {"eve"},
    ASKED: {"lou"},
    READS_NAMES: {"dee"},
    AUDITS: {"dee"},
    TELLS: {"eve"},
    NOBODY_HERE: set(),
    KEEPS_BUDGET: set(),  # the small plant has no treasurer
    READS_APPEAL: {"ana", "bo", "cy", "dee"},
    ANSWERS: {"ana", "bo", "cy"},
    ANSWERS_FOR: {"ana"},  # who sits in the council of the ovens
    TELLS_OUTPUT: {"ana", "bo", "cy", "dee"},
}


@dataclass
class World:
    """A plant with one of everything, and another plant whose member comes from outside."""

    plant: make.Plant
    other: make.Plant
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)

    def address(self, name: str) -> str:
        if name in ("doorstep", "health", "language"):
            return reverse(name)
        return reverse(name, kwargs={"coop": self.plant.cooperative.slug, **self.keys.get(name, {})})


def a_list(plant: make.Plant) -> Intake:
    """A list from a spreadsheet that is looked at: somebody new, a change, an error. In letters nobody translates."""
    rows: list[Row] = [
        (1, ["№", "Όνομα", "Μέλος από", "Τμήμα", "Τηλ."]),
        (2, [801, "Ίων", {"d": "2024-02-03"}, "OVN", ""]),
        (3, [6, "", "", "", "341 22"]),
        (4, [803, "Ρέα", {"d": "2124-02-03"}, "ΛΜΝ", ""]),
    ]
    read = read_in(
        cooperative=plant.cooperative,
        file_name="λίστα",
        digest="0" * 64,
        text_file=False,
        tables=[Table("φύλλο", rows)],
        by=plant.cy,
        at=make.now(),
    )
    mapping = {"number": 0, "name": 1, "joined": 2, "department": 3, "phone": 4}
    day = plant.cooperative.day_of(make.now())
    return read_again(intake=read, sheet=0, mapping=mapping, since=day, by=plant.cy, at=make.now())


def _planned_rota(plant: make.Plant) -> Rota:
    anchor = plant.cooperative.day_of(make.now()) + datetime.timedelta(days=30)
    return change_rota(anchor=anchor, every_days=7, step=1, offset=0, by=plant.cy, at=make.now())


def statute(plant: make.Plant) -> Version:
    """A statute in two versions, the second with a file and not confirmed; each has another number in each plant."""
    at = make.now()
    day = datetime.date(2019, 5, 12)
    facts = {"adopted_on": day, "adopted_by": "Founding act", "valid_from": day, "by": plant.ana, "at": at}
    for title in ("Other", "Statute")[: 1 + (plant.cooperative.slug == "quarry")]:
        first = papers.enter_document(
            cooperative=plant.cooperative, kind="statute", title=title, text="# Bread", file=None, **facts
        )
    papers.confirm_version(version=first, by=plant.bo, at=at)
    file = papers.File("scan.txt", b"# More bread")
    return papers.add_version(document=first.document, text="# More bread", file=file, **facts)


AFTER_A_SECRET_VOTE = (
    "urn-open",
    "urn-export",
    "urn-destroy",
    "ballot-check",
    "ballot-trackers",
    "ballot-trackers-file",
)


def sealed_urns(plant: make.Plant) -> dict[str, dict[str, Any]]:
    """Two secret votes on screens that Ana prepares: a draft, and an annulled one. Hal, Ida and Kim keep the codes."""
    draft, over = make_votes.drawn_up(plant, secrecy="secret"), make_votes.drawn_up(plant, secrecy="secret")
    keepers = [plant.hal, plant.ida, plant.kim]
    for ballot in (draft, over):
        ballots.set_up_urn(ballot=ballot, trustees=keepers, by=plant.ana, at=make.now())
    ballots.annul(ballot=over, because="Drawn up twice", by=plant.ana.actor, at=make.now())
    return {
        **{name: {"key": draft.pk} for name in DOORS if name.startswith("urn-key")},
        **{name: {"key": over.pk} for name in AFTER_A_SECRET_VOTE},
    }


# What is done with a vote outside of a meeting.
LED_OUTSIDE = [
    f"vote-{name}"
    for name in ["office", "start", "end", "count", "annul", "withdraw", "redraw", "lot", "next-round"]
]


def in_session(plant: make.Plant, meeting: Meeting, coming: Meeting) -> dict[str, dict[str, Any]]:
    """Item 2 is called, Ana asks for the floor, and something is raised that is not on the agenda."""
    here, who = {"key": meeting.pk}, {"by": plant.ana, "at": make.now()}
    sitting = meeting.sittings.get()
    meetings.call_item(item=meeting.items.get(number=2), sitting=sitting, **who)
    turn = meetings.ask_for_floor(sitting=sitting, member=plant.ana, **who)
    noted = meetings.note_off_agenda(meeting=meeting, title="Gate", raised_by=plant.eve, **who)
    return {
        **dict.fromkeys(
            (
                "in-session",
                "session-count",
                "order-move",
                "sitting-pause",
                "sitting-go-on",
                "the-floor",
                "off-agenda",
            ),
            here,
        ),
        **{name: {**here, "turn": turn.pk} for name in DOORS if name.startswith("turn-")},
        **{name: {**here, "place": "2"} for name in ("item-call", "item-end", "item-announce")},
        "off-agenda-take-up": {"key": coming.pk, "entry": noted.pk},
    }


def _drawn_up(plant: make.Plant) -> Ballot:
    """A vote outside of a meeting that Ana drew up."""
    return prepare(
        body=plant.assembly,
        register=None,
        title="Which oven?",
        text="Three offers came.",
        questions=[
            Asked("Which oven?", method="schulze", choices=[Choice(code, code.upper()) for code in "abc"])
        ],
        matter="ordinary",
        secrecy="open",
        channels=["phone"],
        closes_at=make.now() + make.days(9),
        by=plant.ana,
        at=make.now(),
    )


@kept
def keys_of(plant: make.Plant) -> dict[str, dict[str, Any]]:
    """For every address that needs more than the co-operative: the things it is tried on."""
    draft = make.motion(plant)
    decision = make.open_vote(plant, motions=[make.supported_motion(plant, title="Showers")])
    item = AgendaItem.objects.get(decision=decision)
    meeting = item.meeting
    by_hands = make.open_vote(
        plant, motions=[make.supported_motion(plant, title="Benches")], way=Way.SCREENS_AND_HANDS
    )
    ballots.name_tellers(ballot=by_hands.ballot, members=[plant.eve], by=plant.bo, at=make.now())
    ballots.move_to_hands(ballot=by_hands.ballot, by=plant.bo, at=make.now())
    hands = {"for": 3, "against": 0, "abstain": 0}
    ballots.enter_hands(ballot=by_hands.ballot, block="Left", votes=hands, by=plant.eve, at=make.now())
    coming = make.draft_meeting(plant, starts_at=make.now() + datetime.timedelta(days=40))
    mandate = Mandate.objects.filter(member=plant.dee).get()
    paper = statute(plant)
    last = go_on_from_book(
        body=plant.assembly, year=2019, last=4, source="Book 3, page 212", by=plant.ana, at=make.now()
    )
    old = carry_over(
        body=plant.assembly,
        number=7,
        title="Canteen",
        text="Open on Mondays.",
        outcome="carried",
        decided_on=datetime.date(2019, 5, 12),
        source="Book of minutes 3, page 41",
        by=plant.ana,
        at=make.now(),
    )
    register = draw_register(
        body=plant.assembly,
        closes_on=plant.cooperative.day_of(make.now()) - datetime.timedelta(days=1),
        needed_at=make.now() + datetime.timedelta(days=9),
        by=make.FOUNDING,
        at=make.now(),
    )
    about = {"register": register, "member": plant.hal, "claimed_by": plant.hal, "by": plant.hal}
    claimed = claim(kind="correction", text="Packing since Monday.", at=make.now(), **about)
    asked = apply(
        cooperative=plant.cooperative,
        applicant=plant.nan,
        applied_on=plant.cooperative.day_of(make.now()),
        by=plant.nan,
        at=make.now(),
    )
    make.sign_in(Client(), plant.gus)  # he has a secret, so that his new card replaces it
    issue_card(member=plant.gus, by=plant.cy, at=make.now())
    here = {"key": meeting.pk}
    asked_for = {"key": _asked(plant).pk}
    list_ = {"key": a_list(plant).pk}
    return {
        **{name: list_ for name in DOORS if name.startswith("import-")},
        "enrol": {"token": "A" * 22},
        "passkey-remove": {"key": make.passkey(plant.eve).pk},
        "bylaws-version": {"version": 1},
        "plant-rota-withdraw": {"key": _planned_rota(plant).pk},
        "member-letter": {"number": plant.people["max"].number},  # on trial since the founding
        "members-view-drop": {
            "key": save_view(name="Ovens", query="department=OVN", by=plant.cy, at=make.now()).pk
        },
        **{
            name: {"number": plant.gus.number}
            for name in ("member", "member-card", "member-card-countersign", "member-sessions-end")
        },
        **{
            name: {"key": asked.pk}
            for name in DOORS
            if name.startswith("application") and name not in ("applications", "application-write")
        },
        "member-ask": {"number": plant.eve.number},
        **{name: {"number": plant.eve.number} for name in DOORS if name in SHEETS},
        **{name: {"number": plant.oz.number} for name in DOORS if name.startswith("member-suspension-")},
        "member-standing-strike": {"number": plant.eve.number, "key": plant.eve.standings.get().pk},
        "member-posting-strike": {"number": plant.eve.number, "key": plant.eve.postings.get().pk},
        **{name: {"key": mandate.pk} for name in ("mandate-confirm", "mandate-refuse")},
        **{name: {"key": draft.pk} for name in ("proposal-rewrite", "proposal-publish", "proposal-withdraw")},
        **{name: {"key": item.proposal_id} for name in ("proposal", "proposal-support")},
        "proposal-take-over": {"key": _given_up(plant).pk},
        "proposal-refuse": {"key": make.published_motion(plant, title="Σημαίες").pk},
        **{
            name: here
            for name in DOORS
            if name.startswith(("meeting-", "minutes"))
            and name not in ("meeting-prepare", "meeting-plan", "minutes-found")
        },
        **sealed_minutes(plant),
        **dict.fromkeys(("meeting", "hall", "attendance"), here),
        **in_session(plant, meeting, coming),
        **{
            name: {"key": coming.pk}
            for name in ("item-add", "meeting-correct", "meeting-convene", "meeting-cancel")
        },
        **{name: {"key": coming.pk, "place": "1"} for name in ("item-change", "item-move", "item-remove")},
        **dict.fromkeys(("request", "request-sign", "request-withdraw"), asked_for),
        **comes_back(plant),
        "sitting-open": {**here, "number": 1},
        "sitting-close": {**here, "number": 1},
        "sitting-adjourn": {**here, "number": 1},
        "sitting-watch": {**here, "number": 1},
        "meeting-here": {**here, "code": "abcdefgh"},
        **{name: {**here, "place": "2"} for name in IN_AN_ITEM},
        **{name: {"key": _drawn_up(plant).pk} for name in LED_OUTSIDE},
        **{name: {"key": decision.ballot_id} for name in ("ballot", "ballot-turnout", "ballot-result")},
        **{
            name: {"key": decision.ballot_id}
            for name in ("ballot-result-printed", "ballot-result-csv", "ballot-bundle")
        },
        **{
            name: {"key": register.pk}
            for name in ("register", "register-printed", "register-claims", "register-claim")
        },
        **{name: {"key": claimed.pk} for name in ("claim", "claim-decide")},
        **{name: {"key": by_hands.ballot_id} for name in DOORS if name.startswith("hands")},
        **sealed_urns(plant),
        **on_paper(plant),
        **make_budget.for_the_doors(plant),
        **make_budget_round.for_the_doors(plant),
        **make_budget_voted.for_the_doors(plant),
        **make_funds.for_the_doors(plant),
        **make_council.for_the_doors(plant),
        **make_agreement.for_the_doors(plant),
        **make_amendments.for_the_doors(plant),
        **make_offices.for_the_doors(plant),
        **make_elections.for_the_doors(plant),
        **make_in_office.for_the_doors(plant),
        **make_oversight.for_the_doors(plant),
        **make_pay.for_the_doors(plant),
        **make_selling.for_the_doors(plant),
        **make_signatures.for_the_doors(plant),
        **make_production.for_the_doors(plant),
        **a_feed(plant),
        "decision": {"key": decision.pk},
        **after_decisions(plant),
        "body-actions": {"code": plant.assembly.code},
        **{name: {"key": an_action(plant, item).pk} for name in DOORS if name.startswith("action")},
        "carried-over-number-countersign": {"key": last.pk},
        **{name: {"number": paper.document.number} for name in ("document", "version-add")},
        **{
            name: {"number": paper.document.number, "version": paper.number}
            for name in DOORS
            if name.startswith("version") and name != "version-add"
        },
        **{name: {"key": old.pk} for name in ("old-decision", "old-decision-countersign")},
        **make_production_meetings.for_the_doors(plant),  # last: it changes what stands on agendas
    }


def _decisions_read(plant: make.Plant) -> str:
    """Eve's address for her feed reader."""
    token = f"decisions-of-eve-{plant.cooperative.slug}"
    meetings.make_feed(token=token, body=None, reads="decisions", by=plant.eve, at=make.now())
    return token


def after_decisions(plant: make.Plant) -> dict[str, dict[str, Any]]:
    """One carried here, one from the book, and a proposal on an agenda that would end the latter."""
    motions = [make.supported_motion(plant, title="Σκάλα")]
    meeting = make.meeting_in_session(plant, motions=motions)
    item = meeting.items.get(number=2)
    vote = meetings.open_vote(item=item, by=plant.bo, at=make.now())
    make.cast(vote.ballot, plant.ana)
    made = meetings.close_vote(item=item, by=plant.bo, at=make.now())
    old = carry_over(
        body=plant.assembly,
        number=8,
        title="Φούρνος",
        text="Ανοιχτός.",
        outcome="carried",
        decided_on=datetime.date(2019, 5, 12),
        source="Βιβλίο 3",
        by=plant.ana,
        at=make.now(),
    )
    confirm_carried(entry=old, by=plant.bo, at=make.now())
    old.refresh_from_db()
    waits = make.supported_motion(plant, title="Πόρτα")
    ending = name_earlier(proposal=waits, earlier=old, how="repeals", by=plant.ana, at=make.now())
    return {
        **{name: {"key": made.pk} for name in ("decision-printed", "decision-review", "decision-state")},
        "decision-followed": {"key": made.pk},
        "old-decision-review": {"key": old.pk},
        "proposal-earlier": {"key": waits.pk},
        "ending-strike": {"key": ending.pk},
    }


def _given_up(plant: make.Plant) -> Proposal:
    """Gus has thought better of it."""
    found = make.published_motion(plant, title="Βάρκες", by=plant.gus)
    proposals.withdraw(proposal=found, by=plant.gus, at=make.now())
    return found


def a_feed(plant: make.Plant) -> dict[str, dict[str, Any]]:
    """Eve's own calendar; its address differs between the plants."""
    token, whose = (
        f"calendar-of-eve-{plant.cooperative.slug}",
        {"body": None, "by": plant.eve, "at": make.now()},
    )
    meetings.make_feed(token=token, **whose)
    return {
        "feed": {"token": token},
        "decisions-feed": {
            "token": _decisions_read(plant),
        },
        "feed-revoke": {"key": meetings.make_feed(token=token + "-2", **whose).pk},
    }


def an_action(plant: make.Plant, item: AgendaItem) -> Action:
    """Agreed on an item: Hal has taken it on."""
    due_on = plant.cooperative.day_of(make.now()) + datetime.timedelta(days=5)
    return meetings.agree(
        item=item, text="Order the tables", owner=plant.hal, due_on=due_on, by=plant.ana, at=make.now()
    )


def sealed_minutes(plant: make.Plant) -> dict[str, dict[str, Any]]:
    """Minutes that are sealed, with a correction; and an item of a later meeting that is about them."""
    meeting = make.meeting_in_session(plant, motions=[make.supported_motion(plant, title="Bicycles")])
    at = make.now()
    meetings.name_signers(meeting=meeting, members=[plant.eve, plant.fay], by=plant.ana, at=at)
    meetings.close_meeting(meeting=meeting, by=plant.bo, at=at)
    minutes = meetings.close_minutes(meeting=meeting, by=plant.ana, at=at)
    meetings.correct(minutes=minutes, item_number=1, text="Fay it was.", by=plant.ana, at=at)
    for who in (plant.ana, plant.bo, plant.eve, plant.fay):
        meetings.sign_minutes(minutes=minutes, text_hash=minutes.hash, by=who, at=at)
    meetings.seal(minutes=minutes, by=plant.ana, at=at + make.days(9))
    later = make.draft_meeting(plant, starts_at=make.now() + make.days(30))
    item = AgendaItem.objects.create(
        meeting=later, number=9, kind="minutes", title="Πρακτικά", minutes=minutes
    )
    meetings.convene(meeting=later, by=plant.ana, at=make.now())
    phrase = meetings.add_phrase(
        cooperative=plant.cooperative, title="Φράση", text="It was read.", by=plant.ana, at=make.now()
    )
    names = ("say", "correct", "after", "sign", "seal", "pdf", "book", "markdown", "docx")
    return {
        **{f"minutes-{name}": {"key": meeting.pk} for name in names},
        "minutes-finding": {"key": meeting.pk, "number": 1},
        "minutes-approve": {"key": later.pk, "place": item.place},
        "phrase-retire": {"key": phrase.pk},
    }


def on_paper(plant: make.Plant) -> dict[str, dict[str, Any]]:
    """A vote on paper with a box, at whose table Eve sits."""
    ballot = make_votes.opened(plant, channels=("paper",))
    at = make.now()
    ballots.make_boxes(ballot=ballot, boxes=[NewBox("Gate")], by=plant.bo, at=at)
    ballots.name_tellers(ballot=ballot, members=[plant.eve], by=plant.bo, at=at)
    vote = {"key": ballot.pk}
    names = ("paper-table", "urns", "tellers", "teller-count")
    return {
        **{name: vote for name in DOORS if name in names or name.startswith("paper-kit")},
        "urn": {**vote, "number": 1},
        **{name: {**vote, "place": "box-1"} for name in ("teller-sheet", "teller-confirm")},
    }


def comes_back(plant: make.Plant) -> dict[str, dict[str, Any]]:
    """A series of assemblies, and a holiday."""
    act = {"by": plant.ana, "at": make.now()}
    first = plant.cooperative.day_of(make.now()) + datetime.timedelta(days=200)
    holiday = meetings.enter_holiday(cooperative=plant.cooperative, day=first, name="Γιορτή", **act)
    series = meetings.begin_series(
        body=plant.assembly,
        kind="ordinary",
        title="Κάθε μήνα",
        place="Αυλή",
        first_on=first,
        every_days=28,
        hours=[["13:30"]],
        ahead_days=20,
        **act,
    )
    return {"series-end": {"key": series.pk}, "holiday-strike": {"key": holiday.pk}}


def _asked(plant: make.Plant) -> Request:
    """Eve collects signatures for an item."""
    return meetings.ask(
        body=plant.assembly,
        kind="item",
        title="Η στέγη",
        text="Στάζει.",
        collects_until=plant.cooperative.day_of(make.now()) + datetime.timedelta(days=30),
        by=plant.eve,
        at=make.now(),
    )


@pytest.fixture
def world() -> World:
    plant, other = make.plant("bakery"), make.plant("quarry")
    return World(plant, other, keys_of(plant))


def client_of(world: World, who: str) -> Client:
    client = Client(raise_request_exception=False)
    if who == "outsider":
        return make.sign_in(client, world.other.ana)
    if who == "anonymous":
        return client
    # Read anew: a kept step gives back what it made (`keys_of`), not what it did to the people of the plant.
    return make.sign_in(client, Member.objects.get(pk=world.plant.people[who].pk))


def names_of(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names_of(pattern.url_patterns)
        else:
            yield str(pattern.name)


def test_every_address_stands_in_the_table() -> None:
    assert sorted(names_of(get_resolver().url_patterns)) == sorted(DOORS)


def knock(client: Client, address: str, method: str) -> str:
    """answers, refuses (409), sign-in, not there, or not that way (405); anything else is shown as it is."""
    answer = client.generic(method, address)
    if told := faults(answer):
        return f"{answer.status_code}, and its headers: {told}"
    target = answer.headers.get("Location", "")
    if answer.status_code == 302 and "/sign-in/" in target and "/sign-in/" not in address:
        return "sign-in"
    if answer.status_code in (200, 204, 302, 303, 422):
        return "answers"
    known = {404: "not there", 405: "not that way", 409: "refuses"}
    return known.get(answer.status_code, str(answer.status_code))


@pytest.mark.parametrize("who", ["anonymous", "outsider", "lou", "eve", "ana", "bo", "cy", "dee"])
def test_who_may_pass(world: World, who: str) -> None:
    client = client_of(world, who)
    wrong = {}
    for name, (methods, audience) in DOORS.items():
        for method in BOTH:
            if name == "sign-out" and who != "anonymous":
                continue  # it would end the session this test stands on; the door has its own test
            if method not in methods:
                right = {"not that way", "sign-in"} if who == "anonymous" else {"not that way"}
            elif name in ("enrol", "sign-in-as"):
                right = {"not there"}  # public, but there is no such card, and no persona outside demo mode
            elif who in PASSES[audience]:
                right = {"answers", "refuses"}
            else:
                right = {"sign-in"} if who == "anonymous" else {"not there", "refuses"}
            found = knock(client, world.address(name), method)
            if found not in right:
                wrong[name, method] = found
    assert wrong == {}


def test_things_of_another_cooperative_are_not_there(world: World) -> None:
    """Ana of the bakery, at her own address, with the numbers of things that belong to the quarry."""
    foreign = keys_of(world.other)
    client = client_of(world, "ana")
    own = {
        "member",
        "member-card",
        "member-card-countersign",
        "member-sessions-end",
        "body-actions",
        "bylaws-version",
        "enrol",
        "pay-scale",
        "pay-scale-countersign",
        "pay-scale-printed",
        "output-list",
        "prices-file",
        "sales-file",
    }  # numbered per co-operative
    answers = {}
    for name, more in foreign.items():
        if name in own:
            continue
        address = reverse(name, kwargs={"coop": "bakery", **more})
        for method in DOORS[name][0]:
            answers[name, method] = client.generic(method, address).status_code
    assert answers
    assert set(answers.values()) == {404}


@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 19, "9" * 5_000, "-1", "1e3", "٣", "x", "1%00"])
def test_numbers_that_no_thing_has(world: World, number: str) -> None:
    client = client_of(world, "ana")
    for noun in ("ballots", "meetings", "proposals", "decisions", "members", "bylaws"):
        assert client.get(f"/bakery/{noun}/{number}/").status_code in (400, 404), noun


def test_a_foreign_and_a_missing_thing_answer_the_same(world: World) -> None:
    client = client_of(world, "ana")
    foreign = keys_of(world.other)["ballot"]["key"]

    def body(key: int) -> str:
        html = client.get(f"/bakery/ballots/{key}/").content.decode()
        changing = r'name="csrfmiddlewaretoken" value="\w+"|<time.*?</time>'
        return re.sub(changing, "", html).replace(f"/{key}/", "")

    assert body(foreign) == body(999_999_999)
