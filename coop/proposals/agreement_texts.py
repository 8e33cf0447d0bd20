"""What the articles of an agreement say now, and with whom somebody works who comments on them."""

from __future__ import annotations

import datetime

from coop.members.models import Crew, Member, Posting, Rota, Shift

from .models import Agreement, ArticleText


def latest_texts(agreement: Agreement) -> list[ArticleText]:
    """The last version of every article that has words, in their order; one question for all."""
    of_it = ArticleText.objects.filter(article__agreement=agreement)
    return list(of_it.order_by("article__number", "-number").distinct("article__number"))


def works_with(member: Member, at: datetime.datetime) -> tuple[Crew | None, Shift | None]:
    """The crew of a person, and the shift it works that day; nothing for who works by day."""
    day = member.cooperative.day_of(at)
    posting = Posting.objects.select_related("crew").filter(Posting.on(day), member=member).first()
    if posting is None or posting.crew is None:
        return None, None
    rota = Rota.objects.filter(cooperative=member.cooperative_id, anchor__lte=day).order_by("-anchor").first()
    shifts = list(Shift.objects.filter(cooperative=member.cooperative_id))
    return posting.crew, rota.shift_of(posting.crew, day, shifts) if rota and shifts else None
