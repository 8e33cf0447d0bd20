"""Words and figures for templates: names, dates in the co-operative's zone, numbers in words, Markdown."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from typing import Any

import nh3
from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from markdown_it import MarkdownIt

from coop.keys.models import Kind
from coop.members.models import Member
from coop.refusals import Reason

from .. import kept
from ..access import Here
from ..reasons import say
from ..timetable import say_end

register = template.Library()

# Only what structures a text: with tables, links and nested brackets twenty kilobytes could cost a second to show.
_markdown = MarkdownIt("zero", {"maxNesting": 12}).enable(
    ["blockquote", "heading", "hr", "list", "emphasis", "escape", "newline", "entity"]
)
_ALLOWED = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "hr", "code", "pre", "a",
            "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip


@register.filter
def sentences(reasons: list[Reason] | None) -> list[str]:
    """Reasons of a rule as sentences; none when the page has none to show."""
    return [say(reason) for reason in reasons or []]


@register.filter
def markdown(text: str) -> SafeString:
    """A member's Markdown, without HTML of its own, cleaned to a short list of elements."""
    html = nh3.clean(
        _markdown.render(text),
        tags=_ALLOWED,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
    )
    return mark_safe(html)  # noqa: S308 - nh3 has just cleaned it


@register.filter
def as_end(moment: datetime) -> str:
    """Day and hour at which something ends, in the zone of the page."""
    return say_end(localtime(moment))


_LABEL = re.compile(r"(?:\bP |\bD [\w-]+ |\b[A-Z][A-Z-]* )?\b\d{4}-\d+\b(?!-)(?: A\d+(?:\.\d+)?)?")


@register.filter
def unbroken(text: object) -> SafeString:
    """Words in which the number of a paper (P 2026-33 A4.1, GA 2026-3) stays on one line."""
    kept_together = _LABEL.sub(r'<span class="number">\g<0></span>', escape(text))
    return mark_safe(kept_together)  # noqa: S308 - escaped above


_HEADING = re.compile(r"(?<=<h1>).*?(?=</h1>)", re.S)


@register.filter
def unbroken_heading(html: SafeString) -> SafeString:
    """HTML of `markdown`, in whose headline the number of a paper stays on one line."""
    kept_together = _HEADING.sub(
        lambda found: _LABEL.sub(r'<span class="number">\g<0></span>', found[0]), html
    )
    return mark_safe(kept_together)  # noqa: S308 - cleaned before, and only spans are put in


_OUT, _IN = re.compile(r"\[-(.+?)-\]", re.S), re.compile(r"\{\+(.+?)\+\}", re.S)


@register.filter
def marked_words(text: str) -> SafeString:
    """A change as it is frozen for its vote, [-what goes-] {+what comes+}: struck out, underlined, told in words."""
    out, put_in = escape(_("taken out:")), escape(_("put in:"))
    html = _OUT.sub(rf'<del><span class="unseen">{out} </span>\1</del>', escape(text))
    html = _IN.sub(rf'<ins><span class="unseen">{put_in} </span>\1</ins>', html)
    return mark_safe(html)  # noqa: S308 - escaped above; only del and ins are put in


_NOTHING = {
    "none": pgettext_lazy("in an empty place of a table", "none"),
    "nobody": pgettext_lazy("in an empty place of a table", "nobody"),
}


@register.simple_tag
def nothing(words: str = "none") -> SafeString:
    """A dash where nothing stands, and a word for who hears the page: a dash alone is read to nobody."""
    return format_html('<span aria-hidden="true">—</span><span class="unseen">{}</span>', _NOTHING[words])


@register.filter
def or_none(value: Any) -> Any:
    """The value; a dash that can be heard when there is none. A nought is a value."""
    return nothing() if value is None or value == "" else value


@register.simple_tag
def form_number() -> str:
    """The number of a voting form: the same form sent twice is one vote."""
    return secrets.token_hex(16)


@register.filter
def short_hash(value: Any) -> str:
    """The first twelve digits, in fours, as people read them aloud."""
    text = str(value)[:12]
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


@register.simple_tag
def six_words(slug: str, path: str) -> SafeString:
    """The six words under the nameplate."""
    return kept.six_words(slug, path)


@register.simple_tag
def way_back(part: str, slug: str) -> SafeString:
    """The way up from a page that lies right below one of the six parts: `{% way_back "meetings" … %}`."""
    return kept.way_back(part, slug)


@register.simple_tag
def in_every_page(template: str) -> SafeString:
    """A part that is the same for all who read one language."""
    return kept.in_every_page(template)


@register.simple_tag
def of_the_minute(template: str, here: Here) -> SafeString:
    """A part that tells place, day and minute."""
    return kept.of_the_minute(template, here)


@register.simple_tag
def who_reads(member: Member, slug: str, csrf_token: object) -> SafeString:
    """Who reads the page, and the way out."""
    return kept.who_reads(slug, member, token=str(csrf_token))


@register.simple_tag
def books(slug: str, kind: str) -> SafeString:
    """The books at the foot; `kind`: on what somebody is signed in."""
    return kept.books(slug, kiosk=kind == Kind.KIOSK)
