"""The choice of projects of the invented plant: what was put forward, how it came out, what is paid."""

from __future__ import annotations

from coop.ballots.models import Ballot, Tally
from coop.budget.funds import commitments, set_aside_on
from coop.budget.models import Fund, Project
from coop.demo.timeline import World


def test_the_community_fund_is_chosen_from_by_equal_shares(world: World) -> None:
    fund = Fund.objects.select_related("line", "year").get()
    assert (str(fund.state), fund.line.code, fund.amount, fund.method) == (
        "chosen",
        "E-COM-04",
        60_000,
        "shares",
    )
    assert fund.projects.count() == 6
    refused = fund.projects.get(state=Project.State.NOT_FEASIBLE)
    assert (refused.title, refused.checks.get().because.split(" ")[1]) == (
        "Slag blocks for the chapel yard",
        "laboratory",
    )
    ballot = Ballot.objects.get(pk=fund.vote)
    tally = Tally.objects.get(question__ballot=ballot)
    assert (ballot.state, tally.voted, tally.blank) == ("counted", 48, 0)
    assert tally.result["totals"] == {"p1": 29, "p2": 26, "p3": 15, "p4": 16, "p5": 7}
    assert {one.project.title: (one.cost, one.spent) for one in commitments(fund)} == {
        "Clinic hours on Saturdays": (24_000, 0),
        "Window kits for Techo Común": (28_000, 12_500),
        "Mast for Radio Ribera": (
            8_000,
            0,
        ),  # the seven who want it could pay; by votes the garden went before
    }
    assert (fund.left_over, set_aside_on(fund.line)) == (0, 60_000)
