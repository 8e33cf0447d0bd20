"""Coming in, the front page, the rules, the journal, and everything found again."""

from django.urls import URLPattern, URLResolver, path

from coop.pages.books import bylaws, journal
from coop.pages.desks import home
from coop.pages.entrance import codes, door, enrolment, kiosk, passkeys, resets, sessions
from coop.pages.proposals import rules_changed
from coop.pages.search import search

ADDRESSES: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    # the door
    path("sign-in/", door.sign_in, name="sign-in"),
    path("sign-in/as/", door.sign_in_as, name="sign-in-as"),
    path("sign-in/code/", codes.sign_in, name="sign-in-code"),
    path("sign-in/passkey/", passkeys.sign_in, name="sign-in-passkey"),
    path("sign-out/", door.sign_out, name="sign-out"),
    path("enrol/", enrolment.by_code, name="enrol-by-code"),
    path("me/reset/", resets.acknowledge, name="reset-acknowledge"),
    path("me/codes/", codes.codes, name="codes"),
    path("me/passkeys/", passkeys.passkeys, name="passkeys"),
    path("me/passkeys/add/", passkeys.add, name="passkey-add"),
    path("me/passkeys/<key:key>/remove/", passkeys.remove, name="passkey-remove"),
    path("enrol/<str:token>/", enrolment.enrol, name="enrol"),
    path("kiosk/", kiosk.kiosk, name="kiosk"),
    path("kiosk/start/", kiosk.start, name="kiosk-start"),
    path("kiosk/end/", kiosk.end, name="kiosk-end"),
    path("me/sessions/", sessions.sessions, name="me-sessions"),
    path("me/sessions/end/", sessions.end, name="me-session-end"),
    path("me/sessions/end-others/", sessions.end_others, name="me-sessions-end-others"),
    # rules and record
    path("bylaws/", bylaws.bylaws, name="bylaws"),
    path("bylaws/change/", rules_changed.change, name="bylaws-change"),
    path("bylaws/<key:version>/", bylaws.version, name="bylaws-version"),
    path("journal/", journal.journal, name="journal"),
    # everything found again
    path("search/", search.search, name="search"),
]
