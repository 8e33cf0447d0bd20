"""Votes in the hall as the files count them: raised hands, or papers in a box, of one sitting or of several."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from coop.ballots import actions as ballots
from coop.ballots.models import Ballot, TellerSheet, Urn, UrnEntry
from coop.ballots.rules.boxes import NewBox
from coop.ballots.rules.tellers import Place
from coop.meetings import actions as meetings
from coop.meetings.models import AgendaItem, Sitting
from coop.meetings.ways import Way
from coop.members.models import Member

WAYS = {"show_of_hands": Way.HANDS, "secret_ballot": Way.SECRET_PAPER}
CODES = ("for", "against", "abstain")
Kind = UrnEntry.Kind


class Vote:
    """One item that is voted on: opened once, counted sitting by sitting, closed after the last."""

    def __init__(self, item: AgendaItem, method: str) -> None:
        self.key = item.pk
        self.way = WAYS[method]
        self.ballot: Ballot
        self.urns: dict[int, Urn] = {}
        self.sheets: dict[int, dict[str, Any]] = {}

    @property
    def item(self) -> AgendaItem:
        """As it stands now."""
        found = AgendaItem.objects.select_related("meeting__body", "meeting__cooperative__chain")
        return found.get(pk=self.key)

    def open(self, tellers: Sequence[Member], by: Member, at: datetime.datetime) -> None:
        decision = meetings.open_vote(item=self.item, way=self.way, by=by, at=at)
        self.ballot = decision.ballot
        ballots.name_tellers(ballot=self.ballot, members=tellers, by=by, at=at)

    def box(self, sitting: Sitting, *, several: bool, by: Member, at: datetime.datetime) -> None:
        """Paper only: the box of this sitting is shown empty and sealed, and people go to it."""
        if self.way != Way.SECRET_PAPER:
            return
        part = sitting.number if several else None
        (urn,) = ballots.make_boxes(
            ballot=self.ballot, boxes=[NewBox(f"Sitting {sitting.number}", part=part)], by=by, at=at
        )
        self.urns[sitting.number] = urn
        self._record(urn, [Kind.SEALED, Kind.OPENED], by, at)

    def count(
        self,
        sitting: Sitting,
        *,
        counted: Mapping[str, int],
        there: Sequence[int],
        tellers: Sequence[Member],
        by: Member,
        at: datetime.datetime,
    ) -> None:
        """Hands are raised, counted by two and confirmed by `by`; or the box is closed and who signed for it is read.

        `there`: numbers of those who put a paper in.
        """
        votes = {code: counted[code] for code in CODES}
        if self.way == Way.HANDS:
            ballots.move_to_hands(ballot=self.ballot, by=by, at=at)
            self.hands(sitting, votes, tellers, by, at)
            return
        urn = self.urns[sitting.number]
        self._record(urn, [Kind.CLOSED], by, at)
        self.sheets[sitting.number] = {"papers": sum(votes.values()), "spoiled": 0, "votes": votes}
        self._agree(urn, TellerSheet.Subject.SIGNATURES, {"numbers": sorted(there)}, tellers, by, at)

    def hands(
        self,
        sitting: Sitting,
        votes: Mapping[str, int],
        tellers: Sequence[Member],
        by: Member,
        at: datetime.datetime,
    ) -> None:
        """Two tellers count the hall alone and find the same, and a third confirms it."""
        item = self.item
        for teller in tellers:
            sheet = meetings.enter_hands(
                item=item, sitting=sitting, block="Hall", votes=votes, by=teller, at=at
            )
        ballots.confirm_hands(ballot=self.ballot, block=sheet.block, attempt=1, by=by, at=at)

    def rest(self, sitting: Sitting, by: Member, at: datetime.datetime) -> None:
        meetings.rest_vote(item=self.item, sitting=sitting, by=by, at=at)

    def close(self, tellers: Sequence[Member], by: Member, at: datetime.datetime) -> None:
        """The last sitting has voted: closed, counted, and read out. Boxes are opened before those who are there."""
        meetings.close_vote(item=self.item, by=by, at=at)
        for number, urn in self.urns.items():
            self._record(urn, [Kind.UNSEALED], by, at)
            self._agree(urn, TellerSheet.Subject.VOTES, {"1": self.sheets[number]}, tellers, by, at)
        if self.urns:
            meetings.count_vote(item=self.item, by=by, at=at)
        meetings.announce(item=self.item, by=by, at=at)

    def _record(self, urn: Urn, kinds: Sequence[str], by: Member, at: datetime.datetime) -> None:
        for kind in kinds:
            ballots.record_box(
                urn=urn,
                kind=kind,
                seals="4107, 4108",
                words="Before the two tellers and all who sat near.",
                happened_at=at,
                by=by,
                at=at,
            )

    def _agree(
        self,
        urn: Urn,
        subject: str,
        figures: Mapping[str, Any],
        tellers: Sequence[Member],
        by: Member,
        at: datetime.datetime,
    ) -> None:
        place = Place("paper", urn)
        for teller in tellers:
            ballots.enter_sheet(
                ballot=self.ballot,
                place=place,
                subject=subject,
                attempt=1,
                figures=figures,
                by=teller,
                at=at,
            )
        ballots.confirm_sheets(ballot=self.ballot, place=place, subject=subject, attempt=1, by=by, at=at)
