"""The budget's lines, files and its running year."""

from django.urls import URLPattern, URLResolver, path

from coop.pages.budget import (
    ceilings,
    drawn_up,
    files,
    line,
    lines_read,
    months,
    movements,
    plainly,
    unmet,
    watched,
)

ADDRESSES: list[URLPattern | URLResolver] = [
    # drawing it up
    path("budget/<key:key>/draw-up/", drawn_up.draw_up, name="budget-draw-up"),
    path("budget/<key:key>/draw-up/file/", lines_read.enter, name="budget-lines-enter"),
    path("budget/<key:key>/draw-up/list/", lines_read.to_fill_in, name="budget-lines-list"),
    path("budget/<key:key>/draw-up/ceilings/", ceilings.ceilings, name="budget-ceilings"),
    path("budget/<key:key>/draw-up/lines/<path:code>/", drawn_up.change_line, name="budget-line-change"),
    # reading it, and taking it along
    path("budget/unmet/", unmet.unmet, name="budget-unmet"),
    path("budget/<key:key>/plainly/", plainly.plainly, name="budget-plainly"),
    path("budget/<key:key>/xlsx/", files.as_workbook, name="budget-xlsx"),
    path("budget/<key:key>/csv/", files.as_text, name="budget-csv"),
    path("budget/<key:key>/paper/", files.printed, name="budget-printed"),
    path("budget/<key:key>/lines/<path:code>/", line.line, name="budget-line"),
    # the year that runs
    path("budget/<key:key>/year/", watched.watched, name="budget-watched"),
    path("budget/<key:key>/months/", months.months, name="budget-months"),
    path("budget/<key:key>/months/enter/", months.enter_month, name="budget-month-enter"),
    path("budget/<key:key>/months/list/", months.to_fill_in, name="budget-month-list"),
    path("budget/<key:key>/movements/", movements.movements, name="budget-movements"),
    path("budget/<key:key>/movements/enter/", movements.move, name="budget-move"),
    path("budget/<key:key>/movements/paper/", movements.printed, name="budget-movements-printed"),
]
