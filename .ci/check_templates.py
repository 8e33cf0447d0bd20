"""Every template can be read, and what it names exists: templates, their fragments, static files, addresses.

A fragment that is missing would otherwise be a 500 on the day somebody needs it.
"""

import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.urls import URLResolver, get_resolver

NAMED = re.compile(r"""{%-?\s*(include|extends|in_every_page|static|url)\s+["']([^"']+)["']""")
RENDERED = re.compile(r"""["']((?:[\w-]+/)+[\w-]+\.(?:html|txt)(?:#[\w-]+)?)["']""")
INLINE = re.compile(
    r"""<script(?![^>]*\ssrc=)|<style[\s>]|<[^>]*\s(?:style|on[a-z]+)\s*=\s*["']""", re.IGNORECASE
)

BLOCK = re.compile(r"{% block (\w+) %}(.*?){% endblock %}", re.DOTALL)
NAMES_ADDRESS = re.compile(r"{% url [^%]*? as (\w+_address) %}")
USES_ADDRESS = re.compile(r"(?:{{ |=)(\w+_address)\b(?!=)")


def complaints() -> Iterator[str]:
    names = set(address_names(get_resolver()))
    for folder in settings.TEMPLATES[0]["DIRS"]:
        for path in sorted(p for p in Path(folder).rglob("*") if p.suffix in {".html", ".svg"}):
            name = path.relative_to(folder).as_posix()
            text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)
            problem = unreadable(name)
            if problem:
                yield f"{name}: {problem}"
                continue
            for tag, target in NAMED.findall(text):
                if (
                    tag in {"include", "extends", "in_every_page"}
                    and "{{" not in target
                    and (problem := unreadable(target))
                ):
                    yield f"{name}: {tag} {target}: {problem}"
                elif tag == "static" and not finders.find(target):
                    yield f"{name}: static file {target} is not there"
                elif tag == "url" and target not in names:
                    yield f"{name}: no address is named {target}"
            for block, address in forgotten(text) if "{% extends" in text else ():
                yield f"{name}: {address} is named in another block and is forgotten in {block}"
            for found in INLINE.findall(text):
                yield f"{name}: inline script or style, which the content security policy blocks: {found}"
    for path in sorted(Path(settings.BASE_DIR, "coop").rglob("*.py")):
        for target in sorted(set(RENDERED.findall(path.read_text()))):
            if problem := unreadable(target):
                yield f"{path.relative_to(settings.BASE_DIR)}: {target}: {problem}"


def forgotten(text: str) -> Iterator[tuple[str, str]]:
    """Addresses that a block uses and has not named itself: what `as` names ends with its block, and a link to it would
    lead to the page it stands on. Names that are not named so anywhere come from views."""
    for block, inside in BLOCK.findall(text):
        for use in USES_ADDRESS.finditer(inside):
            if use[1] in named_in_templates() and use[1] not in NAMES_ADDRESS.findall(inside[: use.start()]):
                yield block, use[1]


@cache
def named_in_templates() -> frozenset[str]:
    paths = (path for folder in settings.TEMPLATES[0]["DIRS"] for path in Path(folder).rglob("*.html"))
    return frozenset(name for path in paths for name in NAMES_ADDRESS.findall(path.read_text()))


def unreadable(name: str) -> str | None:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return "there is no such template or fragment"
    except TemplateSyntaxError as problem:
        return str(problem)
    return None


def address_names(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from address_names(pattern)
        elif pattern.name:
            yield pattern.name


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings_offline")
    django.setup()
    found = list(complaints())
    for line in found:
        print(line)
    if found:
        sys.exit(f"{len(found)} faults in templates.")


if __name__ == "__main__":
    main()
