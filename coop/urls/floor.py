"""The shop floor: problems, stops, the board, the places of the plant."""

from django.urls import URLPattern, URLResolver, path

from coop.pages.people import areas
from coop.pages.problems import acts, board, pictures, problem, problems, raised, stops
from coop.pages.problems.act_table import ACTS

ADDRESSES: list[URLPattern | URLResolver] = [
    path("problems/", problems.problems, name="problems"),
    path("problems/file/", problems.file, name="problems-file"),
    path("problems/raise/", raised.raise_problem, name="problem-raise"),
    path("problems/alike/", raised.alike, name="problems-alike"),
    path("problems/board/", board.wall, name="problems-board"),
    path("problems/board/paper/", board.printed, name="problems-board-printed"),
    path("problems/pictures/", pictures.pictures, name="problems-pictures"),
    path("problems/places/", areas.areas, name="areas"),
    path("problems/places/add/", areas.add, name="area-add"),
    path("problems/places/paper/", areas.printed, name="areas-printed"),
    path("problems/places/<key:key>/close/", areas.close, name="area-close"),
    path("problems/<key:key>/", problem.page, name="problem"),
    path("problems/<key:key>/paper/", problem.printed, name="problem-printed"),
    path("problems/<key:key>/photos/<key:number>/", problem.photo, name="problem-photo"),
    path("problems/<key:key>/stop/", stops.stop, name="problem-stop"),
    path("problems/<key:key>/made-safe/", stops.made_safe, name="problem-made-safe"),
    path("problems/<key:key>/lift/", stops.lift, name="problem-lift"),
    *(path(f"problems/<key:key>/{name}/", acts.act, {"name": name}, name=f"problem-{name}") for name in ACTS),
]
