"""How long the door waits, where somebody knocks from, and what a browser calls itself: what only computes."""

from __future__ import annotations

import datetime
import doctest
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coop.keys import addresses, browsers, waiting
from coop.keys.addresses import client_address
from coop.keys.browsers import browser_and_device
from coop.keys.waiting import FORGOTTEN_AFTER, LONGEST_WAIT, WAITS, wait_after

MINUTE = datetime.timedelta(minutes=1)
PROXIES = [ip_network("10.0.0.0/24"), ip_network("2001:db8:1::/48")]


@pytest.mark.parametrize("module", [addresses, browsers, waiting])
def test_the_examples_in_the_words_above_the_functions_hold(module: object) -> None:
    found = doctest.testmod(module)  # type: ignore[arg-type]
    assert found.attempted > 0
    assert found.failed == 0


def test_the_door_waits_from_the_fifth_wrong_try_on_and_twice_as_long_each_time() -> None:
    assert [wait_after(wrong) // MINUTE for wrong in range(1, 14)] == [
        0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 960, 1440, 1440,
    ]  # fmt: skip
    assert FORGOTTEN_AFTER > LONGEST_WAIT


@given(st.integers(1, 10**9))
def test_the_list_of_waits_says_what_the_function_says(wrong: int) -> None:
    assert WAITS[min(wrong, len(WAITS)) - 1] == wait_after(wrong)


def test_a_year_of_guessing_from_outside_is_fewer_than_four_hundred_tries() -> None:
    """The promise in the module's first words, counted out for whoever always tries as soon as it is allowed."""
    passed, tries = datetime.timedelta(), 0
    while passed < datetime.timedelta(days=365):
        tries += 1
        passed += wait_after(tries)
    assert 370 < tries < 400


@pytest.mark.parametrize(
    ("remote", "forwarded", "found"),
    [
        ("200.1.1.9", "", "200.1.1.9"),
        ("200.1.1.9", "1.2.3.4", "200.1.1.9"),  # nobody we know: what it says of others is not read
        ("10.0.0.5", "1.2.3.4", "1.2.3.4"),
        ("10.0.0.5", "6.6.6.6, 1.2.3.4", "1.2.3.4"),  # the left part is whatever the knocker wrote
        ("10.0.0.5", "6.6.6.6, 1.2.3.4, 10.0.0.6", "1.2.3.4"),
        ("10.0.0.5", "10.0.0.9, 10.0.0.6", "10.0.0.9"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("10.0.0.5", "rubbish", "10.0.0.5"),
        ("10.0.0.5", "1.2.3.4, rubbish", "10.0.0.5"),
        ("10.0.0.5", "1.2.3.4:8080", "1.2.3.4"),
        ("10.0.0.5:3000", "[2001:db8:9::7]:443", "2001:db8:9::/64"),
        ("2001:db8:1::5", "1.2.3.4", "1.2.3.4"),
        ("::ffff:10.0.0.5", "1.2.3.4", "1.2.3.4"),
        ("fe80::1%eth0", "", "fe80::/64"),
        ("2001:db8:7::1:2:3:4", "", "2001:db8:7::/64"),
        ("", "1.2.3.4", "unknown"),
        ("@", "1.2.3.4", "unknown"),
    ],
)
def test_only_our_own_proxies_are_believed(remote: str, forwarded: str, found: str) -> None:
    assert client_address(remote, forwarded, PROXIES) == found


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_header_breaks_the_reading(remote: str, forwarded: str) -> None:
    assert client_address(remote, forwarded, PROXIES)
    assert client_address("200.1.1.9", forwarded, PROXIES) == "200.1.1.9"


SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1"
CHROME = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (SAFARI, ("Safari", "iPhone")),
        (CHROME, ("Chrome", "Android")),
        (CHROME + " EdgA/131.0", ("Edge", "Android")),
        (CHROME.replace("Chrome/", "SamsungBrowser/25 Chrome/"), ("Samsung Internet", "Android")),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", ("Firefox", "Linux")),
        ("", ("", "")),
        ("<script>alert(1)</script>", ("", "")),
    ],
)
def test_browsers_are_told_apart(agent: str, words: tuple[str, str]) -> None:
    assert browser_and_device(agent) == words
