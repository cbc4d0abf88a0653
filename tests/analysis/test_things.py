"""What is written like a name and names no person, organisation or place."""

from __future__ import annotations

import pytest

from explorer.analysis.agreement import Settled
from explorer.analysis.layout import layout
from explorer.analysis.runs import read_words
from explorer.analysis.things import without_things
from explorer.model import EntityType

SOFTWARE = "The compiler and the parser of this software need a library; developers sent patches to the repository."


def kept(text: str, name: str, kind: EntityType = "ORG", probability: float = 0.95, dates: tuple[str, ...] = ()) -> int:
    """How many of the mentions of ``name`` stay when an engine took each for a name."""
    spans = [(text.index(date), text.index(date) + len(date)) for date in dates]
    words = read_words(text, layout(text), spans)
    found = []
    for first, start in enumerate(words.starts):
        if text.startswith(name, start):
            last = next(index for index in range(first, len(words.ends)) if words.ends[index] >= start + len(name)) + 1
            found.append(Settled(first, last, kind, probability, "engine"))
    assert found
    return len(without_things(words, found))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He wrote it for UNIX and left.", "UNIX"),
        ("They sell a Debian server to banks.", "Debian"),
        ("Weld strength in Fig. 4 rose to 20 kV there.", "kV"),
        ("They tested for human zelpomavirus (HZV). Later HZV was found.", "HZV"),
        ("She drove a Corvex, then left it at the lake. The Corvex was old.", "Corvex"),
        ("They moved to Corvex 2.1 and it broke.", "Corvex"),
        ("The value was then 40 V in the cell.", "V"),
        ("Set zelp_Corvex to one and restart it.", "Corvex"),
        ("Send it to P.O. Box 12 by then.", "P.O. Box"),
    ],
)
def test_things_are_no_names(text: str, name: str) -> None:
    assert kept(text, name) == 0


def test_a_cars_model_has_a_year() -> None:
    assert kept("They showed the 2020 Corvex in Zelpton.", "Corvex", dates=("2020",)) == 0
    assert kept("In 2020 Corvex moved to Zelpton.", "Corvex", dates=("2020",)) == 1


def test_plain_words_are_languages_where_the_text_writes_of_software() -> None:
    assert kept(f"{SOFTWARE} They like Rust there.", "Rust") == 0
    assert kept("They like Rust there.", "Rust") == 1
    assert kept(f"{SOFTWARE} They like Java there.", "Java", "PLACE") == 0
    assert kept("They like Java there.", "Java", "PLACE") == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A Corvex engineer met her Corvex colleague.", "Corvex"),
        ("Corvex 2.1 percent, said the note.", "Corvex"),
        ("An HPV spokesman declined.", "HPV"),
        ("She wrote on X that it is over.", "X"),
        ("The Linux Foundation met.", "Linux Foundation"),
        ("The G7 met again in the spring.", "G7"),
    ],
)
def test_names_stay(text: str, name: str) -> None:
    assert kept(text, name) == text.count(name)


def test_cells_of_tables_are_no_names_unless_sure() -> None:
    assert kept("Zelp Ornax Font", "Ornax Font", "PERSON", 0.8) == 0
    assert kept("Zelp Ornax Font", "Ornax Font", "PERSON", 0.97) == 1
    assert kept("Zelp Ornax Font\n\nThey met Ornax Font there at last.", "Ornax Font", "PERSON", 0.8) == 2


def test_a_long_row_needs_signs_between_its_cells() -> None:
    row = "Zelp Ornax Vale Quorl Brin Tarn Holt Mirk Fenn Drax Wenn Olt Pell"
    assert kept(row, "Brin Tarn", "PLACE", 0.97) == 0
    assert kept(row.replace(" ", ", "), "Tarn", "PLACE", 0.97) == 1


def test_a_family_is_no_organisation() -> None:
    text = "The Zelpors came. Ada Zelpor was late."
    words = read_words(text, layout(text), [])
    found = [Settled(1, 2, "ORG", 0.9, "engine"), Settled(4, 6, "PERSON", 0.9, "engine")]
    assert [one.type for one in without_things(words, found)] == ["PERSON"]
    assert len(without_things(words, found[:1])) == 1
