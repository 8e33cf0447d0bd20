"""One row per version of the bylaws, one column per article. `articles.py` says what each of them means.

Never edited: a change is the next version, which names what adopted it. The table is append-only.
"""

from __future__ import annotations

import datetime
from fractions import Fraction

from django.db import models
from django.db.models import Q

from coop.asked_often import Often, given
from coop.charter import kinds
from coop.charter.articles import ARTICLES, MATTERS, PROCEDURES
from coop.charter.checks import ARTICLE_CHECKS
from coop.charter.models.cooperative import Cooperative


class Bylaws(models.Model):
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="bylaws")
    version = models.PositiveIntegerField()
    valid_from = models.DateField()
    adopted_by = models.CharField(max_length=200)  # the founding act, or the number of a decision
    recorded_at = models.DateTimeField()
    note = models.TextField(blank=True)

    # The register of voters
    register_closing_days = models.PositiveSmallIntegerField(default=15)
    register_claims_days = models.PositiveSmallIntegerField(default=3)
    small_register_floor = models.PositiveSmallIntegerField(default=10)
    proxies_per_member = models.PositiveSmallIntegerField(default=0)
    suspended_keep_vote = models.BooleanField(default=False)
    suspended_vote_until_final = models.BooleanField(default=True)
    leave_keeps_vote = models.BooleanField(default=False)
    debts_keep_vote = models.BooleanField(default=True)
    # Calling a meeting
    notice_ordinary_days = models.PositiveSmallIntegerField(default=15)
    notice_extraordinary_days = models.PositiveSmallIntegerField(default=15)
    notice_council_days = models.PositiveSmallIntegerField(default=3)
    notice_production_days = models.PositiveSmallIntegerField(default=2)
    notice_community_days = models.PositiveSmallIntegerField(default=7)
    notice_counts_ends = models.BooleanField(default=False)
    ordinary_within_months = models.PositiveSmallIntegerField(default=4)
    extraordinary_request_percent = models.PositiveSmallIntegerField(default=10)
    extraordinary_within_days = models.PositiveSmallIntegerField(default=30)
    extraordinary_fold_days = models.PositiveSmallIntegerField(default=90)
    item_request_percent = models.PositiveSmallIntegerField(default=10)
    late_items = models.BooleanField(default=False)
    late_items_until_day = models.PositiveSmallIntegerField(default=8)
    late_items_agenda_days = models.PositiveSmallIntegerField(default=4)
    agenda_closed = models.BooleanField(default=True)
    agenda_exceptions = models.CharField(max_length=120, default="signers,removal", blank=True)
    several_sittings = models.BooleanField(default=True)
    adjournment_days = models.PositiveSmallIntegerField(default=30)
    council_meets_months = models.PositiveSmallIntegerField(default=1)
    council_request_days = models.PositiveSmallIntegerField(default=6)
    production_every_days = models.PositiveSmallIntegerField(default=14)
    production_sitting_minutes = models.PositiveSmallIntegerField(default=45)
    meetings_are_paid = models.BooleanField(default=True)
    # Quorum
    quorum_first = models.CharField(max_length=7, default="1/2")
    quorum_second_wait_minutes = models.PositiveSmallIntegerField(default=60)
    quorum_second_rule = models.CharField(max_length=24, default="present")
    quorum_second_share = models.CharField(max_length=7, default="1/10")
    quorum_second_number = models.PositiveSmallIntegerField(default=100)
    quorum_recount_on_demand = models.BooleanField(default=False)
    quorum_council = models.CharField(max_length=7, default="1/2")
    # Majorities
    majority_ordinary = models.CharField(max_length=7, default="1/2")
    base_ordinary = models.CharField(max_length=24, default="for_against")
    majority_bylaws = models.CharField(max_length=7, default="2/3")
    base_bylaws = models.CharField(max_length=24, default="present")
    majority_statute = models.CharField(max_length=7, default="2/3")
    base_statute = models.CharField(max_length=24, default="present")
    majority_purpose = models.CharField(max_length=7, default="2/3")
    base_purpose = models.CharField(max_length=24, default="present")
    majority_merger = models.CharField(max_length=7, default="2/3")
    base_merger = models.CharField(max_length=24, default="present")
    majority_dissolution = models.CharField(max_length=7, default="2/3")
    base_dissolution = models.CharField(max_length=24, default="present")
    majority_independence = models.CharField(max_length=7, default="2/3")
    base_independence = models.CharField(max_length=24, default="present")
    majority_late = models.CharField(max_length=7, default="2/3")
    base_late = models.CharField(max_length=24, default="for_against")
    majority_closure = models.CharField(max_length=7, default="2/3")
    base_closure = models.CharField(max_length=24, default="for_against")
    majority_election = models.CharField(max_length=7, default="1/2")
    base_election = models.CharField(max_length=24, default="valid")
    majority_recall = models.CharField(max_length=7, default="1/2")
    base_recall = models.CharField(max_length=24, default="for_against")
    tie_rule = models.CharField(max_length=24, default="not_carried")
    tie_rule_council = models.CharField(max_length=24, default="not_carried")
    tie_rule_election = models.CharField(max_length=24, default="runoff")
    own_management_no_vote = models.BooleanField(default=True)
    # Ways of voting
    secret_ballot_demand_percent = models.PositiveSmallIntegerField(default=10)
    secret_ballot_always = models.CharField(max_length=120, default="elections,recall,exclusion", blank=True)
    electronic_secret_votes = models.CharField(max_length=24, default="off")
    published_floor = models.PositiveSmallIntegerField(default=5)
    # Proposals
    proposal_support_percent = models.PositiveSmallIntegerField(default=10)
    proposal_support_days = models.PositiveSmallIntegerField(default=30)
    amendment_supporters = models.PositiveSmallIntegerField(default=5)
    amendment_closing_days = models.PositiveSmallIntegerField(default=0)
    rejected_returns_months = models.PositiveSmallIntegerField(default=3)
    # The debate
    speaking_mover_minutes = models.PositiveSmallIntegerField(default=5)
    speaking_minutes = models.PositiveSmallIntegerField(default=3)
    speaking_turns = models.PositiveSmallIntegerField(default=2)
    speaking_first_timers_first = models.BooleanField(default=True)
    mover_replies = models.BooleanField(default=True)
    interpreted_time_doubled = models.BooleanField(default=True)
    # Minutes and objections
    minutes_ready_days = models.PositiveSmallIntegerField(default=15)
    minutes_sitting_days = models.PositiveSmallIntegerField(default=5)
    minutes_signers = models.PositiveSmallIntegerField(default=2)
    minutes_approved_by = models.CharField(max_length=24, default="signatures")
    minutes_objection_days = models.PositiveSmallIntegerField(default=5)
    minutes_authority_days = models.PositiveSmallIntegerField(default=30)
    written_opposition_hours = models.PositiveSmallIntegerField(default=48)
    decision_challenge_days = models.PositiveSmallIntegerField(default=90)
    # Councils and offices
    delegates_per_members = models.PositiveSmallIntegerField(default=10)
    delegates_minimum = models.PositiveSmallIntegerField(default=3)
    delegate_per_crew = models.BooleanField(default=True)
    council_alternates_per_crew = models.PositiveSmallIntegerField(default=1)
    administrative_seats = models.PositiveSmallIntegerField(default=7)
    administrative_alternates = models.PositiveSmallIntegerField(default=3)
    term_delegates_months = models.PositiveSmallIntegerField(default=12)
    term_coordinators_months = models.PositiveSmallIntegerField(default=12)
    term_administrative_months = models.PositiveSmallIntegerField(default=36)
    term_oversight_months = models.PositiveSmallIntegerField(default=36)
    term_commission_months = models.PositiveSmallIntegerField(default=24)
    consecutive_terms = models.PositiveSmallIntegerField(default=2)
    rest_months = models.PositiveSmallIntegerField(default=12)
    seniority_administrative_months = models.PositiveSmallIntegerField(default=24)
    seniority_delegates_months = models.PositiveSmallIntegerField(default=0)
    kinship_degree = models.PositiveSmallIntegerField(default=2)
    absences_limit = models.PositiveSmallIntegerField(default=4)
    incompatible_posts = models.CharField(max_length=120, default="oversight,commission", blank=True)
    incompatible_choice_days = models.PositiveSmallIntegerField(default=5)
    urgent_decision_days = models.PositiveSmallIntegerField(default=14)
    term_warning_days = models.PositiveSmallIntegerField(default=60)
    two_signatures_over = models.DecimalField(max_digits=18, decimal_places=4, default=0)
    # Elections
    commission_members = models.PositiveSmallIntegerField(default=5)
    commission_alternates = models.PositiveSmallIntegerField(default=2)
    election_call_days = models.PositiveSmallIntegerField(default=45)
    nomination_percent = models.PositiveSmallIntegerField(default=5)
    election_challenge_days = models.PositiveSmallIntegerField(default=3)
    runoff_days = models.PositiveSmallIntegerField(default=2)
    no_candidates_days = models.PositiveSmallIntegerField(default=15)
    by_election_days = models.PositiveSmallIntegerField(default=30)
    vacancy_filled_by = models.CharField(max_length=120, default="by_election,named", blank=True)
    # Recall
    recall_petition_percent = models.PositiveSmallIntegerField(default=20)
    recall_collect_days = models.PositiveSmallIntegerField(default=30)
    recall_verify_days = models.PositiveSmallIntegerField(default=5)
    recall_vote_days = models.PositiveSmallIntegerField(default=20)
    recall_turnout_percent = models.PositiveSmallIntegerField(default=50)
    recall_protected_months = models.PositiveSmallIntegerField(default=3)
    recall_one_petition = models.BooleanField(default=True)
    recall_bar = models.CharField(max_length=24, default="rest_of_term")
    recall_bar_on_resignation = models.BooleanField(default=True)
    # Reports and questions
    report_back_days = models.PositiveSmallIntegerField(default=7)
    question_answer_days = models.PositiveSmallIntegerField(default=7)
    written_request_days = models.PositiveSmallIntegerField(default=30)
    information_request_percent = models.PositiveSmallIntegerField(default=10)
    finding_answer_days = models.PositiveSmallIntegerField(default=15)
    audit_report_months = models.PositiveSmallIntegerField(default=3)
    community_answer_days = models.PositiveSmallIntegerField(default=30)
    sanction_appeal_days = models.PositiveSmallIntegerField(default=30)
    appeal_decided_days = models.PositiveSmallIntegerField(default=60)
    # Production problems
    problem_safety_days = models.PositiveSmallIntegerField(default=1)
    problem_high_days = models.PositiveSmallIntegerField(default=3)
    problem_normal_days = models.PositiveSmallIntegerField(default=14)
    problem_low_days = models.PositiveSmallIntegerField(default=30)
    escalation_meetings = models.PositiveSmallIntegerField(default=2)
    council_may_verify = models.BooleanField(default=False)
    monthly_figures_days = models.PositiveSmallIntegerField(default=5)
    # Pay and work
    pay_ratio = models.CharField(max_length=7, default="3/2")
    pay_supplements_count = models.BooleanField(default=False)
    seniority_supplement_percent = models.PositiveSmallIntegerField(default=10)
    pay_months = models.PositiveSmallIntegerField(default=13)
    office_pay = models.CharField(max_length=24, default="own_job")
    hired_hours_percent = models.PositiveSmallIntegerField(default=10)
    trial_months = models.PositiveSmallIntegerField(default=6)
    overload_months = models.PositiveSmallIntegerField(default=3)
    rest_between_duties_hours = models.PositiveSmallIntegerField(default=12)
    leaving_notice_days = models.PositiveSmallIntegerField(default=30)
    # Budget, surplus and prices
    budget_draft_months = models.PositiveSmallIntegerField(default=4)
    budget_discussion_weeks = models.PositiveSmallIntegerField(default=5)
    budget_conciliation_days = models.PositiveSmallIntegerField(default=10)
    budget_must_balance = models.BooleanField(default=True)
    amendment_names_source = models.BooleanField(default=True)
    unmet_requests_carry = models.BooleanField(default=True)
    contingency_floor = models.DecimalField(max_digits=18, decimal_places=4, default=0)
    continued_budget_days = models.PositiveSmallIntegerField(default=90)
    support_price_percent = models.PositiveSmallIntegerField(default=12)
    discount_percent = models.PositiveSmallIntegerField(default=5)
    big_contract_percent = models.PositiveSmallIntegerField(default=50)
    surplus_reserve_percent = models.PositiveSmallIntegerField(default=5)
    surplus_mutual_percent = models.PositiveSmallIntegerField(default=5)
    surplus_education_percent = models.PositiveSmallIntegerField(default=5)
    loan_profit_percent = models.PositiveSmallIntegerField(default=50)

    class Meta:
        ordering = ["cooperative", "version"]
        verbose_name_plural = "bylaws"
        constraints = [
            models.UniqueConstraint(fields=["cooperative", "version"], name="bylaws_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="bylaws_version_from_one"),
            models.CheckConstraint(
                condition=Q(adopted_by__regex=r"\S"), name="bylaws_name_what_adopted_them"
            ),
            *ARTICLE_CHECKS,
        ]

    def __str__(self) -> str:
        return f"{self.cooperative} {self.version}"

    @classmethod
    def in_force(cls, cooperative: Cooperative, day: datetime.date) -> Bylaws:
        """The version that rules on `day`: the latest already valid.

        Acts older than the first version, which enter the record from the books, are read by the first.
        """
        ruling = RULING.first(cooperative=cooperative.pk, day=day)
        return ruling or cls.objects.get(cooperative=cooperative, version=1)

    def values(self) -> dict[str, kinds.Value]:
        """Every article with its value, in the order of the table."""
        return {article.key: getattr(self, article.key) for article in ARTICLES}

    def fraction(self, key: str) -> Fraction:
        return kinds.fraction(getattr(self, key))

    def chosen(self, key: str) -> frozenset[str]:
        """The codes of an article that holds several choices."""
        return frozenset(code for code in getattr(self, key).split(",") if code)

    def majority_for(self, matter: str) -> tuple[Fraction, str]:
        """The majority a matter (or a procedure) takes, and the base it is counted over."""
        if matter not in MATTERS + PROCEDURES:
            raise ValueError(f"not a matter of the bylaws: {matter!r}")
        return self.fraction(f"majority_{matter}"), getattr(self, f"base_{matter}")


RULING = Often(
    lambda: Bylaws.objects.filter(cooperative=given("cooperative"), valid_from__lte=given("day")).order_by(
        "-version"
    )[:1],
    told=True,
)
