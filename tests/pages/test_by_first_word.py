"""Every address is found by its first word, and is the one that going through the whole list finds."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver, path
from django.urls.resolvers import RoutePattern

from coop.urls import inside
from coop.urls.by_first_word import ByFirstWord

VALUES = {
    "key": "7",
    "int": "7",
    "slug": "a-b",
    "str": "a-b",
    "path": "a/b",
    "place": "4.2",
    "uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12,
}
HOUSE = RoutePattern("<slug:coop>/")


def sample(route: str) -> str:
    """An address as the route says it."""
    parts = route.split("<")
    filled = [parts[0]]
    for part in parts[1:]:
        kind, _, rest = part.partition(">")
        filled.append(VALUES[kind.partition(":")[0]] + rest)
    return "".join(filled)


def test_every_address_is_found_as_in_the_whole_list() -> None:
    quick, whole = ByFirstWord(HOUSE, inside), URLResolver(HOUSE, inside)
    assert len(inside) > 300
    for one in inside:
        address = f"bakery/{sample(str(one.pattern))}"
        expected, found = whole.resolve(address), quick.resolve(address)
        assert (found.func, found.kwargs, found.route, found.url_name) == (
            expected.func,
            expected.kwargs,
            expected.route,
            expected.url_name,
        )


@pytest.mark.parametrize(
    "address", ["bakery/nothing/", "bakery/ballots", "bakery/ballots/x/", "Bäckerei!/", ""]
)
def test_what_is_not_there_is_not_found(address: str) -> None:
    with pytest.raises(Resolver404):
        ByFirstWord(HOUSE, inside).resolve(address)


def page(_request: HttpRequest, **_values: str) -> HttpResponse:
    return HttpResponse()


def test_what_begins_with_a_value_keeps_its_place() -> None:
    addresses = [
        path("new/", page, name="first"),
        path("<slug:word>/", page, name="any"),
        path("old/", page, name="never"),
    ]
    quick = ByFirstWord(HOUSE, addresses)
    names = [quick.resolve(f"bakery/{word}/").url_name for word in ("new", "other", "old")]
    assert names == ["first", "any", "any"]
