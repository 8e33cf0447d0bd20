"""Founding a co-operative, and adopting the next version of its bylaws."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from coop.charter.differences import differences
from coop.charter.models import Bylaws, Cooperative
from coop.charter.rules import obstacles_to_adopting, obstacles_to_founding
from coop.journal.actions import start_chain, write
from coop.journal.models import Actor, Subject
from coop.refusals import refuse_if


@transaction.atomic
def found_cooperative(
    *,
    by: Actor,
    at: datetime.datetime,
    slug: str,
    legal_name: str,
    short_name: str,
    legal_form: str,
    time_zone: str,
    currency_code: str,
    adopted_by: str,
    bylaws: Mapping[str, object] | None = None,
    valid_from: datetime.date | None = None,
    currency_decimals: int = 2,
    language: str = "en",
    reference_pay: Decimal | int = 0,
    town: str = "",
    region: str = "",
    motto: str = "",
    registered_number: str = "",
    founded: datetime.date | None = None,
) -> Cooperative:
    """The co-operative, its chain and the first version of its bylaws. Articles not given keep their default.

    The first bylaws are valid from `valid_from`, else from the founding day, else from today in its zone.
    """
    cooperative = Cooperative(
        slug=slug,
        legal_name=legal_name,
        short_name=short_name,
        legal_form=legal_form,
        town=town,
        region=region,
        motto=motto,
        registered_number=registered_number,
        founded=founded,
        time_zone=time_zone,
        currency_code=currency_code,
        currency_decimals=currency_decimals,
        language=language,
        reference_pay=reference_pay,
    )
    first = dict(bylaws or {})
    refuse_if(obstacles_to_founding(cooperative, bylaws=first, adopted_by=adopted_by))
    cooperative.chain = start_chain(label=slug)
    cooperative.save(force_insert=True)
    version = Bylaws(
        cooperative=cooperative,
        version=1,
        valid_from=valid_from or founded or cooperative.day_of(at),
        adopted_by=adopted_by,
        recorded_at=at,
        **first,
    )
    version.save(force_insert=True)
    write(
        cooperative.chain,
        verb="cooperative-founded",
        subject=Subject("cooperative", cooperative.pk, cooperative.short_name),
        by=by,
        at=at,
        facts={"slug": slug, "legal_name": legal_name, "legal_form": legal_form, "founded": founded},
    )
    _journal(version, by=by, at=at, facts={"articles": version.values()})
    return cooperative


@transaction.atomic
def adopt_bylaws(
    *,
    cooperative: Cooperative,
    by: Actor,
    at: datetime.datetime,
    valid_from: datetime.date,
    adopted_by: str,
    changes: Mapping[str, object],
    note: str = "",
) -> Bylaws:
    """The next version: the latest one with these changes. `adopted_by` names the decision."""
    Cooperative.objects.select_for_update(no_key=True).get(pk=cooperative.pk)  # one version at a time
    latest = Bylaws.objects.filter(cooperative=cooperative).latest("version")
    refuse_if(
        obstacles_to_adopting(
            latest, changes=changes, valid_from=valid_from, adopted_by=adopted_by, note=note
        )
    )
    version = Bylaws(
        cooperative=cooperative,
        version=latest.version + 1,
        valid_from=valid_from,
        adopted_by=adopted_by,
        recorded_at=at,
        note=note,
        **(latest.values() | dict(changes)),
    )
    version.save(force_insert=True)
    changed = {
        change.article.key: [change.before, change.after]
        for change in differences(latest.values(), version.values())
    }
    _journal(version, by=by, at=at, facts={"changes": changed})
    return version


def _journal(version: Bylaws, *, by: Actor, at: datetime.datetime, facts: dict[str, object]) -> None:
    write(
        version.cooperative.chain,
        verb="bylaws-adopted",
        subject=Subject("bylaws", version.version, f"version {version.version}"),
        by=by,
        at=at,
        facts=facts
        | {"version": version.version, "valid_from": version.valid_from, "adopted_by": version.adopted_by},
    )
