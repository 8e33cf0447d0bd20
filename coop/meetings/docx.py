"""Minutes as a DOCX that any word processor opens: a zip of a few small XML files, written here. Pure.

The same text gives the same bytes. Nothing in it but paragraphs: no macros, no links, nothing fetched from elsewhere.
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from .minutes_blocks import Block, Run, blocks

MADE = (1980, 1, 1, 0, 0, 0)  # the files in the zip carry no hour
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_STYLED = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
_PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1247" w:right="1021" w:bottom="1247" w:left="1474" w:header="567" w:footer="567" w:gutter="0"/>'
    "</w:sectPr>"
)


def docx(text: str, *, language: str) -> bytes:
    """The file. `language`: of the words, as in "en" or "es-AR"."""
    body = "".join(_paragraph(block) for block in blocks(text))
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/_rels/document.xml.rels": _STYLED,
        "word/document.xml": f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{body}{_PAGE}</w:body></w:document>',
        "word/styles.xml": _styles(language),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(zipfile.ZipInfo(name, MADE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _paragraph(block: Block) -> str:
    if block.rule:
        line = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>'
        return f"<w:p><w:pPr>{line}</w:pPr></w:p>"
    about = ""
    if block.level:
        about = f'<w:pStyle w:val="Heading{block.level}"/>'
    elif block.quoted:
        about = '<w:pStyle w:val="Quote"/>'
    elif block.depth:
        left = 397 * block.depth
        about = f'<w:ind w:left="{left}" w:hanging="397"/>'
    runs = list(block.runs)
    tab = "<w:r><w:t>" + escape(block.marker) + "</w:t><w:tab/></w:r>" if block.marker else ""
    return f"<w:p><w:pPr>{about}</w:pPr>{tab}{''.join(map(_run, runs))}</w:p>"


def _run(run: Run) -> str:
    if run.words == "\n":
        return "<w:r><w:br/></w:r>"
    look = ("<w:b/>" if run.strong else "") + ("<w:i/>" if run.em else "")
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(run.words)}</w:t></w:r>'


def _styles(language: str) -> str:
    def style(name: str, shown: str, paragraph: str, letters: str, *, default: str = "") -> str:
        based = "" if default else '<w:basedOn w:val="Normal"/>'
        return (
            f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{shown}"/>{based}'
            f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
        )

    lang = f"<w:lang w:val={quoteattr(language)}/>"
    fonts = '<w:rFonts w:ascii="Liberation Serif" w:hAnsi="Liberation Serif" w:cs="Liberation Serif"/>'
    return (
        f'{_HEAD}<w:styles xmlns:w="{_WORD}">'
        + style(
            "Normal",
            "Normal",
            '<w:spacing w:after="120"/>',
            f'{fonts}<w:sz w:val="22"/>{lang}',
            default=' w:default="1"',
        )
        + style("Heading1", "heading 1", '<w:keepNext/><w:outlineLvl w:val="0"/>', '<w:b/><w:sz w:val="36"/>')
        + style(
            "Heading2",
            "heading 2",
            '<w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="1"/>',
            '<w:b/><w:sz w:val="26"/>',
        )
        + style("Quote", "Quote", '<w:ind w:left="567"/>', "<w:i/>")
        + "</w:styles>"
    )
