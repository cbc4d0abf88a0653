"""The main text's edges: what belongs to it comes in, what a site offers beside it stays out."""

from __future__ import annotations

import pytest

from explorer.reading.main_edges import mended
from explorer.reading.visible import visible_text
from tests.reading.story import PARAGRAPHS

TEASERS = "".join(f"<div><h4><a href=x>Another story {n}</a></h4><p>{n} {PARAGRAPHS[2]}</p></div>" for n in range(3))


def _main(html: str, wanted: list[str]) -> list[str]:
    """The main blocks of a page of whose blocks those wanted were chosen."""
    blocks = visible_text(html).parts
    kept = mended(blocks, [block.text in wanted for block in blocks])
    return [block.text for block, is_main in zip(blocks, kept, strict=True) if is_main]


@pytest.mark.parametrize(
    "box",
    [
        f"<div class=x>{TEASERS}</div>",
        f"<div class='box related-posts'><p>{PARAGRAPHS[2]}</p></div>",
        f"<section id=newsletter><p>{PARAGRAPHS[2]}</p></section>",
        f"<div class=comments><p>{PARAGRAPHS[2]}</p></div>",
    ],
)
def test_what_is_offered_in_the_middle_of_a_text_does_not_become_a_part_of_it(box: str) -> None:
    html = f"<div><p>{PARAGRAPHS[0]}</p>{box}<p>{PARAGRAPHS[1]}</p></div>"
    assert _main(html, PARAGRAPHS[:2]) == PARAGRAPHS[:2]


@pytest.mark.parametrize("named", ["class=node-promoted", "class=social-science", "id=sidebar_center", "class=related"])
def test_a_name_round_the_whole_page_says_nothing(named: str) -> None:
    html = f"<div {named}><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[2]}</p><p>{PARAGRAPHS[1]}</p></div>"
    assert len(_main(html, PARAGRAPHS[:2])) == 3


def test_the_end_of_a_text_behind_a_long_gap_is_kept() -> None:
    text = [f"{n} {PARAGRAPHS[n % 3]}" for n in range(9)]
    gap = "".join(f"<figure><figcaption>Boat {n}</figcaption></figure>" for n in range(30))
    body = "".join(f"<p>{p}</p>" for p in text[:-1])
    assert _main(f"<div>{body}<div>{gap}</div><p>{text[-1]}</p></div>", text) == text
    assert _main(f"<div>{body}</div><div>{gap}</div><section><p>{text[-1]}</p></section>", text) == text[:-1]
    chapter = [f"{n} {PARAGRAPHS[n % 3]}" for n in range(50)] + [f"Later {n} {PARAGRAPHS[n % 3]}" for n in range(12)]
    first, second = ("".join(f"<p>{p}</p>" for p in part) for part in (chapter[:50], chapter[50:]))
    assert _main(f"<div>{first}</div><div>{gap}</div><section>{second}</section>", chapter) == chapter


def test_the_columns_of_a_page_are_no_row_of_a_table() -> None:
    html = f"<table><tr><td>Search here</td><td><p>{PARAGRAPHS[0]}<p>{PARAGRAPHS[1]}</td></tr></table>"
    assert _main(html, PARAGRAPHS) == PARAGRAPHS[:2]
    assert _main("<table><tr><td>Ada Quill</td><td>7</td></tr></table>", ["Ada Quill"]) == ["Ada Quill", "7"]


def test_a_manual_keeps_the_sections_that_are_left_out_of_its_main_text() -> None:
    html = (
        "<ul><li><a href=a>Prev</a><li><a href=b>Next</a></ul>"
        f"<div><p>{PARAGRAPHS[0]}</p></div><div><h2>On deck</h2><p>Bring the ropes in and type:</p>"
        "<pre>haul the rope and make it fast to the pier</pre></div>"
        f"<div><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></div><div><a href=c>Chapter eight, with a longer name</a></div>"
    )
    blocks = visible_text(html).parts
    chosen = [block.text in (PARAGRAPHS[0], PARAGRAPHS[1]) for block in blocks]
    kept = [block.text for block, is_main in zip(blocks, mended(blocks, chosen), strict=True) if is_main]
    assert kept[:2] == [PARAGRAPHS[0], "On deck"]
    assert kept[2:] == [
        "Bring the ropes in and type:",
        "haul the rope and make it fast to the pier",
        PARAGRAPHS[1],
        PARAGRAPHS[2],
    ]
