"""The collective agreement: begun by a mandate, written and discussed article by article, laid before the assembly."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from coop.charter.models import Cooperative
from coop.journal.actions import write as write_journal
from coop.journal.models import Actor, Subject
from coop.letters import one_line
from coop.members.models import Body, Member
from coop.refusals import refuse_if

from ..agreement_texts import latest_texts, works_with
from ..models import Agreement, AgreementArticle, AgreementStep, ArticleComment, ArticleText, Proposal
from ..rules.agreements import (
    obstacles_in_comment_day,
    obstacles_in_days,
    obstacles_to_adding_article,
    obstacles_to_adding_step,
    obstacles_to_beginning,
    obstacles_to_commenting,
    obstacles_to_doing_step,
    obstacles_to_handing_on,
    obstacles_to_laying_before,
    obstacles_to_saving_article,
    obstacles_to_saying_state,
    obstacles_to_setting,
)
from ..wording import tidy, tidy_clause, tidy_title
from .proposals import write

State = Agreement.State


@transaction.atomic
def begin_agreement(
    *,
    code: str,
    title: str,
    commission: Body,
    mandate: str,
    starts_on: datetime.date,
    expires_on: datetime.date,
    old_title: str = "",
    old_expires_on: datetime.date | None = None,
    by_article: bool = False,
    comments_until: datetime.date | None = None,
    by: Member,
    at: datetime.datetime,
) -> Agreement:
    """The assembly has asked a commission for it (`mandate`: the decision). The one kept here that is not ended yet
    is the one it replaces; an older one is named in words, with the day on which it expires."""
    Cooperative.objects.select_for_update(no_key=True).get(pk=by.cooperative_id)  # its code stands once
    today = by.cooperative.day_of(at)
    refuse_if(
        obstacles_to_beginning(commission, code=one_line(code), by=by, at=at)
        + obstacles_in_days(starts_on=starts_on, expires_on=expires_on, today=today)
        + obstacles_in_comment_day(comments_until, today)
    )
    before = Agreement.objects.filter(cooperative=by.cooperative, state=State.ADOPTED, ended_on=None).first()
    agreement = Agreement.objects.create(
        cooperative=by.cooperative,
        code=one_line(code),
        title=tidy_title(title),
        commission=commission,
        mandate=one_line(mandate),
        replaces=before,
        old_title=str(before)[:160] if before else one_line(old_title),
        old_expires_on=before.expires_on if before else old_expires_on,
        starts_on=starts_on,
        expires_on=expires_on,
        by_article=by_article,
        comments_until=comments_until,
        begun_by=by,
        begun_at=at,
    )
    told = {"commission": commission.name, "mandate": agreement.mandate}
    _journal(agreement, verb="agreement-begun", by=by.actor, at=at, facts=told)
    return agreement


@transaction.atomic
def set_agreement(
    *,
    agreement: Agreement,
    starts_on: datetime.date,
    expires_on: datetime.date,
    by_article: bool,
    comments_until: datetime.date | None,
    by: Member,
    at: datetime.datetime,
) -> None:
    """From when to when it is to hold, how it is voted, and the last day for comments."""
    agreement = _locked(agreement)
    today = by.cooperative.day_of(at)
    reasons = obstacles_to_setting(agreement, by=by, at=at)
    reasons += obstacles_in_days(starts_on=starts_on, expires_on=expires_on, today=today)
    if comments_until != agreement.comments_until:
        reasons += obstacles_in_comment_day(comments_until, today)
    refuse_if(reasons)
    facts = {
        "starts_on": starts_on,
        "expires_on": expires_on,
        "by_article": by_article,
        "comments_until": comments_until,
    }
    _advance(agreement, **facts)
    told = {
        "since": starts_on.isoformat(),
        "ends_on": expires_on.isoformat(),
        "by_article": by_article,
        "until": comments_until.isoformat() if comments_until else None,
    }
    _journal(agreement, verb="agreement-set", by=by.actor, at=at, facts=told)


@transaction.atomic
def add_article(
    *, agreement: Agreement, title: str, writer: Member, by: Member, at: datetime.datetime
) -> AgreementArticle:
    """One more at the end, with who writes it."""
    agreement = _locked(agreement)
    refuse_if(obstacles_to_adding_article(agreement, writer, by=by, at=at))
    last = agreement.articles.aggregate(last=Max("number"))["last"] or 0
    article = AgreementArticle.objects.create(
        agreement=agreement, number=last + 1, title=tidy_title(title), writer=writer
    )
    _journal(article, verb="article-added", by=by.actor, at=at, facts={"writer": writer.name})
    return article


@transaction.atomic
def hand_on_article(*, article: AgreementArticle, writer: Member, by: Member, at: datetime.datetime) -> None:
    """Somebody else of the commission writes it from now on."""
    article = _locked_article(article)
    refuse_if(obstacles_to_handing_on(article, writer, by=by, at=at))
    article.writer = writer
    article.save(update_fields=["writer"])
    _journal(article, verb="article-handed-on", by=by.actor, at=at, facts={"writer": writer.name})


@transaction.atomic
def write_article(
    *, article: AgreementArticle, title: str, text: str, version: int, by: Member, at: datetime.datetime
) -> ArticleText:
    """One more version. `version`: the one that was on the screen, 0 before the first; an older one is refused."""
    article = _locked_article(article)
    title, text = tidy_title(title), tidy_clause(text)
    refuse_if(obstacles_to_saving_article(article, title=title, text=text, version=version, by=by, at=at))
    article.versions, article.title = article.versions + 1, title
    article.save(update_fields=["versions", "title"])
    saved = ArticleText.objects.create(
        article=article, number=article.versions, title=title, text=text, author=by, written_at=at
    )
    _journal(article, verb="article-written", by=by.actor, at=at, facts={"version": saved.number})
    return saved


@transaction.atomic
def say_state(
    *,
    article: AgreementArticle,
    state: str,
    question: str = "",
    waits_for: Proposal | None = None,
    by: Member,
    at: datetime.datetime,
) -> None:
    """How far the commission is with it. Only an open question has words of its own, and a proposal it waits for."""
    article = _locked_article(article)
    if state != AgreementArticle.State.OPEN_QUESTION:
        question, waits_for = "", None
    question = one_line(question)
    refuse_if(obstacles_to_saying_state(article, state, question=question, waits_for=waits_for, by=by, at=at))
    article.state, article.question, article.waits_for = state, question, waits_for
    article.save(update_fields=["state", "question", "waits_for"])
    _journal(article, verb="article-stands", by=by.actor, at=at, facts={"stands": str(state)})


@transaction.atomic
def comment_on_article(
    *,
    article: AgreementArticle,
    text: str,
    on_behalf_of: Body | None = None,
    by: Member,
    at: datetime.datetime,
) -> ArticleComment:
    """A word on it: of one person, kept with the shift they work that day, or of a council for all shifts."""
    article = AgreementArticle.objects.select_related(
        "agreement__cooperative", "agreement__proposal", "agreement__commission"
    ).get(pk=article.pk)
    text = tidy(text)
    refuse_if(obstacles_to_commenting(article, text, on_behalf_of=on_behalf_of, by=by, at=at))
    crew, shift = (None, None) if on_behalf_of else works_with(by, at)
    comment = ArticleComment.objects.create(
        article=article,
        text=text,
        author=by,
        on_behalf_of=on_behalf_of,
        crew=crew,
        shift=shift,
        written_at=at,
    )
    told = {"body": on_behalf_of.name} if on_behalf_of else {}
    _journal(article, verb="article-commented", by=by.actor, at=at, facts=told)
    return comment


@transaction.atomic
def add_step(
    *, agreement: Agreement, day: datetime.date, what: str, by: Member, at: datetime.datetime
) -> AgreementStep:
    """A day of the timetable."""
    agreement = _locked(agreement)
    what = one_line(what)
    refuse_if(obstacles_to_adding_step(agreement, day, what, by=by, at=at))
    step = AgreementStep.objects.create(agreement=agreement, day=day, what=what)
    _journal(
        agreement, verb="agreement-step", by=by.actor, at=at, facts={"due_on": day.isoformat(), "told": what}
    )
    return step


@transaction.atomic
def do_step(*, step: AgreementStep, by: Member, at: datetime.datetime) -> None:
    """It has been done."""
    step = (
        AgreementStep.objects.select_for_update(of=("self",), no_key=True)
        .select_related("agreement__cooperative", "agreement__commission")
        .get(pk=step.pk)
    )
    refuse_if(obstacles_to_doing_step(step, by=by, at=at))
    step.done_by, step.done_at = by, at
    step.save(update_fields=["done_by", "done_at"])
    _journal(step.agreement, verb="agreement-step-done", by=by.actor, at=at, facts={"told": step.what})


@transaction.atomic
def lay_before_assembly(
    *, agreement: Agreement, reasons: str = "", by: Member, at: datetime.datetime
) -> Proposal:
    """The text becomes the draft of a proposal: each article one clause, its title on the first line.

    From here on it is published, signed, amended and voted like every other; when it is given up or not carried, the
    commission goes on writing.
    """
    agreement = _locked(agreement)
    articles = list(agreement.articles.all())
    refuse_if(obstacles_to_laying_before(agreement, articles, by=by, at=at))
    texts = {one.article_id: one.text for one in latest_texts(agreement)}
    proposal = write(
        title=agreement.title,
        clauses=[f"{article.title}\n{texts[article.pk]}" for article in articles],
        reasons=reasons,
        kind=Proposal.Kind.AGREEMENT,
        on_behalf_of=agreement.commission,
        by=by,
        at=at,
    )
    _advance(agreement, proposal=proposal)
    _journal(agreement, verb="agreement-laid-before", by=by.actor, at=at, facts={"articles": len(articles)})
    return proposal


@transaction.atomic
def adopt_agreement(
    *, agreement: Agreement, decision: str, day: datetime.date, by: Actor, at: datetime.datetime
) -> None:
    """It was carried (`decision`, on `day`): in force from its day, at once when that is over.
    The old one ends then.

    One that expired while it was voted began on its last day: it rules on until another begins.
    Called in the transaction that settles the decision.
    """
    agreement = _locked(agreement)
    last = agreement.expires_on - datetime.timedelta(days=1)
    starts_on = max(agreement.starts_on, min(day, last))
    older = Agreement.objects.select_for_update(no_key=True).filter(
        cooperative=agreement.cooperative_id, state=State.ADOPTED, ended_on=None
    )
    before = list(older.order_by("pk"))
    _advance(
        agreement,
        state=State.ADOPTED,
        adopted_on=day,
        adopted_by=decision,
        starts_on=starts_on,
        replaces=before[-1] if before else agreement.replaces,
    )
    told = {"since": starts_on.isoformat(), "decision": decision}
    _journal(agreement, verb="agreement-adopted", by=by, at=at, facts=told)
    for one in before:
        _advance(one, ended_on=starts_on)
        _journal(
            one,
            verb="agreement-ended",
            by=by,
            at=at,
            facts={"ends_on": starts_on.isoformat(), "through": agreement.code},
        )


# --- Rows and journal -----------------------------------------------------------------------------------------------


def _locked(agreement: Agreement) -> Agreement:
    """Again, read under its lock; in the order of locks it comes after the proposal."""
    return (
        Agreement.objects.select_for_update(of=("self",), no_key=True)
        .select_related("cooperative", "commission", "proposal", "replaces")
        .get(pk=agreement.pk)
    )


def _locked_article(article: AgreementArticle) -> AgreementArticle:
    """The article with its agreement, the agreement's lock first."""
    agreement = _locked(Agreement(pk=article.agreement_id))
    again = (
        AgreementArticle.objects.select_for_update(of=("self",), no_key=True)
        .select_related("writer", "waits_for")
        .get(pk=article.pk)
    )
    again.agreement = agreement
    return again


def _advance(agreement: Agreement, **facts: Any) -> None:
    for name, value in facts.items():
        setattr(agreement, name, value)
    agreement.save(update_fields=list(facts))


def _journal(
    about: Agreement | AgreementArticle,
    *,
    verb: str,
    by: Actor,
    at: datetime.datetime,
    facts: dict[str, Any],
) -> None:
    agreement = about if isinstance(about, Agreement) else about.agreement
    subject = (
        Subject("agreement", str(about.pk), str(about))
        if isinstance(about, Agreement)
        else Subject("article", str(about.pk), f"{agreement.code} § {about.number}")
    )
    write_journal(agreement.cooperative.chain, verb=verb, subject=subject, by=by, at=at, facts=facts)
