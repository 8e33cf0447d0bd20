"""The working rules of coop.yaml as articles of the bylaws. Each rule is mapped or named as words; a test says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

# A number or a yes or no that goes over as it is.
SAME: dict[str, tuple[str, ...]] = {
    "register.closes_days_before_vote": ("register_closing_days",),
    "register.claims_days": ("register_claims_days",),
    "register.suspended_member_votes": ("suspended_keep_vote", "suspended_vote_until_final"),
    "register.member_on_leave_votes": ("leave_keeps_vote",),
    "assembly.notice_days": ("notice_ordinary_days", "notice_extraordinary_days"),
    "assembly.extraordinary_within_days_of_request": ("extraordinary_within_days",),
    "assembly.request_share_percent": ("extraordinary_request_percent",),
    "assembly.item_by_members_percent": ("item_request_percent",),
    "assembly.ordinary_within_months_of_year_end": ("ordinary_within_months",),
    "assembly.second_call_after_minutes": ("quorum_second_wait_minutes",),
    "assembly.adjournment_total_days": ("adjournment_days",),
    "assembly.agenda_is_closed": ("agenda_closed",),
    "assembly.proxies_per_member": ("proxies_per_member",),
    "assembly.secret_ballot_if_asked_by_percent": ("secret_ballot_demand_percent",),
    "assembly.no_vote_on_own_management": ("own_management_no_vote",),
    "assembly.minutes_ready_days": ("minutes_ready_days",),
    "assembly.minutes_sent_to_authority_days": ("minutes_authority_days",),
    "assembly.objection_to_minutes_days": ("minutes_objection_days",),
    "assembly.challenge_days": ("decision_challenge_days",),
    "speaking.mover_minutes": ("speaking_mover_minutes",),
    "speaking.speaker_minutes": ("speaking_minutes",),
    "speaking.turns_per_item": ("speaking_turns",),
    "speaking.first_speakers_before_second_turns": ("speaking_first_timers_first",),
    "council.delegates_per_members": ("delegates_per_members",),
    "council.minimum_delegates": ("delegates_minimum",),
    "council.at_least_one_per_shift": ("delegate_per_crew",),
    "council.term_months": ("term_delegates_months",),
    "council.max_consecutive_terms": ("consecutive_terms",),
    "council.notice_days": ("notice_council_days",),
    "council.absences_before_seat_is_vacant": ("absences_limit",),
    "coordinators.term_months": ("term_coordinators_months",),
    "coordinators.max_consecutive_terms": ("consecutive_terms",),
    "administrative_council.members": ("administrative_seats",),
    "administrative_council.alternates": ("administrative_alternates",),
    "administrative_council.term_months": ("term_administrative_months",),
    "administrative_council.minimum_membership_months": ("seniority_administrative_months",),
    "oversight.sindico_term_months": ("term_oversight_months",),
    "oversight.kinship_degree_forbidden": ("kinship_degree",),
    "oversight.audit_report_months": ("audit_report_months",),
    "recall.petition_percent": ("recall_petition_percent",),
    "recall.collect_days": ("recall_collect_days",),
    "recall.verify_days": ("recall_verify_days",),
    "recall.vote_within_days": ("recall_vote_days",),
    "recall.turnout_percent": ("recall_turnout_percent",),
    "recall.protected_months_after_election": ("recall_protected_months",),
    "recall.one_petition_per_office_at_a_time": ("recall_one_petition",),
    "pay.months_per_year": ("pay_months",),
    "non_members.max_share_of_hours_percent": ("hired_hours_percent",),
    "non_members.trial_months": ("trial_months",),
    "non_members.overload_months": ("overload_months",),
    "budget.must_balance": ("budget_must_balance",),
    "budget.contingency_floor": ("contingency_floor",),
    "budget.amendment_must_name_source": ("amendment_names_source",),
    "budget.unmet_requests_carry_over": ("unmet_requests_carry",),
    "production_meeting.every_days": ("production_every_days",),
    "production_meeting.minutes_each": ("production_sitting_minutes",),
    "production_meeting.paid_time": ("meetings_are_paid",),
    "problems.answer_days.safety": ("problem_safety_days",),
    "problems.answer_days.high": ("problem_high_days",),
    "problems.answer_days.normal": ("problem_normal_days",),
    "problems.answer_days.low": ("problem_low_days",),
    "questions_to_office_holders.answer_days": ("question_answer_days",),
    "commitments.two_signatures_over": ("two_signatures_over",),
    "secret_votes_on_screens": ("electronic_secret_votes",),
    "support_price_above_market_percent": ("support_price_percent",),
}

# A rule in words, and what it comes to. Other words would be a KeyError: nothing is read into them.
IN_WORDS: dict[str, dict[Any, dict[str, Any]]] = {
    "assembly.first_call_quorum": {"half of the register plus one": {"quorum_first": "1/2"}},
    "assembly.second_call_quorum": {"those present": {"quorum_second_rule": "present"}},
    "assembly.sittings": {
        "one, or one per shift with the same agenda and one count at the end": {"several_sittings": True}
    },
    "assembly.simple_majority": {
        "more for than against; abstentions are not counted": {
            "majority_ordinary": "1/2",
            "base_ordinary": "for_against",
        }
    },
    "assembly.tie": {
        "the proposal is not carried; the chair has no second vote": {"tie_rule": "not_carried"}
    },
    "speaking.closure_majority": {
        "2/3 of those voting; mover keeps right of reply": {
            "majority_closure": "2/3",
            "base_closure": "for_against",
            "mover_replies": True,
        }
    },
    "council.meets": {"monthly": {"council_meets_months": 1}},
    "council.quorum": {"more than half of the delegates": {"quorum_council": "1/2"}},
    "recall.majority": {
        "more for removal than against, and at least half of the register of that constituency voted": {
            "majority_recall": "1/2",
            "base_recall": "for_against",
        }
    },
    "pay.office_holders_paid_as": {"their own job on the floor": {"office_pay": "own_job"}},
    "budget.if_rejected": {
        "last year's lines continue month by month until a new vote, at most 90 days": {
            "continued_budget_days": 90
        }
    },
    "problems.closed_by": {
        "the person who raised it, or the council after two meetings without objection": {
            "council_may_verify": True,
            "escalation_meetings": 2,
        }
    },
}
MATTERS = {
    "statute change": "statute",
    "merger": "merger",
    "change of purpose": "purpose",
    "dissolution": "dissolution",
    "declaration of independence from parties": "independence",
}
LISTS: dict[str, dict[str, str]] = {
    "agenda_exceptions": {
        "electing the two members who sign the minutes": "signers",
        "removing an office-holder when it follows directly from an agenda item": "removal",
    },
    "secret_ballot_always": {
        "elections of persons": "elections",
        "recall": "recall",
        "exclusion of a member": "exclusion",
    },
}
BASES = {"members present at the moment of the vote": "present"}

# Read elsewhere, or told in words by the rooms that come later; no article.
NO_ARTICLE = {
    "in_force_since",
    "register.new_member_votes",
    "coordinators.elected_by",
    "administrative_council.meets",
    "administrative_council.quorum",
    "pay.base_monthly_advance",  # the reference pay of the co-operative
    "budget.amendment_order",
    "production_meeting.sittings",
    "documents.paper_copy",
}


def articles(rules: Mapping[str, Any]) -> dict[str, Any]:
    """The value of every article that the rules of coop.yaml speak of."""
    values: dict[str, Any] = {}
    for path, rule in flat(rules):
        if path in SAME:
            values.update(dict.fromkeys(SAME[path], rule))
        elif path in IN_WORDS:
            values |= IN_WORDS[path][rule]
        elif path not in NO_ARTICLE:
            values |= special(path, rule)
    return values


def flat(rules: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Every rule with its path; lists, and the group of the special majority, stay whole."""
    for key, rule in rules.items():
        path = f"{above}{key}"
        if isinstance(rule, dict) and path != "assembly.special_majority":
            yield from flat(rule, f"{path}.")
        else:
            yield path, rule


def special(path: str, rule: Any) -> dict[str, Any]:
    """The rules that are more than one value. KeyError for a rule that nobody has thought of."""
    if path == "assembly.special_majority":
        base = BASES[rule["base"]]
        matters = [MATTERS[words] for words in rule["for"]]
        return {f"majority_{matter}": rule["share"] for matter in matters} | {
            f"base_{matter}": base for matter in matters
        }
    if path.removeprefix("assembly.") in LISTS:
        article = path.removeprefix("assembly.")
        return {article: ",".join(LISTS[article][words] for words in rule)}
    if path == "assembly.minutes_signed_by":
        return {"minutes_signers": {"two members chosen by the assembly": 2}[rule[-1]]}
    if path == "pay.max_ratio":
        ratio = Fraction(str(rule))
        return {"pay_ratio": f"{ratio.numerator}/{ratio.denominator}"}
    if path == "pay.supplements":
        return {"seniority_supplement_percent": {"seniority up to 10 percent": 10}[rule[-1]]}
    raise KeyError(path)
