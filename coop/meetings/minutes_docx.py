"""Minutes as a DOCX for word processors: heading styles, page numbers, and nothing fetched from elsewhere. Pure.

The same words give the same bytes: neither the file nor its zip holds an hour but `made`.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile

from docx import Document
from docx.document import Document as Written
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from .minutes_blocks import Block, blocks

FONT = "Liberation Serif"
BLACK = RGBColor(0, 0, 0)
STEP = Mm(7)  # one list inside another
LONGEST_PROPERTY = 255  # characters, of a title or an author in a DOCX
ZIPPED = (1980, 1, 1, 0, 0, 0)
# What the library's template brings and minutes do not need: a small picture, the program's name, other sets of styles.
_LEFT_OUT = ("/thumbnail", "/extended-properties", "/customXml", "/stylesWithEffects")
_UNWRITABLE = re.compile(
    "[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # XML has no sign for these


def docx(text: str, *, title: str, house: str, language: str, made: datetime.datetime) -> bytes:
    """The file. `language`: of the words, as in "en" or "es-AR"; `made`: since when they read so."""
    document = Document()
    _leave_out(document)
    _dress(document, language)
    _mark(document, _written(title), _written(house), language, made)
    for block in blocks(text):
        _add(document, block)
    out = io.BytesIO()
    document.save(out)
    return _without_hours(out)


def _leave_out(document: Written) -> None:
    for part in (document.part.package, document.part):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(_LEFT_OUT):
                del part.rels[key]
    for style in list(document.styles):  # a hundred, and every paragraph would search among them
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()


def _dress(document: Written, language: str) -> None:
    """The margins and the look of the sealed paper, as far as a word processor has them."""
    for lang in document.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for name, size in (("Heading 1", 18), ("Heading 2", 13)):
        heading = document.styles[name]
        heading.element.rPr.remove(
            heading.element.rPr.rFonts
        )  # the template's own, which would win over ours
        heading.font.size, heading.font.color.rgb = Pt(size), BLACK
        heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(size // 2)
    document.styles["Quote"].paragraph_format.left_indent = Mm(10)
    (section,) = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(26), Mm(18)
    section.top_margin, section.bottom_margin = Mm(22), Mm(22)


def _mark(document: Written, title: str, house: str, language: str, made: datetime.datetime) -> None:
    """Whose minutes these are, at the head of every page and in what a word processor tells of the file."""
    about = document.core_properties
    about.title, about.author = title[:LONGEST_PROPERTY], house[:LONGEST_PROPERTY]
    about.language, about.comments = language, ""
    about.created = about.modified = made.astimezone(datetime.UTC)
    (section,) = document.sections
    section.header.paragraphs[0].add_run(f"{house} · {title}")
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _add_field(foot, "PAGE")
    foot.add_run(" / ")
    _add_field(foot, "NUMPAGES")


def _add_field(paragraph: Paragraph, name: str) -> None:
    """A number that the word processor fills in; the library has no call for it."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)


def _add(document: Written, block: Block) -> None:
    if block.rule:
        _add_rule(document.add_paragraph())
        return
    style = f"Heading {block.level}" if block.level else "Quote" if block.quoted else None
    paragraph = document.add_paragraph(style=style)
    if block.depth:
        paragraph.paragraph_format.left_indent = STEP * block.depth
        paragraph.paragraph_format.first_line_indent = -STEP
    if block.marker:
        # As words and not as a list of the word processor: nothing may number the points of minutes anew.
        paragraph.add_run(f"{block.marker}\t")
    for run in block.runs:
        if run.words == "\n":
            paragraph.add_run().add_break()
        else:
            added = paragraph.add_run(_written(run.words))
            added.bold, added.italic = run.strong or None, run.em or None


def _add_rule(paragraph: Paragraph) -> None:
    around, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "auto")):
        line.set(qn(f"w:{name}"), value)
    around.append(line)
    paragraph._p.get_or_add_pPr().append(around)


def _written(words: str) -> str:
    return _UNWRITABLE.sub("", words)


def _without_hours(packed: io.BytesIO) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(packed) as given, zipfile.ZipFile(out, "w") as kept:
        for name in given.namelist():
            kept.writestr(zipfile.ZipInfo(name, ZIPPED), given.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
