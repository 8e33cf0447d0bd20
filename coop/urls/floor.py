"""The shop floor: problems, stops, the board, the places of the plant."""

from django.urls import URLPattern, URLResolver, path

from coop.pages import (
    areas,
    problem,
    problem_acts,
    problem_raised,
    problems,
    problems_board,
    problems_pictures,
    stops,
)
from coop.pages.problem_act_table import ACTS

ADDRESSES: list[URLPattern | URLResolver] = [
    path("problems/", problems.problems, name="problems"),
    path("problems/file/", problems.file, name="problems-file"),
    path("problems/raise/", problem_raised.raise_problem, name="problem-raise"),
    path("problems/alike/", problem_raised.alike, name="problems-alike"),
    path("problems/board/", problems_board.wall, name="problems-board"),
    path("problems/board/paper/", problems_board.printed, name="problems-board-printed"),
    path("problems/pictures/", problems_pictures.pictures, name="problems-pictures"),
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
    *(
        path(f"problems/<key:key>/{name}/", problem_acts.act, {"name": name}, name=f"problem-{name}")
        for name in ACTS
    ),
]
