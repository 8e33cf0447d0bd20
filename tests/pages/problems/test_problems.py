"""Problems on pages: raised with gloves on, found in their order, solved by two, never blaming anybody."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coop.journal.models import Entry
from coop.keys.models import Session
from coop.pages import clock
from coop.production import actions as production
from coop.production.models import MeToo, Problem, ProblemEvent, ProblemPhoto
from tests import make, make_production

pytestmark = pytest.mark.django_db

FORM = "a" * 32
BY_HTMX = {"HX-Request": "true"}


@pytest.fixture
def plant() -> make.Plant:
    return make_production.plant()


def as_(who: Any) -> Client:
    return make.sign_in(Client(), who)


def typed(**more: Any) -> dict[str, Any]:
    first = {
        "form": FORM,
        "area": str(make_production.area().pk),
        "title": "The door does not shut",
        "priority": "high",
    }
    return first | more


def raised(client: Client, **more: Any) -> Problem:
    assert client.post("/bakery/problems/raise/", typed(**more)).status_code == 302
    return Problem.objects.order_by("-pk")[0]


def test_a_problem_is_raised_with_a_photo(plant: make.Plant) -> None:
    client = as_(plant.eve)
    html = client.get("/bakery/problems/raise/").content.decode()
    near, _summary, far = html.partition("Another department")
    assert ("Oven 1" in near, "Belt" in near, "Belt" in far) == (True, False, True)
    assert "Somebody answers at the latest tomorrow" in html
    picture = SimpleUploadedFile("x.jpg", make_production.photo(), "image/jpeg")
    made = raised(client, photo=picture, risk="Heat is lost.")
    assert (made.raised_by, made.risk, made.category) == (plant.eve, "Heat is lost.", "output")
    page = client.get(f"/bakery/problems/{made.pk}/").content.decode()
    assert "The door does not shut" in page
    photo = made.photos.get()
    answer = client.get(f"/bakery/problems/{made.pk}/photos/{photo.pk}/")
    assert answer.content.startswith(b"\xff\xd8")
    headers = answer.headers
    assert headers["Content-Type"] == "image/jpeg"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Cache-Control"] == "private, max-age=86400, immutable"
    assert client.get(f"/bakery/problems/{made.pk}/paper/").content.startswith(b"%PDF")


def test_the_front_page_leads_to_the_form_whatever_waits(plant: make.Plant) -> None:
    link = '<a class="button" href="/bakery/problems/raise/">Raise a problem</a>'
    assert link in as_(plant.lou).get("/bakery/").content.decode()
    make_production.problem(plant, stopped=True)
    assert link in as_(plant.eve).get("/bakery/").content.decode()


def test_the_same_form_twice_is_one_problem(plant: make.Plant) -> None:
    client = as_(plant.eve)
    first = raised(client)
    again = client.post("/bakery/problems/raise/", typed(title="The door does not shut, again"))
    assert again.headers["Location"] == f"/bakery/problems/{first.pk}/"
    assert Problem.objects.count() == 1


@pytest.mark.parametrize(
    ("photo", "says", "status"),
    [
        (b"GIF89a not a photo", "That is no photo that can be read here", 409),
        (make_production.photo() + b"<script>1</script>", "something else besides a photo", 409),
        (make_production.photo()[:200], "The photo is damaged", 409),
        (b"", "The file is empty", 409),
        (b"x" * (12 * 1024 * 1024 + 1), "A photo has 12 MB at most", 422),
    ],
)
def test_what_is_no_photo_is_refused_and_all_that_was_typed_stays(
    plant: make.Plant, photo: bytes, says: str, status: int
) -> None:
    file = SimpleUploadedFile("x.jpg", photo, "image/jpeg")
    answer = as_(plant.eve).post("/bakery/problems/raise/", typed(photo=file, details="Since Monday."))
    html = answer.content.decode()
    assert answer.status_code == status
    assert says in html
    assert "Since Monday." in html
    assert 'value="The door does not shut"' in html
    assert "Choose the photos again" in html
    assert FORM in html
    assert Problem.objects.count() == 0


def test_photos_of_a_form_that_came_back_are_carried_along_and_stored_nowhere(plant: make.Plant) -> None:
    client = as_(plant.eve)
    files = {"photo": SimpleUploadedFile("x.jpg", make_production.photo(), "image/jpeg")}
    back = client.post("/bakery/problems/raise/", typed(title=" ", photos=[_photo("blue")], **files))
    html = back.content.decode()
    assert back.status_code == 422
    assert "2 photos are kept in this page and are sent along." in html
    assert "Choose the photos again" not in html
    assert ProblemPhoto.objects.count() == 0
    along = re.findall(r'name="kept" value="([^"]+)"', html)
    assert [base64.b64decode(one)[:2] for one in along] == [b"\xff\xd8", b"\xff\xd8"]
    once_more = client.post("/bakery/problems/raise/", typed(title="", kept=along))
    assert re.findall(r'name="kept" value="([^"]+)"', once_more.content.decode()) != []
    made = raised(client, kept=along)
    assert made.photos.count() == 2
    without = raised(client, form="c" * 32, title="Another thing", kept=along, drop="1", new="1")
    assert without.photos.count() == 0


def test_what_a_page_is_made_to_carry_is_judged_like_any_photo(plant: make.Plant) -> None:
    client = as_(plant.eve)
    for nonsense in ("no letters of ours!", base64.b64encode(b"<script>1</script>").decode()):
        answer = client.post("/bakery/problems/raise/", typed(kept=nonsense))
        html = answer.content.decode()
        assert answer.status_code == 409
        assert "That is no photo that can be read here" in html or "something else besides a photo" in html
        assert 'name="kept"' not in html
    photo = base64.b64encode(make_production.photo()).decode()
    five = client.post("/bakery/problems/raise/", typed(kept=[photo] * 5))
    assert (five.status_code, "A problem has 4 photos at most." in five.content.decode()) == (422, True)
    assert Problem.objects.count() == 0


def test_what_has_no_room_in_a_page_is_chosen_again(
    monkeypatch: pytest.MonkeyPatch, plant: make.Plant
) -> None:
    monkeypatch.setattr("coop.pages.problems.photos_kept.ROOM", 500)
    files = [_photo("red"), _photo("blue")]
    back = as_(plant.eve).post("/bakery/problems/raise/", typed(title="", photos=files)).content.decode()
    assert "One photo is kept in this page and is sent along." in back
    assert "Choose the other photos again" in back


def test_what_was_typed_stays_where_a_session_has_ended(plant: make.Plant) -> None:
    answer = Client().post("/bakery/problems/raise/", typed(details="Since <Monday>.", unnamed="on"))
    html = answer.content.decode()
    assert answer.status_code == 401
    assert "The door does not shut</textarea>" in html
    assert "Since &lt;Monday&gt;.</textarea>" in html
    assert "/bakery/sign-in/?next=%2Fbakery%2Fproblems%2Fraise%2F" in html
    assert (Problem.objects.count(), Session.objects.count()) == (0, 0)


def _photo(colour: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{colour}.jpg", make_production.photo(colour), "image/jpeg")


def test_five_photos_are_one_too_many(plant: make.Plant) -> None:
    files = [SimpleUploadedFile(f"{n}.jpg", make_production.photo()) for n in range(4)]
    more = typed(photo=SimpleUploadedFile("x.jpg", make_production.photo("blue")), photos=files)
    answer = as_(plant.eve).post("/bakery/problems/raise/", more)
    assert answer.status_code == 422
    assert "A problem has 4 photos at most." in answer.content.decode()


def test_what_is_missing_is_said_and_nothing_is_stored(plant: make.Plant) -> None:
    answer = as_(plant.eve).post("/bakery/problems/raise/", {"form": FORM, "area": "999999", "title": " "})
    html = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "Choose one of those that stand here.",
        "Say in a few words what happens.",
        "Say how urgent it is.",
    ):
        assert words in html
    assert Problem.objects.count() == 0


def test_what_is_like_it_is_shown_before_anything_is_stored(plant: make.Plant) -> None:
    there = make_production.problem(plant, by=plant.fay)
    client = as_(plant.eve)
    typing = {"title": "Door does not shut", "area": there.area_id}
    found = client.get("/bakery/problems/alike/", typing, headers=BY_HTMX)
    assert client.get("/bakery/problems/alike/", typing).headers["Location"] == "/bakery/problems/raise/"
    assert there.label in found.content.decode()
    answer = client.post("/bakery/problems/raise/", typed(title="Door does not shut again"))
    assert answer.status_code == 409
    assert "Nothing is stored yet" in answer.content.decode()
    assert Problem.objects.count() == 1
    # The button of the suggestion sends the whole form elsewhere; nothing of it is stored there.
    assert client.post(f"/bakery/problems/{there.pk}/me-too/", typed()).status_code == 302
    assert MeToo.objects.get().member == plant.eve
    assert (
        client.post("/bakery/problems/raise/", typed(title="Door does not shut again", new="1")).status_code
        == 302
    )
    assert (
        client.post("/bakery/problems/raise/", typed(form="b" * 32, title="Door shut", seen=[])).status_code
        == 409
    )


def test_for_a_colleague_by_number_and_by_name(plant: make.Plant) -> None:
    client = as_(plant.eve)
    answer = client.post("/bakery/problems/raise/", typed(colleague="fa"))
    assert answer.status_code == 422
    assert "Is it this person? Choose." in answer.content.decode()
    made = raised(client, colleague=str(plant.fay.number))
    assert (made.raised_by, made.through) == (plant.fay, plant.eve)
    assert "through Eve" in as_(plant.gus).get(f"/bakery/problems/{made.pk}/").content.decode()


def test_who_is_unnamed_is_written_nowhere(plant: make.Plant) -> None:
    client = as_(plant.eve)
    answer = client.post(
        "/bakery/problems/raise/", typed(unnamed="on", stopped="on", colleague=str(plant.fay.number))
    )
    html = answer.content.decode()
    made = Problem.objects.get()
    assert answer.status_code == 200  # no address, no message in the session
    assert made.label in html
    assert (made.raised_by, made.through, made.stops.get().stopped_by) == (None, None, None)
    lines = Entry.objects.filter(
        chain=plant.cooperative.chain, subject_kind="problem", subject_id=str(made.pk)
    )
    assert {line.actor_id for line in lines} == {"unnamed"}
    kept = [row.get_decoded() for row in Session.objects.all()]
    assert all(
        made.label not in str(one) and str(made.pk) not in str(one.get("_messages", "")) for one in kept
    )
    assert client.post("/bakery/problems/raise/", typed(unnamed="on")).status_code == 200
    assert Problem.objects.count() == 1
    page = as_(plant.gus).get(f"/bakery/problems/{made.pk}/").content.decode()
    assert "unnamed" in page
    assert "Eve" not in page


def titles(html: str, *names: str) -> list[str]:
    return sorted(names, key=html.index)


def test_the_list_has_its_order(plant: make.Plant) -> None:
    now = make.now()
    for title, priority, days, more in (
        ("Low and young", "low", 0, {}),
        ("Late and high", "high", 9, {}),
        ("Late and safety", "safety", 5, {}),
        ("Normal and old", "normal", 10, {}),
        ("Normal and young", "normal", 1, {}),
        ("Still", "low", 0, {"stopped": True}),
    ):
        make_production.problem(plant, title=title, priority=priority, at=now - make.days(days), **more)
    html = as_(plant.lou).get("/bakery/problems/").content.decode()
    order = (
        "Still",
        "Late and safety",
        "Late and high",
        "Normal and old",
        "Normal and young",
        "Low and young",
    )
    assert titles(html, *order) == list(order)
    assert "no answer in time" in html
    assert "6 problems" in html


def test_the_list_that_is_drawn_once_follows_all_that_changes(
    plant: make.Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step is seen at the next reading, by the same and by others; what stays the same is not drawn again."""
    one = make_production.problem(plant, title="Belt runs askew", priority="low", at=make.now())
    lou = as_(plant.lou)

    def read(client: Client = lou) -> str:
        return client.get("/bakery/problems/").content.decode().partition('<form class="search')[2]

    seen = [read()]
    assert ("priority: low" in seen[0], "One problem" in seen[0]) == (True, True)
    assert read(as_(plant.eve)) == seen[0] == read()
    production.set_priority(problem=one, priority="normal", by=plant.ida, at=make.now())
    seen.append(read())
    production.take_up(problem=one, by=plant.ida, at=make.now())
    seen.append(read())
    production.stop_line(problem=one, by=plant.eve, at=make.now())
    seen.append(read())
    two = make_production.problem(plant, title="Smoke at the oven", at=make.now())
    seen.append(read())
    ovens = make_production.area().department
    production.add_area(department=ovens, name="Proofing room", by=plant.cy, at=make.now())
    seen.append(read())
    production.say_solved(problem=two, words="Cleaned.", by=plant.fay, at=make.now())
    seen.append(read())
    assert len(set(seen)) == 7
    words = (
        "priority: normal", "in progress", "the line stands still", "2 problems", "Proofing room", "said to be solved",
    )  # fmt: skip
    steps = zip(words, seen, seen[1:], strict=False)
    assert [html.count(word) - before.count(word) for word, before, html in steps] == [1] * 6
    tomorrow = make.now() + make.days(1)
    monkeypatch.setattr(clock, "of", lambda _request: tomorrow)
    assert (seen[-1].count("aised today"), read().count("aised yesterday")) == (2, 2)
    lou.cookies["language"] = "es"
    assert ("prioridad: normal" in read(), "priority: normal" in read(as_(plant.eve))) == (True, True)


def test_the_list_asks_two_questions_of_its_own_drawn_or_not(plant: make.Plant) -> None:
    client = as_(plant.eve)
    client.get("/bakery/problems/")
    asked = []
    for _turn in range(2):
        make_production.problem(plant)
        for _time in range(2):
            with CaptureQueriesContext(connection) as context:
                client.get("/bakery/problems/")
            asked.append(len(context))
    assert asked == [4] * 4, "the session, the member, the places, the problems"


def test_the_list_is_narrowed_and_searched(plant: make.Plant) -> None:
    door = make_production.problem(plant)
    belt = make_production.problem(plant, place="Belt", title="Belt runs askew", priority="low", by=plant.lou)
    production.say(problem=belt, kind="cause", words="A worn bearing.", by=plant.gus, at=make.now())
    client = as_(plant.eve)

    def found(question: str) -> set[str]:
        html = client.get(f"/bakery/problems/?{question}").content.decode()
        return {one.title for one in (door, belt) if one.title in html}

    assert found("") == {door.title, belt.title}
    assert found("whose=mine") == {door.title}
    assert found("whose=department") == {door.title}
    assert found("priority=low") == {belt.title}
    assert found(f"area={belt.area_id}") == {belt.title}
    assert found("words=bearings") == {belt.title}
    assert found(f"words={belt.label}") == {belt.title}
    assert found("state=late") == set()
    assert found("state=verified") == set()
    assert client.get("/bakery/problems/?state=nothing").status_code == 422
    assert client.get("/bakery/problems/?page=99").status_code == 404
    part = client.get("/bakery/problems/?words=askew", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="found"')


def test_the_list_as_a_file_names_nobody(plant: make.Plant) -> None:
    make_production.problem(plant, title="=1+1 is broken")
    client = as_(plant.lou)
    text = client.get("/bakery/problems/file/?form=csv").content.decode("utf-8-sig")
    assert "'=1+1 is broken" in text
    assert "Eve" not in text
    assert client.get("/bakery/problems/file/").content.startswith(b"PK")


def test_the_file_says_of_each_problem_what_the_list_says(plant: make.Plant) -> None:
    """Late, standing still, said to be solved: in the words and the order of the list."""
    make_production.problem(plant, title="Late", at=make.now() - make.days(9))
    make_production.problem(plant, title="Still", stopped=True)
    solved = make_production.solved(plant, title="Mended", priority="low")
    text = as_(plant.lou).get("/bakery/problems/file/?form=csv").content.decode("utf-8-sig")
    lines = [line.split(";") for line in text.splitlines()[1:]]
    assert [(line[6], line[7], line[5], line[8]) for line in lines] == [
        ("Still", "the line stands still", "high", "production meeting"),
        ("Late", "no answer in time", "high", "production meeting"),
        ("Mended", "said to be solved", "low", "production meeting"),
    ]
    assert (lines[2][0], lines[2][11]) == (solved.label, str(plant.cooperative.day_of(make.now())))


def test_as_many_questions_for_thirty_as_for_one(plant: make.Plant) -> None:
    client = as_(plant.eve)
    asked = {}
    for many in (3, 30):
        while Problem.objects.count() < many:
            made = make_production.problem(
                plant, at=make.now() - make.days(9), photos=[make_production.photo()]
            )
            production.say(problem=made, kind="idea", words="Oil it.", by=plant.gus, at=make.now())
        pages = (
            "problems/", "problems/?whose=mine&words=door", f"problems/{made.pk}/", "problems/board/",
            "problems/pictures/", "problems/board/paper/", "problems/alike/?title=The+door+does", "",
            "problems/file/?form=csv",
        )  # fmt: skip
        for page in pages:
            headers = BY_HTMX if "alike" in page else None
            client.get(f"/bakery/{page}", headers=headers)
            with CaptureQueriesContext(connection) as context:
                assert client.get(f"/bakery/{page}", headers=headers).status_code == 200
            asked.setdefault(page.replace(str(made.pk), "N"), []).append(len(context))
    assert {page: counts for page, counts in asked.items() if len(set(counts)) > 1} == {}
    assert max(counts[0] for counts in asked.values()) <= 38, asked


def test_solved_is_asked_on_the_front_page_and_confirmed_by_whoever_raised_it(plant: make.Plant) -> None:
    made = make_production.problem(plant)
    fay, eve = as_(plant.fay), as_(plant.eve)
    assert fay.post(f"/bakery/problems/{made.pk}/solved/", {"words": "New hinge."}).status_code == 302
    refused = fay.post(f"/bakery/problems/{made.pk}/confirm/")
    assert refused.status_code == 409
    assert "nobody closes a problem alone" in refused.content.decode()
    assert "Said to be solved: is it?" in eve.get("/bakery/").content.decode()
    assert "Said to be solved: is it?" not in fay.get("/bakery/").content.decode()
    page = eve.get(f"/bakery/problems/{made.pk}/").content.decode()
    assert "Yes, it is solved" in page
    assert eve.post(f"/bakery/problems/{made.pk}/object/", {"words": ""}).status_code == 422
    assert eve.post(f"/bakery/problems/{made.pk}/object/", {"words": "It falls open."}).status_code == 302
    assert fay.post(f"/bakery/problems/{made.pk}/solved/", {"words": "Longer screws."}).status_code == 302
    assert eve.post(f"/bakery/problems/{made.pk}/confirm/").status_code == 302
    assert make_production.fresh(made).state == "verified"
    assert eve.post(f"/bakery/problems/{made.pk}/came-back/", {"words": "Open again."}).status_code == 302
    found = make_production.fresh(made)
    assert (found.state, found.reopened) == ("reopened", 1)


def test_acts_of_whoever_answers(plant: make.Plant) -> None:
    made = make_production.problem(plant)
    other = make_production.problem(plant, title="Another one", by=plant.gus)
    ida, lou = as_(plant.ida), as_(plant.lou)
    address = f"/bakery/problems/{made.pk}/"
    assert "Take it up" in ida.get(address).content.decode()
    assert "Take it up" not in lou.get(address).content.decode()
    refused = lou.post(f"{address}take-up/", {"words": "I do it"})
    assert refused.status_code == 409
    assert "Those who answer for" in refused.content.decode()
    assert "I do it" in refused.content.decode()
    for name, fields in (
        ("answer", {"kind": "answer", "words": "The hinge is ordered."}),
        ("measure", {"measured": "Loaves lost a day", "value_before": "12,5", "value_after": "3"}),
        ("priority", {"priority": "low", "words": "It can wait."}),
        ("take-up", {"words": ""}),
        ("up", {"words": "We have no money for it."}),
        ("down", {"words": "Buy it."}),
        ("say", {"kind": "cause", "words": "Heat."}),
        ("join", {"number": other.label}),
        ("part", {}),
    ):
        assert ida.get(f"{address}{name}/").status_code == 200, name
        answer = ida.post(f"{address}{name}/", fields)
        assert answer.status_code == 302, (name, answer.content.decode()[:3000])
    kinds = list(ProblemEvent.objects.filter(problem=made).values_list("kind", flat=True))
    assert kinds == [
        "answer", "measure", "priority", "taken_up", "escalated", "came_down", "cause", "joined", "parted",
    ]  # fmt: skip
    page = ida.get(address).content.decode()
    assert "Loaves lost a day: 12.5 before, 3 after" in page


@pytest.mark.parametrize("figure", ["1.234", "many", "1e9", "NaN", "9" * 30])
def test_a_figure_that_cannot_be_read_is_refused(plant: make.Plant, figure: str) -> None:
    made = make_production.problem(plant)
    fields = {"measured": "Loaves", "value_before": figure}
    answer = as_(plant.ida).post(f"/bakery/problems/{made.pk}/measure/", fields)
    assert answer.status_code == 422
    assert figure in answer.content.decode()


def test_a_stop_is_seen_by_the_department_and_lifted_by_two(plant: make.Plant) -> None:
    made = make_production.problem(plant)
    eve, fay, lou = as_(plant.eve), as_(plant.fay), as_(plant.lou)
    address = f"/bakery/problems/{made.pk}/"
    assert eve.post(f"{address}stop/").status_code == 302
    assert eve.post(f"{address}stop/").status_code == 409
    front = fay.get("/bakery/")
    assert front.context["lead"].headline == made.title
    assert "One thing can be done right now" in front.content.decode()
    make_production.problem(plant, place="Belt", title="Belt without guard", by=plant.lou, stopped=True)
    assert "Belt without guard" not in lou.get("/bakery/").content.decode()  # nobody here packs
    assert fay.post(f"{address}solved/", {"words": "Done."}).status_code == 409
    assert fay.post(f"{address}lift/").status_code == 409
    assert fay.post(f"{address}made-safe/", {"made_safe": ""}).status_code == 422
    assert fay.post(f"{address}made-safe/", {"made_safe": "New brake."}).status_code == 302
    assert fay.post(f"{address}lift/").status_code == 409
    assert "Another person looks" in fay.get(address).content.decode()
    assert eve.post(f"{address}lift/").status_code == 302
    assert eve.post(f"{address}lift/").status_code == 404
    assert "The line stands still" not in fay.get("/bakery/").content.decode()


def test_what_blames_somebody_is_nowhere_any_more(plant: make.Plant) -> None:
    made = make_production.problem(plant, title="Gus drinks at work", photos=[make_production.photo()])
    photo = made.photos.get()
    ida, lou, eve = as_(plant.ida), as_(plant.lou), as_(plant.eve)
    assert ida.post(f"/bakery/problems/{made.pk}/conduct/").status_code == 302
    for page in (
        "problems/", "problems/?state=all", "problems/?state=all&words=drinks", "problems/file/?form=csv",
        "problems/board/", "problems/pictures/", "problems/alike/?title=Gus+drinks+at+work",
        "search/?words=drinks", "journal/", "",
    ):  # fmt: skip
        answer = lou.get(f"/bakery/{page}", headers=BY_HTMX if "alike" in page else None)
        assert answer.status_code == 200
        html = answer.content.decode().replace('value="drinks"', "")
        assert "Gus drinks" not in html, page
    for page in ("", f"photos/{photo.pk}/", "paper/", "say/"):
        assert lou.get(f"/bakery/problems/{made.pk}/{page}").status_code == 404
    assert "no-store" in eve.get(f"/bakery/problems/{made.pk}/photos/{photo.pk}/").headers["Cache-Control"]
    assert "moved to the procedure on conduct" in eve.get(f"/bakery/problems/{made.pk}/").content.decode()


def test_late_answers_stand_on_the_front_page_of_who_answers(plant: make.Plant) -> None:
    make_production.problem(plant, at=make.now() - make.days(9))
    make_production.problem(plant, place="Belt", at=make.now() - make.days(9), by=plant.lou)
    assert "One problem without an answer in time" in as_(plant.ida).get("/bakery/").content.decode()
    assert "2 problems without an answer in time" in as_(plant.kim).get("/bakery/").content.decode()
    assert "without an answer in time" not in as_(plant.eve).get("/bakery/").content.decode()


def test_places_are_kept_by_whoever_keeps_the_register(plant: make.Plant) -> None:
    cy = as_(plant.cy)
    answer = cy.post("/bakery/problems/places/add/", {"department": "OVN", "name": "Oven 1"})
    assert answer.status_code == 409
    assert "has a place called Oven 1 already" in answer.content.decode()
    assert cy.post("/bakery/problems/places/add/", {"department": "OVN", "name": "Oven 3"}).status_code == 302
    new = make_production.area("Oven 3")
    assert f"?place={new.pk}" in as_(plant.lou).get("/bakery/problems/places/").content.decode()
    chosen = as_(plant.lou).get(f"/bakery/problems/raise/?place={new.pk}").content.decode()
    assert f'value="{new.pk}" checked' in chosen
    assert cy.get("/bakery/problems/places/paper/").content.startswith(b"%PDF")
    assert cy.post(f"/bakery/problems/places/{new.pk}/close/").status_code == 302
    assert cy.get(f"/bakery/problems/places/{new.pk}/close/").status_code == 404
    made = make_production.problem(plant)
    waits = cy.post(f"/bakery/problems/places/{made.area_id}/close/")
    assert waits.status_code == 409


def test_the_board_tells_the_unnamed_their_answer(plant: make.Plant) -> None:
    made = make_production.problem(plant, unnamed=True)
    production.say(
        problem=made, kind="answer", words="The hinge comes on Friday.", by=plant.ida, at=make.now()
    )
    sheet = as_(plant.lou).get("/bakery/problems/board/paper/").content
    assert sheet.startswith(b"%PDF")
    wall = as_(plant.lou).get("/bakery/problems/board/?department=OVN").content.decode()
    assert made.title in wall
    assert as_(plant.lou).get("/bakery/problems/board/?department=NO").status_code == 404


def test_pictures_count_by_department_and_shift(plant: make.Plant) -> None:
    made = make_production.problem(plant, at=make.now() - make.days(2))
    production.say(problem=made, kind="answer", words="Soon.", by=plant.ida, at=make.now() - make.days(1))
    for _time in range(2):
        make_production.problem(plant)
    html = as_(plant.lou).get("/bakery/problems/pictures/").content.decode()
    assert "100 % in time" in html
    assert "Oven 1, Ovens" in html
    assert "Eve" not in html
    assert as_(plant.lou).get("/bakery/problems/pictures/?year=1066&department=XX").status_code == 200


def test_what_is_raised_without_a_name_is_counted_in_no_shift(plant: make.Plant) -> None:
    """Of it the day alone is kept: midnight would make the night shift the one that complains."""
    make_production.problem(plant, unnamed=True)
    shown = as_(plant.lou).get("/bakery/problems/pictures/").context["by_shift"]
    assert {row["name"]: row["many"] for row in shown if row["many"]} == {"without a name": 1}
