"""`explorer status`: coverage first, then the files that were not read whole, in groups, with what helps."""

from explorer.export.csv_form import to_csv
from explorer.export.markdown_form import to_markdown
from explorer.export.tables import to_table
from explorer.export.text_form import to_lines
from explorer.model import Note, Status

STATUS = Status(
    "/f", "/i", 10, 2, 2, "whoosh", "crf", 1,
    (
        Note("a.pdf", "no text layer", "no text", "ocrmypdf a.pdf a-ocr.pdf"),
        Note("b.xlsx", "encrypted", "password", "save a copy without the password"),
        Note("c.bin", "binary data", "not a document"),
    ),
    (Note("d.docx", "cut after page 3", "damaged"),),
    (Note(".git", "skipped: hidden"), Note(".x", "skipped: hidden")),
)  # fmt: skip


def shown(answer):
    return ["".join(text for text, _ in line) for line in to_lines(answer)]


def test_text_says_coverage_groups_reasons_and_remedies():
    lines = shown(STATUS)
    assert "2 of 4 documents read (50.0 %) · 1 without text · 1 not read · 1 with nothing to read" in lines
    at = lines.index("No text layer: 1")
    assert lines[at + 1] == "  a.pdf: no text layer → ocrmypdf a.pdf a-ocr.pdf"
    assert lines[at + 2 : at + 4] == ["Password needed: 1", "  b.xlsx: encrypted → save a copy without the password"]
    assert lines[-3:] == ["Read in part: 1", "  d.docx: cut after page 3", "2 skipped: hidden: .git, .x"]


def test_tables_have_fault_and_remedy():
    assert to_table(STATUS).columns == ("state", "path", "reason", "fault", "remedy")
    assert "unreadable,a.pdf,no text layer,no text,ocrmypdf a.pdf a-ocr.pdf\n" in to_csv(STATUS)
    page = to_markdown(STATUS)
    assert "2 of 4 documents read (50.0 %)" in page
    assert "| unreadable | `b.xlsx` | encrypted | save a copy without the password |" in page
