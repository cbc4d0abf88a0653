"""What the manifest promises of every path, row by row of the table of faults."""

from __future__ import annotations

import pytest

from explorer.index.files import shown_path
from tests.faults.build import Expected
from tests.faults.conftest import Faults, is_bound

ROWS = tuple(f"F{number:02}" for number in (*range(31), 31, 32, 33, 34, 37, 38, 40, 41, 42, 43, 44, 60))


def _broken_promises(faults: Faults, expected: Expected) -> list[str]:
    """What is not as the manifest says, in words."""
    numbers, listed = faults.numbers(expected.path), faults.faults_of(expected.path)
    wrong = []
    match expected.fate:
        case "found" if not numbers:
            wrong.append("it is not indexed")
        case "listed" if not listed:
            wrong.append("it is not listed")
        case "accounted" if not numbers and not listed:
            wrong.append("it is neither indexed nor listed")
        case "skipped" if not any(_is_above(path, shown_path(expected.path)) for path in faults.skipped):
            wrong.append("it is not among the skipped")
        case "absent" if numbers or listed:
            wrong.append("it is there")
    if expected.fate == "skipped" and numbers:
        wrong.append("it was read")
    if listed and expected.faults and not set(listed) & set(expected.faults):
        wrong.append(f"listed as {listed}")
    sound = expected.fate == "found" and not expected.faults
    if sound and shown_path(expected.path) in (faults.listed if expected.row == "F00" else faults.unreadable):
        wrong.append(f"listed as {listed}, though it is sound enough")
    wrong += [f"{word} is not found" for word in expected.words if not faults.with_word(word) & set(numbers)]
    wrong += [f"{word} is found" for word in expected.never if faults.with_word(word) & set(numbers)]
    return wrong + _of_its_text(faults, expected, numbers)


def _of_its_text(faults: Faults, expected: Expected, numbers: list[int]) -> list[str]:
    if not (expected.texts or expected.longest or expected.title or expected.author or expected.date):
        return []
    documents = [faults.library.document(number) for number in numbers]
    wrong = [f"no text has {text[:40]!r}" for text in expected.texts if not any(text in d.text for d in documents)]
    if expected.longest and any(len(document.text) > expected.longest for document in documents):
        wrong.append(f"its text is longer than {expected.longest:,}")
    for name in ("title", "author", "date"):
        value = getattr(expected, name)
        have = [getattr(document, name) for document in documents]
        if value and value not in have:
            wrong.append(f"its {name} is {have}, not {value}")
    return wrong


def _is_above(path: str, other: str) -> bool:
    return other == path or other.startswith(path + "/")


@pytest.mark.parametrize("row", ROWS)
def test_a_row(faults: Faults, row: str) -> None:
    promised = faults.row(row)
    if row == "F34" and not is_bound(faults.corpus / "F34" / "closed.txt"):
        pytest.skip("this is root, who may read all, and cannot give that up here")
    assert promised, "the generator makes nothing of this row"
    broken = {entry.path: wrong for entry in promised if (wrong := _broken_promises(faults, entry))}
    assert not broken, "\n".join(f"{path!r}: {'; '.join(wrong)}" for path, wrong in broken.items())
