"""PDF files: how much of what poppler's pdftotext finds is found, page by page kept."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path
from statistics import mean

from measure import print_table
from scores import token_score, tokens

from explorer.reading.registry import read_file

_ENOUGH = 5  # tokens: below that pdftotext found nothing to compare with
_RIGHT = 0.9
_MEASURED = [  # of shared/design/readers.md, 416 files
    ["readers.md: pypdfium2", "278/416", "140/167 = 84 %", ".911/.932", "152"],
    ["readers.md: pymupdf", "289/416", "152/167 = 91 %", ".947/.934", "97"],
]


def pdf_table(docs: Path) -> None:
    """Prints non-empty files, right files (token recall of 0.9) and mean recall and precision, beside bare pypdfium2's."""
    files = [path for path in sorted(docs.rglob("*.pdf")) if path.is_file()]
    gold = {path: _poppler(path) for path in files} if shutil.which("pdftotext") else {}
    rows = []
    for name, reader in (("explorer", _ours), ("pypdfium2, pages alone", _bare)):
        start = time.perf_counter()
        found = {path: reader(path) for path in files}
        seconds = time.perf_counter() - start
        rows.append(
            [name, f"{sum(map(bool, found.values()))}/{len(files)}", *_against(gold, found), f"{len(files) / seconds:.0f}"]
        )
    rows += _MEASURED
    if not gold:
        print("pdftotext (poppler-utils) is not installed: nothing to compare PDF files with")
    print_table("PDF", ["", "non-empty", "right", "mean R/P", "files/s"], rows)


def _against(gold: dict[Path, str], found: dict[Path, str]) -> list[str]:
    scores = [token_score(text, found[path]) for path, text in gold.items() if tokens(text).total() >= _ENOUGH]
    if not scores:
        return ["not installed", ""]
    right = sum(score.recall >= _RIGHT for score in scores)
    means = f"{mean(score.recall for score in scores):.3f}/{mean(score.precision for score in scores):.3f}"
    return [f"{right}/{len(scores)} = {right / len(scores):.0%}", means]


def _ours(path: Path) -> str:
    return next(reading.text for member, reading in read_file(path) if not member)


def _bare(path: Path) -> str:
    import pypdfium2

    texts = []
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError:
        return ""
    for number in range(len(document)):
        try:
            texts.append(document[number].get_textpage().get_text_bounded(errors="replace"))
        except pypdfium2.PdfiumError:
            continue
    document.close()
    return "\n".join(texts).strip()


def _poppler(path: Path) -> str:
    try:
        done = subprocess.run(["pdftotext", "-q", path, "-"], capture_output=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")
