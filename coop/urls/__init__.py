"""Every address, a module for each room of the house, grouped by noun there, the verb last."""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.resolvers import RoutePattern

from coop.pages import errors
from coop.pages.entrance import door as entrance

from .by_first_word import ByFirstWord
from .converters import Key, Place

register_converter(Key, "key")
register_converter(Place, "place")

from . import (  # noqa: E402 - they use the converters
    budget_kept,
    budget_round,
    budget_voted,
    door,
    floor,
    floor_meetings,
    funds,
    meetings,
    money,
    offices,
    papers,
    people,
    selling,
    signatures,
    votes,
)

inside: list[URLPattern | URLResolver] = [
    *door.ADDRESSES,
    *people.ADDRESSES,
    *offices.ADDRESSES,
    *signatures.ADDRESSES,
    *papers.ADDRESSES,
    *meetings.ADDRESSES,
    *floor_meetings.ADDRESSES,
    *votes.ADDRESSES,
    *money.ADDRESSES,
    *floor.ADDRESSES,
    *budget_kept.ADDRESSES,
    *budget_round.ADDRESSES,
    *selling.ADDRESSES,
    *budget_voted.ADDRESSES,
    *funds.ADDRESSES,
]

urlpatterns = [
    path("", entrance.doorstep, name="doorstep"),
    path("health/", entrance.health, name="health"),
    path("language/", entrance.language, name="language"),
    ByFirstWord(RoutePattern("<slug:coop>/"), inside),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
