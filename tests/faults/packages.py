"""Office and e-book packages, sound ones and those whose one part is not: each function takes that part's inside."""

from __future__ import annotations

from tests.faults.zip_bytes import Entry, archive, deflated, pack, stored

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument."
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
ODF_NAMES = (
    f'xmlns:office="{_OASIS}office:1.0" xmlns:text="{_OASIS}text:1.0" xmlns:table="{_OASIS}table:1.0" '
    f'xmlns:draw="{_OASIS}drawing:1.0" xmlns:meta="{_OASIS}meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'office:version="1.2"'
)
_CORE = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{0}</dc:title><dc:creator>{1}</dc:creator>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{2}</dcterms:created></cp:coreProperties>'
)


def _opc(
    main: str, kind: str, body: bytes | str, more: dict[str, bytes | str], types: dict[str, str], core: str
) -> dict[str, bytes | str]:
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{_TYPES}{type_}"/>' for name, type_ in types.items())
    return {
        "[Content_Types].xml": HEAD + f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/{main}" ContentType="{_TYPES}{kind}+xml"/>'
        f"{overrides}</Types>",
        "_rels/.rels": HEAD + f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{main}"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
        "docProps/core.xml": HEAD + (core or _CORE.format("", "", "")),
        main: body,
        **more,
    }


def core(title: str, author: str, date: str) -> str:
    """The core properties of an Office package; the values are put in as they are."""
    return _CORE.format(title, author, date)


def paragraphs(*lines: str) -> str:
    """Paragraphs of a Word document; the lines are put in as they are."""
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)


def docx_parts(
    body: str, core: str = "", more: dict[str, bytes | str] | None = None, doctype: str = ""
) -> dict[str, bytes | str]:
    """The parts of a Word document by name."""
    document = f'{HEAD}{doctype}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return _opc("word/document.xml", "wordprocessingml.document.main", document, more or {}, {}, core)


def docx(*lines: str, core: str = "", more: dict[str, bytes | str] | None = None) -> bytes:
    """A Word document of plain paragraphs."""
    return pack(docx_parts(paragraphs(*lines), core, more))


def pptx_parts(slides: list[str], core: str = "", doctype: str = "") -> dict[str, bytes | str]:
    """The parts of a presentation; a slide's text is put in as it is."""
    drawing, show = (f"http://schemas.openxmlformats.org/{part}/2006/main" for part in ("drawingml", "presentationml"))
    names = f'xmlns:a="{drawing}" xmlns:p="{show}" xmlns:r="{_OFFICE}"'
    numbers = range(1, len(slides) + 1)
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in numbers)
    links = "".join(f'<Relationship Id="rId{n}" Type="{_OFFICE}/slide" Target="slides/slide{n}.xml"/>' for n in numbers)
    more: dict[str, bytes | str] = {
        "ppt/_rels/presentation.xml.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
    }
    for number, text in enumerate(slides, 1):
        more[f"ppt/slides/slide{number}.xml"] = (
            f"{HEAD}{doctype}<p:sld {names}><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody>"
            "</p:sp></p:spTree></p:cSld></p:sld>"
        )
    types = {f"ppt/slides/slide{n}.xml": "presentationml.slide+xml" for n in numbers}
    main = f"{HEAD}<p:presentation {names}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"
    return _opc("ppt/presentation.xml", "presentationml.presentation.main", main, more, types, core)


def xlsx_parts(cells: str, strings: list[str], core: str = "", doctype: str = "") -> dict[str, bytes | str]:
    """The parts of a workbook of one sheet: ``cells`` is the inside of its sheetData, ``strings`` the shared ones."""
    sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    shared = "".join(f"<si><t>{text}</t></si>" for text in strings)
    more: dict[str, bytes | str] = {
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{HEAD}{doctype}<worksheet xmlns="{sheet}"><sheetData>{cells}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'{HEAD}{doctype}<sst xmlns="{sheet}" count="{len(strings)}">{shared}</sst>',
    }
    sheets = '<sheets><sheet name="Harbour" sheetId="1" r:id="rId1"/></sheets>'
    main = f'{HEAD}<workbook xmlns="{sheet}" xmlns:r="{_OFFICE}">{sheets}</workbook>'
    types = {"xl/worksheets/sheet1.xml": "spreadsheetml.worksheet+xml", "xl/sharedStrings.xml": "spreadsheetml.sharedStrings+xml"}
    return _opc("xl/workbook.xml", "spreadsheetml.sheet.main", main, more, types, core)


def xlsx(rows: list[list[str]], core: str = "") -> bytes:
    """A workbook whose cells are shared strings."""
    strings = [cell for row in rows for cell in row]
    numbers = iter(range(len(strings)))
    cells = "".join("<row>" + "".join(f'<c t="s"><v>{next(numbers)}</v></c>' for _ in row) + "</row>" for row in rows)
    return pack(xlsx_parts(cells, strings, core))


def odf_parts(
    body: str, kind: str = "text", title: str = "", author: str = "", date: str = "", doctype: str = ""
) -> dict[str, bytes | str]:
    """The parts of an OpenDocument file; ``body`` is the inside of office:text, office:spreadsheet or office:presentation."""
    meta = (
        f"<dc:title>{title}</dc:title><meta:initial-creator>{author}</meta:initial-creator><dc:creator>{author}</dc:creator>"
        f"<meta:creation-date>{date}</meta:creation-date>"
    )
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return {
        "mimetype": mimetype,
        "content.xml": f"{HEAD}{doctype}<office:document-content {ODF_NAMES}><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>",
        "meta.xml": f"{HEAD}<office:document-meta {ODF_NAMES}><office:meta>{meta if title else ''}</office:meta>"
        "</office:document-meta>",
        "META-INF/manifest.xml": f'{HEAD}<manifest:manifest xmlns:manifest="{_OASIS}manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
    }


def odt(*lines: str, **meta: str) -> bytes:
    """An OpenDocument text of plain paragraphs."""
    return pack(odf_parts("".join(f"<text:p>{line}</text:p>" for line in lines), **meta))


def epub_parts(
    chapters: dict[str, str], title: str = "A book", author: str = "", date: str = "", doctype: str = ""
) -> dict[str, bytes | str]:
    """The parts of an e-book (EPUB 3); each chapter is the inside of an XHTML body."""
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in chapters)
    spine = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    pages = {
        f"OEBPS/{name}.xhtml": f'{HEAD}{doctype}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{name}</title></head>'
        f"<body>{inside}</body></html>"
        for name, inside in chapters.items()
    }
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": f'{HEAD}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "OEBPS/book.opf": f'{HEAD}{doctype}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:x</dc:identifier>'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dc:date>{date}</dc:date><dc:language>en</dc:language></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
        **pages,
    }


def with_entry(parts: dict[str, bytes | str], entry: Entry) -> bytes:
    """A package one of whose parts is written by hand."""
    name = entry.name.decode()
    entries = [stored(key, data) if key == "mimetype" else deflated(key, data) for key, data in parts.items() if key != name]
    return archive([*entries, entry])
