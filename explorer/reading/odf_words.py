"""Elements of OpenDocument by what they do to the text, and the prefixes they are known by here (ISO/IEC 26300)."""

from __future__ import annotations

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_OLD = "http://openoffice.org/2000/"
_NAMES = ("office", "text", "table", "style", "meta", "presentation", "manifest", "script", "form", "chart", "config")
PREFIXES = {
    **{f"{_OASIS}{name}:1.0": name for name in _NAMES},
    **{f"{_OLD}{name}": name for name in _NAMES},
    **{_OASIS + "drawing:1.0": "draw", _OLD + "drawing": "draw", _OASIS + "svg-compatible:1.0": "svg"},
    **{"http://www.w3.org/2000/svg": "svg", "http://www.w3.org/1999/xlink": "xlink", "http://purl.org/dc/elements/1.1/": "dc"},
    **{"http://www.w3.org/1998/Math/MathML": "math", "http://openoffice.org/2001/manifest": "manifest"},
}
PARAGRAPHS = frozenset(("text:p", "text:h"))
CELLS = frozenset(("table:table-cell", "table:covered-table-cell"))
ROWS = frozenset(("table:table-row",))
_NOTES = frozenset(("text:note-body", "text:footnote-body", "text:endnote-body"))
BOXES = frozenset(
    (
        *(
            "draw:text-box",
            "draw:frame",
            "draw:custom-shape",
            "draw:rect",
            "draw:ellipse",
            "draw:line",
            "draw:polygon",
            "draw:path",
        ),
        *("draw:polyline", "draw:connector", "draw:caption", "draw:regular-polygon", "draw:g", "draw:circle", "draw:measure"),
    )
)
# Kept apart from the text around: notes, comments, the notes of a slide, what is printed on every page.
PLACES = {
    **dict.fromkeys(_NOTES, "notes"),
    **{"office:annotation": "comments", "presentation:notes": "slide notes"},
    **dict.fromkeys(("style:header", "style:footer", "style:header-left", "style:footer-left"), "furniture"),
    **dict.fromkeys(("style:header-first", "style:footer-first"), "furniture"),
    **dict.fromkeys(("presentation:header-decl", "presentation:footer-decl", "presentation:date-time-decl"), "furniture"),
}
LINES = frozenset(
    ("svg:title", "svg:desc", "presentation:header-decl", "presentation:footer-decl", "presentation:date-time-decl")
)
# Deleted text, patterns for what is made anew, how things look, pictures, and what is read elsewhere.
SKIPPED = frozenset(
    (
        *("text:tracked-changes", "table:tracked-changes", "office:automatic-styles", "office:styles", "office:font-face-decls"),
        *(
            "office:scripts",
            "office:settings",
            "office:binary-data",
            "office:meta",
            "text:note-citation",
            "text:footnote-citation",
        ),
        *(
            "text:endnote-citation",
            "dc:date",
            "meta:date-string",
            "text:table-of-content-source",
            "text:alphabetical-index-source",
        ),
        *("text:illustration-index-source", "text:table-index-source", "text:object-index-source", "text:user-index-source"),
        *(
            "text:bibliography-source",
            "math:annotation",
            "office:change-info",
            "text:notes-configuration",
            "meta:creator-initials",
        ),
        *("loext:sender-initials", "text:linenumbering-configuration", "office:event-listeners", "table:content-validations"),
    )
)
VALUES = ("office:string-value", "office:date-value", "office:time-value", "office:boolean-value", "office:value")
