"""Links between names of different documents: made with a reason, never of surnames, undone and kept by the reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from explorer.index.identities import may_be_one, sound_of
from explorer.library.library import Library

ONE = ("Antony J. Blinken, the envoy, met officials of the Harlow Institute in Geneva. “We shall see,” Blinken said.", "a.txt")
TWO = ("Anthony Blinken spoke at the Harlow Institute. “Nothing is settled,” Mr. Blinken said on Monday.", "b.txt")


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("Antony Blinken", "Anthony J. Blinken", True),
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky", True),
        ("Abdel Fattah al-Sisi", "Abdel-Fattah el-Sissi", True),
        ("George W. Bush", "George H. W. Bush", False),
        ("George Walker Bush", "George Herbert Bush", False),
        ("Maria Silva", "Mario Silva", False),
        ("Pavel Ivanov", "Pavla Ivanova", False),
        ("John Smith", "Joan Smith", False),
    ],
)
def test_names_that_can_be_one_persons(one: str, two: str, same: bool) -> None:
    assert (sound_of(one) == sound_of(two) and may_be_one(one, two)) == same


def test_a_surname_has_no_sound_to_be_joined_by() -> None:
    assert sound_of("Blinken") == "" and sound_of("A. Blinken") == ""


def library_of(folder: Path, *texts: tuple[str, str]) -> Library:
    for text, name in texts:
        (folder / name).write_text(text, encoding="utf-8")
    library = Library(folder)
    library.refresh(workers=1)
    return library


def people(library: Library) -> dict[str, tuple[int, tuple[tuple[str, str], ...]]]:
    return {one.name: (one.documents, one.joined) for one in library.entities(kind="PERSON")[1]}


def test_two_spellings_are_one_person_where_both_are_named_with_one_body(tmp_path: Path, home: Path) -> None:
    library = library_of(tmp_path, ONE, TWO)
    (name, (documents, joined)) = next(iter(people(library).items()))
    assert documents == 2 and len(people(library)) == 1
    assert joined[0][0] != name and "Harlow Institute" in joined[0][1]
    assert {found.quote.speaker.name for found in library.quotes()[1] if found.quote.speaker} == {name}
    assert library.search(f'by:"{joined[0][0]}"').total == 2
    library.close()


def test_the_reader_parts_and_joins_names_and_takes_it_back(tmp_path: Path, home: Path) -> None:
    library = library_of(tmp_path, ONE, TWO)
    shown, (_, joined) = next(iter(people(library).items()))
    library.decide_name("PERSON", joined[0][0], "")
    assert {name: documents for name, (documents, _) in people(library).items()} == {shown: 1, joined[0][0]: 1}
    (tmp_path / "c.txt").write_text("Nothing new.", encoding="utf-8")
    library.refresh(workers=1)
    assert len(people(library)) == 2, "kept after indexing again"
    library.decide_name("PERSON", joined[0][0], None)
    assert len(people(library)) == 1
    library.decide_name("PERSON", shown, joined[0][0])
    assert list(people(library)) == [joined[0][0]], "the reader's link wins over the rule's"
    library.close()


def test_nothing_is_joined_without_something_in_common(tmp_path: Path, home: Path) -> None:
    library = library_of(tmp_path, ONE, ("Anthony Blinken sang at the Rosewood Theatre.", "b.txt"))
    assert len(people(library)) == 2
    library.close()


def test_surnames_alone_are_not_joined_to_full_names_and_say_what_they_are(tmp_path: Path, home: Path) -> None:
    library = library_of(
        tmp_path, ONE, ("Mr. Blinken sang at the Harlow Institute.", "b.txt"), ("Mr. Blinken danced in Rome.", "c.txt")
    )
    found = people(library)
    assert set(found) == {"Antony J. Blinken", "Blinken"}
    assert "different people" in found["Blinken"][1][0][1]
    library.close()


def test_an_acronym_is_the_body_that_one_document_explains(tmp_path: Path, home: Path) -> None:
    library = library_of(
        tmp_path,
        ("The Coastal Fisheries Agency (CFA) said quotas would fall. The CFA was founded in 1990.", "a.txt"),
        ("The CFA said on Monday that nets were empty.", "b.txt"),
    )
    bodies = {one.name: one for one in library.entities(kind="ORG")[1]}
    assert list(bodies) == ["Coastal Fisheries Agency"] and bodies["Coastal Fisheries Agency"].documents == 2
    assert bodies["Coastal Fisheries Agency"].joined == (("CFA", "a.txt explains it so"),)
    library.close()
