"""Who may ask an office something, and who answers for it (practice C10). No writes, no clock."""

from __future__ import annotations

import datetime
from collections import defaultdict

from django.db.models import F, Min, Q, QuerySet

from coop.charter.models import Cooperative
from coop.elections.constituencies import assembly_of
from coop.members.models import Body, Deputy, Mandate, Member, Office
from coop.refusals import Reason

from ..models import Answer, Question
from ..speed import Asked, Speed, speed

MOST_WAITING = 5  # questions of one person at one office: the others get their answers too
LOOKED_BACK = datetime.timedelta(days=365)  # how fast an office answers is told of the last year


def holders(office: Office, at: datetime.datetime) -> QuerySet[Mandate]:
    """Who holds it now. An alternate answers for nothing before moving up."""
    return Mandate.objects.filter(Mandate.in_force(at), seat__office=office, seat__alternate=False)


def answers_for(office: Office, by: Member, at: datetime.datetime) -> bool:
    """Whoever holds it, and whoever stands in for them."""
    stands_in = Deputy.objects.filter(
        Deputy.in_force(at), Mandate.in_force(at, "through__"), through__member=by
    )
    return holders(office, at).filter(Q(member=by) | Q(pk__in=stands_in.values("mandate"))).exists()


def answered(questions: QuerySet[Question]) -> QuerySet[Question]:
    """Each with the moment of its first answer as `.answered_at`; None while it waits."""
    return questions.annotate(answered_at=Min("answers__at"))


def waiting(questions: QuerySet[Question]) -> QuerySet[Question]:
    return questions.filter(answers__isnull=True)


def obstacles_to_asking_an_office(office: Office, *, by: Member, at: datetime.datetime) -> list[Reason]:
    """Somebody else's office that somebody holds; and not too many at once."""
    now = list(holders(office, at).values_list("member", flat=True))
    if not now:
        return [Reason("nobody-holds-it", {"office": office.title})]
    if by.pk in now:
        return [Reason("question-to-oneself")]
    mine = waiting(Question.objects.filter(office=office, asked_by=by)).count()
    return [Reason("questions-wait-already", {"most": MOST_WAITING})] if mine >= MOST_WAITING else []


def obstacles_to_answering_a_question(
    question: Question, *, kind: str, by: Member, at: datetime.datetime
) -> list[Reason]:
    """Whoever holds the office now, once; what comes after is added."""
    if not answers_for(question.office, by, at):
        return [Reason("not-asked-of-you", {"office": question.office.title})]
    first = question.answers.exclude(kind=Answer.Kind.ADDED).exists()
    if kind == Answer.Kind.ADDED:
        return [] if first else [Reason("question-not-answered-yet")]
    return [Reason("question-answered-already")] if first else []


def about(key: object) -> str:
    """How the item on an agenda names where it comes from."""
    return f"office-question/{key}"


def answers_to(office: Office) -> Body:
    """Before whom an office answers: the meeting of its department, where it has one, or else the general assembly."""
    body = office.body
    place = body.department_id
    if place is not None:
        own = Body.objects.filter(
            cooperative=body.cooperative_id, composition=Body.Composition.DEPARTMENT, department=place
        )
        found = own.select_related("cooperative__chain").order_by("pk").first()
        if found is not None:
            return found
    return assembly_of(body.cooperative)


def obstacles_to_laying_before_the_body(question: Question, *, day: datetime.date) -> list[Reason]:
    """Not answered by its day. A personal one goes on no agenda: everybody would read who asked."""
    found = [Reason("question-is-personal")] if question.personal else []
    if question.answers.exclude(kind=Answer.Kind.ADDED).exists():
        found.append(Reason("question-answered-already"))
    if day <= question.due_on:
        found.append(Reason("question-not-due-yet", {"day": question.due_on.isoformat()}))
    return found


def reads(question: Question, who: Member, at: datetime.datetime) -> bool:
    """Everybody; a personal one whoever asked it and whoever answers for the office."""
    return not question.personal or question.asked_by_id == who.pk or answers_for(question.office, who, at)


def readable(questions: QuerySet[Question], who: Member, at: datetime.datetime) -> QuerySet[Question]:
    """Those whose words this person reads; see `reads`."""
    mine = Mandate.objects.filter(Mandate.in_force(at), member=who, seat__alternate=False)
    return questions.filter(Q(personal=False) | Q(asked_by=who) | Q(office__in=mine.values("seat__office")))


def speeds(
    cooperative: Cooperative, at: datetime.datetime, *, office: Office | None = None
) -> dict[int, Speed]:
    """How fast each office answered what it was asked in the last year, by its key. One query, however many."""
    found = Question.objects.filter(
        office__body__cooperative=cooperative, asked_at__gt=at - LOOKED_BACK, asked_at__lte=at
    )
    if office is not None:
        found = found.filter(office=office)
    first = found.annotate(answered_at=Min("answers__at"))
    rows = first.values_list("office", "asked_at", "due_on", "answered_at").order_by("pk")
    asked: dict[int, list[Asked]] = defaultdict(list)
    for key, asked_at, due_on, answered_at in rows:
        on = None if answered_at is None else cooperative.day_of(answered_at)
        asked[key].append(Asked(cooperative.day_of(asked_at), due_on, on))
    return {key: speed(ones, cooperative.day_of(at)) for key, ones in asked.items()}


def standing_first(questions: QuerySet[Question]) -> QuerySet[Question]:
    """What waits comes first, the longest overdue on top; then the newest."""
    return answered(questions).order_by(F("answered_at").desc(nulls_first=True), "due_on", "-pk")
