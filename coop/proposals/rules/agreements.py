"""What stands in the way of beginning an agreement, writing an article, commenting on it, and laying it before all."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db.models import QuerySet

from coop.members.models import Body, Mandate, Member, Power
from coop.members.powers import obstacles_without
from coop.refusals import Reason

from ..models import Agreement, AgreementArticle, AgreementStep, Proposal
from ..wording import LONGEST_CLAUSE, tidy
from .proposals import assembly_of, obstacles_to_speaking_for

State = AgreementArticle.State

LONGEST_TITLE = 160
LONGEST_ARTICLE = LONGEST_CLAUSE - LONGEST_TITLE - 1  # title and text are one clause of the proposal
LONGEST_COMMENT = 2_000
MOST_ARTICLES = 100
FARTHEST = datetime.timedelta(days=10 * 366)  # nobody binds the plant for longer than that


def commission_of(agreement: Agreement, at: datetime.datetime) -> QuerySet[Member]:
    """Who writes it: those who hold a full seat in its commission."""
    seats = Mandate.objects.filter(
        Mandate.in_force(at), seat__alternate=False, seat__office__body=agreement.commission_id
    )
    return Member.objects.filter(pk__in=seats.values("member"))


def obstacles_to_sitting(agreement: Agreement, *, by: Member, at: datetime.datetime) -> list[Reason]:
    if commission_of(agreement, at).filter(pk=by.pk).exists():
        return []
    return [Reason("not-of-the-commission", {"body": agreement.commission.name})]


def obstacles_while_written(agreement: Agreement) -> list[Reason]:
    """Adopted, or before the assembly: then its words are those of the proposal."""
    if agreement.state == Agreement.State.ADOPTED:
        return [Reason("agreement-adopted", {"label": agreement.code})]
    if agreement.is_laid_before and agreement.proposal is not None:
        return [Reason("agreement-laid-before", {"label": agreement.proposal.label or "—"})]
    return []


def obstacles_to_entering_agreements(*, by: Member, at: datetime.datetime) -> list[Reason]:
    """Whoever calls the assembly enters what it has asked a commission to write."""
    return obstacles_without(Power.CONVENE, by=by, at=at, body=assembly_of(by.cooperative_id))


def obstacles_to_beginning(commission: Body, *, code: str, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = obstacles_to_entering_agreements(by=by, at=at)
    if commission.kind != Body.Kind.COMMISSION:
        reasons.append(Reason("written-by-a-commission", {"body": commission.name}))
    if Agreement.objects.filter(cooperative=by.cooperative_id, code=code).exists():
        reasons.append(Reason("agreement-code-taken", {"label": code}))
    return reasons


def obstacles_in_days(
    *, starts_on: datetime.date, expires_on: datetime.date, today: datetime.date
) -> list[Reason]:
    if expires_on <= starts_on:
        return [Reason("agreement-ends-before-it-begins")]
    if expires_on > today + FARTHEST or starts_on < today - FARTHEST:
        return [Reason("agreement-too-far")]
    return []


def obstacles_in_comment_day(until: datetime.date | None, today: datetime.date) -> list[Reason]:
    if until is not None and until < today:
        return [Reason("comment-day-over", {"day": until.isoformat()})]
    return [Reason("agreement-too-far")] if until is not None and until > today + FARTHEST else []


def obstacles_to_setting(agreement: Agreement, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """The commission says from when to when it holds, how it is voted, and until when comments come in."""
    return obstacles_to_sitting(agreement, by=by, at=at) + obstacles_while_written(agreement)


def obstacles_to_adding_article(
    agreement: Agreement, writer: Member, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_to_setting(agreement, by=by, at=at)
    if agreement.articles.count() >= MOST_ARTICLES:
        reasons.append(Reason("too-many-articles", {"most": MOST_ARTICLES}))
    return reasons + _obstacles_to_writer(agreement, writer, at)


def _obstacles_to_writer(agreement: Agreement, writer: Member, at: datetime.datetime) -> list[Reason]:
    if commission_of(agreement, at).filter(pk=writer.pk).exists():
        return []
    return [Reason("writer-of-the-commission", {"name": writer.name})]


def obstacles_to_handing_on(
    article: AgreementArticle, writer: Member, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_to_setting(article.agreement, by=by, at=at)
    if writer.pk == article.writer_id:
        reasons.append(Reason("writes-it-already", {"name": writer.name}))
    return reasons + _obstacles_to_writer(article.agreement, writer, at)


def obstacles_to_writing_article(
    article: AgreementArticle, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Its writer, as long as that person sits in the commission; nobody else."""
    if article.writer_id != by.pk:
        return [Reason("not-its-writer", {"name": article.writer.name})]
    return obstacles_to_setting(article.agreement, by=by, at=at)


def obstacles_in_article(title: str, text: str) -> list[Reason]:
    reasons = []
    if not tidy(title):
        reasons.append(Reason("no-title"))
    if len(title) > LONGEST_TITLE:
        reasons.append(Reason("text-too-long", {"field": "title", "most": LONGEST_TITLE}))
    if not tidy(text):
        reasons.append(Reason("article-without-words"))
    if len(text) > LONGEST_ARTICLE:
        reasons.append(Reason("article-too-long", {"most": LONGEST_ARTICLE}))
    return reasons


def obstacles_to_saving_article(
    article: AgreementArticle, *, title: str, text: str, version: int, by: Member, at: datetime.datetime
) -> list[Reason]:
    """`version`: the one that was on the screen. An older is refused: somebody has saved since."""
    reasons = obstacles_to_writing_article(article, by=by, at=at)
    if version != article.versions:
        reasons.append(Reason("changed-meanwhile"))
    reasons += obstacles_in_article(title, text)
    last = article.texts.last()
    if not reasons and last is not None and (last.title, last.text) == (title, text):
        reasons.append(Reason("article-says-so"))
    return reasons


def obstacles_to_saying_state(
    article: AgreementArticle,
    state: str,
    *,
    question: str,
    waits_for: Proposal | None,
    by: Member,
    at: datetime.datetime,
) -> list[Reason]:
    """The commission, not the writer alone. An open question is asked; what has no words is agreed by nobody."""
    reasons = obstacles_to_setting(article.agreement, by=by, at=at)
    if state == State.OPEN_QUESTION and not question:
        reasons.append(Reason("open-question-is-asked"))
    if state == State.AGREED and article.versions == 0:
        reasons.append(Reason("article-without-words"))
    if (state, question, waits_for) == (article.state, article.question, article.waits_for):
        reasons.append(Reason("state-is-so-already"))
    return reasons


def obstacles_to_joining_in(agreement: Agreement, day: datetime.date) -> list[Reason]:
    """Everybody of the plant comments, up to the last day."""
    reasons = obstacles_while_written(agreement)
    if not reasons and not agreement.takes_comments(day) and agreement.comments_until is not None:
        reasons.append(Reason("comments-closed", {"day": agreement.comments_until.isoformat()}))
    return reasons


def obstacles_to_commenting(
    article: AgreementArticle, text: str, *, on_behalf_of: Body | None, by: Member, at: datetime.datetime
) -> list[Reason]:
    """In time, with words; in the name of a council who sits in it or calls it; the same word only once."""
    reasons = obstacles_to_joining_in(article.agreement, by.cooperative.day_of(at))
    if on_behalf_of is not None:
        reasons += obstacles_to_speaking_for(on_behalf_of, by=by, at=at)
    if not text:
        reasons.append(Reason("comment-without-words"))
    if len(text) > LONGEST_COMMENT:
        reasons.append(Reason("text-too-long", {"field": "text", "most": LONGEST_COMMENT}))
    if article.comments.filter(author=by, on_behalf_of=on_behalf_of, text=text).exists():
        reasons.append(Reason("comment-said-already"))
    return reasons


def obstacles_to_adding_step(
    agreement: Agreement, day: datetime.date, what: str, *, by: Member, at: datetime.datetime
) -> list[Reason]:
    reasons = obstacles_to_sitting(agreement, by=by, at=at)
    if abs(day - by.cooperative.day_of(at)) > FARTHEST:
        reasons.append(Reason("agreement-too-far"))
    if agreement.steps.filter(day=day, what=what).exists():
        reasons.append(Reason("step-stands-already"))
    return reasons


def obstacles_to_doing_step(step: AgreementStep, *, by: Member, at: datetime.datetime) -> list[Reason]:
    reasons = obstacles_to_sitting(step.agreement, by=by, at=at)
    return reasons + ([Reason("step-is-done")] if step.done_at is not None else [])


def obstacles_to_laying_before(
    agreement: Agreement, articles: Sequence[AgreementArticle], *, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Every article has its words, and none an open question: what is put to the assembly can be voted."""
    reasons = obstacles_to_setting(agreement, by=by, at=at)
    if not articles:
        reasons.append(Reason("agreement-without-articles"))
    empty = [article.number for article in articles if article.versions == 0]
    if empty:
        reasons.append(Reason("articles-without-words", {"lines": empty}))
    asked = [article.number for article in articles if article.state == State.OPEN_QUESTION]
    if asked:
        reasons.append(Reason("articles-with-questions", {"lines": asked}))
    return reasons
