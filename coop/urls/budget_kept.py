"""The budget's lines, files and its running year."""

from django.urls import URLPattern, URLResolver, path

from coop.pages import (
    budget_ceilings,
    budget_drawn_up,
    budget_files,
    budget_line,
    budget_lines_read,
    budget_months,
    budget_movements,
    budget_plainly,
    budget_unmet,
    budget_watched,
)

ADDRESSES: list[URLPattern | URLResolver] = [
    # drawing it up
    path("budget/<key:key>/draw-up/", budget_drawn_up.draw_up, name="budget-draw-up"),
    path("budget/<key:key>/draw-up/file/", budget_lines_read.enter, name="budget-lines-enter"),
    path("budget/<key:key>/draw-up/list/", budget_lines_read.to_fill_in, name="budget-lines-list"),
    path("budget/<key:key>/draw-up/ceilings/", budget_ceilings.ceilings, name="budget-ceilings"),
    path(
        "budget/<key:key>/draw-up/lines/<path:code>/", budget_drawn_up.change_line, name="budget-line-change"
    ),
    # reading it, and taking it along
    path("budget/unmet/", budget_unmet.unmet, name="budget-unmet"),
    path("budget/<key:key>/plainly/", budget_plainly.plainly, name="budget-plainly"),
    path("budget/<key:key>/xlsx/", budget_files.as_workbook, name="budget-xlsx"),
    path("budget/<key:key>/csv/", budget_files.as_text, name="budget-csv"),
    path("budget/<key:key>/paper/", budget_files.printed, name="budget-printed"),
    path("budget/<key:key>/lines/<path:code>/", budget_line.line, name="budget-line"),
    # the year that runs
    path("budget/<key:key>/year/", budget_watched.watched, name="budget-watched"),
    path("budget/<key:key>/months/", budget_months.months, name="budget-months"),
    path("budget/<key:key>/months/enter/", budget_months.enter_month, name="budget-month-enter"),
    path("budget/<key:key>/months/list/", budget_months.to_fill_in, name="budget-month-list"),
    path("budget/<key:key>/movements/", budget_movements.movements, name="budget-movements"),
    path("budget/<key:key>/movements/enter/", budget_movements.move, name="budget-move"),
    path("budget/<key:key>/movements/paper/", budget_movements.printed, name="budget-movements-printed"),
]
