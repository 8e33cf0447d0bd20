"""The database of the tests, a committed copy of it for races and browsers, a running site, and a Chromium.

Tests connect as the application (coop_app), so what it may not do fails here too. Ordinary tests take
`db`: they run in a transaction that is rolled back, and what the tests of a module begin with is done once
(kept_steps.py). `django_db(transaction=True)`, `live_server` do not work here: they empty tables, and the journal
refuses that. Take `committed_db` or `site`. The tests of the demonstration read copies of a plant that is planted once
(planted.py).
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import hypothesis
import psycopg
import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection, connections
from django.test.testcases import LiveServerThread
from django.utils import translation
from psycopg import sql

from coop import unchanged
from coop.ballots import printed
from coop.database_roles.acting import acting_as_administrator
from coop.database_roles.prepare import prepare
from coop.pages import kept, polled
from tests import planted
from tests.clones import Copy
from tests.kept_steps import Transaction, end_all
from tests.ready_database import copied
from tests.untold import Watch, watched

if TYPE_CHECKING:
    from coop.demo.timeline import World

CI = os.environ.get("CI", "").lower() in {"1", "true"}

# Two shared cores: a slow example is no fault. Where a change is judged the examples are the same each time: new ones
# are sought, and found, where somebody works, and not laid at the door of whoever comes by.
hypothesis.settings.register_profile(
    "house", deadline=None, derandomize=CI, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")


# The cluster of the tests throws safety away for speed; a secret vote on screens would not open on it.
THROWN_AWAY = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


# Files of minutes begin first, so that at the end no worker is left alone with one.
LONGEST = (
    "browser/",
    "demo/",
    "blackbox/",
    "pages/test_spoken.py",
    "pages/test_words.py",
    "pages/test_role_matrix.py",
    "pages/test_doors.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.removeprefix("tests/").startswith(LONGEST))


@pytest.fixture(scope="session", autouse=True)
def real_readings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Guards read this cluster as if it kept what it says; secrets of urns lie aside; codes of trustees are cheap.

    The fixture is the unpatched `guards.readings`.
    """
    from django.conf import settings

    from coop.ballots.sealed import guards, trustees

    as_they_are = guards.readings
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "URN_SECRETS", tmp_path_factory.mktemp("urns"))
        patch.setattr(guards, "readings", lambda: as_they_are() | THROWN_AWAY)
        patch.setattr(trustees, "OPERATIONS", 1)
        patch.setattr(trustees, "MEMORY", 8192)
        yield as_they_are


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """This process's own copy of the ready database; what pytest-django does instead takes half a minute."""
    settings = connection.settings_dict
    usual, own = settings["NAME"], settings["TEST"]["NAME"] + os.environ.get("PYTEST_XDIST_WORKER", "")
    copied(own, beside_the_tests)
    settings["NAME"] = own
    with django_db_blocker.unblock():
        prepare(connection)  # who may connect is not copied along
    yield
    with django_db_blocker.unblock():
        connections.close_all()
    settings["NAME"] = usual
    administer("DROP DATABASE IF EXISTS {copy} WITH (FORCE)", copy=own + "_clone")
    administer("DROP DATABASE {own} WITH (FORCE)", own=own)


@pytest.fixture(scope="module")
def steps_of_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[Transaction]:
    """What the tests of a module begin with is done once (tests/kept_steps.py)."""
    of_module = Transaction()
    with of_module.running():
        yield of_module
        with django_db_blocker.unblock():
            of_module.end_all()


@pytest.fixture(autouse=True)
def nobody_has_chosen_a_language() -> Iterator[None]:
    """A request leaves its language behind in the thread: the next test would read words it does not expect."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def watch() -> Iterator[Watch]:
    """Every request of the tests is watched (untold.py); begun cold, unless a test sets it warm."""
    with watched() as watching:
        yield watching


@pytest.fixture(autouse=True)
def nothing_changes_untold(watch: Watch) -> Iterator[None]:
    watch.warm = False
    watch.untold.clear()
    yield
    assert not watch.untold, "changed without a line of the journal"


def forget_rows() -> None:
    """What the process knows of ballots and halls: after a rollback the same numbers are other things."""
    kept._frozen.clear()
    kept._counted.clear()
    printed._questions_for_good.cache_clear()
    unchanged.forget()
    polled.forget()


@pytest.fixture
def _django_db_helper(
    request: pytest.FixtureRequest, steps_of_module: Transaction, django_db_blocker: Any
) -> Iterator[None]:
    """In the place of pytest-django's: behind `db` and the mark `django_db`. Everything is rolled back."""
    marker = request.node.get_closest_marker("django_db")
    assert not (marker and (marker.args or marker.kwargs)), "take committed_db"
    with django_db_blocker.unblock():
        steps_of_module.begin()
        forget_rows()
        try:
            yield
        finally:
            steps_of_module.end()


def administer(*statements: str, **names: str) -> None:
    """Statements that no transaction may hold, run beside the test database."""
    with beside_the_tests() as beside:
        for statement in statements:
            beside.execute(
                sql.SQL(statement).format(**{key: sql.Identifier(name) for key, name in names.items()})
            )


def beside_the_tests() -> "psycopg.Connection[Any]":
    """The administrator, connected to a database that no test uses."""
    with acting_as_administrator(connection):
        params = connection.get_connection_params() | {"dbname": "postgres"}
        if "LOCAL_HOME" in connection.settings_dict:
            connection.cluster.use()
    return plain_connection(params)


def plain_connection(params: dict[str, Any]) -> "psycopg.Connection[Any]":
    left_out = {"context", "prepare_threshold", "cursor_factory", "client_encoding"}
    return psycopg.connect(
        **{key: value for key, value in params.items() if key not in left_out}, autocommit=True
    )


@contextmanager
def database_clone(django_db_blocker: Any) -> Iterator[str]:
    """What `committed_db` does, for a fixture that lives longer than one test."""
    settings = connection.settings_dict
    source = settings["NAME"]
    assert source.startswith(settings["TEST"]["NAME"]), "not a test database"
    clone = f"{source}_clone"
    with django_db_blocker.unblock():
        end_all()
        connections.close_all()
        settings["NAME"] = clone
        try:
            copy = READY_COPY.pop(clone, None)
            if copy is None:
                copy_anew(source, clone)
                prepare(connection)  # who may connect, and what more, is not copied along
                with administrators_connection() as inside:
                    copy = Copy(inside)
            yield clone
            connections.close_all()
            with administrators_connection() as inside:
                if copy.emptied(inside):
                    READY_COPY[clone] = copy
        finally:
            connections.close_all()
            settings["NAME"] = source


def copy_anew(source: str, clone: str) -> None:
    administer(
        "DROP DATABASE IF EXISTS {clone} WITH (FORCE)",
        "CREATE DATABASE {clone} TEMPLATE {source} STRATEGY FILE_COPY OWNER coop_owner",
        clone=clone,
        source=source,
    )


READY_COPY: dict[str, Copy] = {}  # the copy of the last test, emptied


@contextmanager
def planted_copy(kind: str, django_db_blocker: Any) -> "Iterator[World]":
    """A copy of the invented plant (planted.py), which is dropped afterwards, whatever was done in it."""
    settings = connection.settings_dict
    source = settings["NAME"]
    copy = f"{source}_planted"
    with django_db_blocker.unblock():
        end_all()
        connections.close_all()
        world = planted.copied(copy, kind, beside_the_tests)
        settings["NAME"] = copy
        try:
            prepare(connection)  # who may connect is not copied along
            forget_rows()
            yield world
        finally:
            connections.close_all()
            settings["NAME"] = source
            administer("DROP DATABASE IF EXISTS {copy} WITH (FORCE)", copy=copy)


@contextmanager
def administrators_connection() -> Iterator["psycopg.Connection[Any]"]:
    with acting_as_administrator(connection):
        params = connection.get_connection_params()
    with plain_connection(params) as tampering:
        yield tampering


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A clone of the migrated test database, for tests that commit; dropped afterwards. Threads see it."""
    with database_clone(django_db_blocker) as clone:
        yield clone


@pytest.fixture
def administrator(committed_db: str) -> Iterator["psycopg.Connection[Any]"]:
    """The administrator's own connection to the clone: what somebody with all rights could tamper with."""
    with administrators_connection() as tampering:
        yield tampering


@pytest.fixture
def site(committed_db: str, settings: Any, watch: Watch) -> Iterator[str]:
    """A running site on the clone; its address. Open it as localhost. It keeps what it was told, as the real one."""
    watch.warm = True
    settings.ALLOWED_HOSTS = ["localhost"]
    server = LiveServerThread("localhost", StaticFilesHandler, connections_override={})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://localhost:{server.port}"
    server.terminate()


@pytest.fixture(scope="module")
def browser(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """Chromium through Playwright's synchronous API; reaches only localhost. Mark the test `browser`."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        (pytest.fail if CI else pytest.skip)("no Chromium here; on Debian: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    # Playwright leaves an event loop running in this thread: Django would refuse the ORM, and `connections`
    # is another set of connections until it ends. Hence module scope, and everything closed before.
    with django_db_blocker.unblock():
        end_all()
    connections.close_all()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            started = playwright.chromium.launch(
                executable_path=chromium,
                chromium_sandbox=False,
                args=[
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--no-first-run",
                    "--disable-sync",
                    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
                ],
            )
            yield started
            started.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
