"""The filters of the side pane: values with counts, which enter puts into the query and takes out again."""

import pytest
from app_driver import SMALL, WIDE, running
from memory_source import MemorySource
from test_hostile import EVIL, check

from explorer.index.query.parser import parse
from explorer.index.query.syntax import conjuncts
from explorer.model import Document, Facet, Kept
from explorer.tui.query_text import has_condition, with_condition, without_condition
from explorer.tui.side_facets import FacetRow, facet_rows, facets_of

POST = 'source:"The Harbour Post"'
QUERIES = [
    "bridge",
    "bridge ferry",
    "bridge OR ferry",
    "bridge|ferry",
    '"OR bridge" ferry',
    "(bridge OR ferry) -storm",
    "bridge ferry OR storm -pier",
    '"harbour bridge',
    "“harbour OR bridge",
    "(bridge OR (ferry storm",
    "bridge OR ferry sort:date",
    "bridge OR",
    "bridge NOT",
    "bridge AND ferry",
    "NOT bridge OR ferry",
    "ORB OR bridge",
    r"bridge\"s OR ferry",
    "/bri[d(]ge/ OR ferry",
    "quote:{by:quill said:bridge} OR storm",
    "quote:{by:quill said:bridge",
    'title:(bridge OR ferry) OR "a|b"',
    "bridge w/3 ferry OR storm",
    "bridge ) OR ferry",
    "café “bridge” OR «ferry»",
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_condition_holds_for_all_that_is_asked_and_comes_out_again(query):
    both = with_condition(query, POST)
    assert has_condition(both, POST) and not has_condition(query, POST)
    wanted, (condition,) = parse(query), conjuncts(parse(POST).tree)
    assert set(conjuncts(parse(both).tree)) == {*conjuncts(wanted.tree), condition}
    assert parse(both).sort == wanted.sort
    without = parse(without_condition(both, POST))
    assert (without.tree, without.sort) == (wanted.tree, wanted.sort)


@pytest.mark.parametrize("query", ["", "  "])
def test_a_condition_alone(query):
    assert with_condition(query, POST) == POST
    assert without_condition(POST, POST) == ""


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("bridge date:2024", True),
        ("bridge AND date:2024", True),
        ("date:2024 AND bridge", True),
        ("date:2024-03", False),
        ("-date:2024", False),
        ("NOT date:2024", False),
        ("bridge OR date:2024", False),
        ("(date:2024)", False),
        ('"date:2024"', False),
    ],
)
def test_what_counts_as_a_condition_of_the_query(query, there):
    assert has_condition(query, "date:2024") is there


def test_the_word_that_joined_a_condition_goes_with_it():
    assert without_condition("bridge AND date:2024", "date:2024") == "bridge"
    assert without_condition("date:2024 AND bridge", "date:2024") == "bridge"
    assert without_condition("(a) x (b)", "x") == "(a) (b)"


def test_a_condition_stays_within_its_query_whatever_was_typed():
    for query in ('"', "(", "\\", "a\\", "“", "{", "/", "a OR (", '((("', ")", "NOT", "OR OR"):
        assert has_condition(with_condition(query, POST), POST), query


def test_values_of_a_document_have_the_counts_of_the_folder():
    document = Document(1, "a/b.TXT", "t", "", "2024-03", "The Post", None, (), (), "text", 4, True)
    everywhere = [Facet("source", "The Post", 12, 'source:"The Post"'), Facet("source", "Another", 3, "source:another")]
    facets = facets_of(document, Kept(True, ('to "do"',)), everywhere)
    assert [(facet.field, facet.value, facet.documents) for facet in facets] == [
        ("is", "starred", 0), ("tag", 'to "do"', 0), ("source", "The Post", 12), ("year", "2024", 0), ("ext", "txt", 0),
    ]  # fmt: skip
    assert [facet.query for facet in facets] == [
        "is:starred", r'tag:"to \"do\""', 'source:"The Post"', "date:2024", "ext:txt",
    ]  # fmt: skip
    for facet in facets:
        parse(facet.query)


def test_rows_are_grouped_counted_and_ticked():
    facets = [Facet("source", "The Post", 4310, "source:post"), Facet("is", "new", 3, "is:new"), Facet("other", "x", 1, "x:x")]
    rows = facet_rows(facets, "bridge is:new")
    assert [row.text for row in rows if not isinstance(row, FacetRow)] == ["Starred, new", "Sources", "other"]
    shown = ["".join(piece for piece, _ in row.lines(20)[-1]) for row in rows]
    assert shown[1] == "✓ new              3"
    assert shown[3] == " The Post      4\u00a0310"


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_enter_narrows_and_widens_again(size):
    async with running(size=size) as app:
        await app.type("bridge")
        await app.keys("enter", "4", "4", "4", "a")
        side = app.main.side
        assert (side.tab, side.scope) == ("filters", "results")
        assert app.main.searching.results.total == 3
        assert side.showing.chosen.facet == Facet("source", "The Harbour Post", 2, POST)
        await app.keys("enter")
        assert app.main.box.input.value == f"bridge {POST}"
        assert app.main.searching.results.total == 2
        assert "✓ The Harbour Post" in app.screen_text()
        assert "Lumen Daily" not in "".join(line[-40:] for line in app.screen_text().splitlines())
        assert side.showing.has_focus
        await app.keys("enter")
        assert app.main.box.input.value == "bridge"
        assert app.main.searching.results.total == 3
        await app.keys("3", "backspace")
        assert app.main.box.input.value == f"bridge {POST}"


async def test_the_scopes_of_the_filters():
    async with running() as app:
        await app.type("crews")
        await app.keys("enter", "4", "4", "4")
        side = app.main.side
        values = lambda: [(row.facet.value, row.facet.documents) for row in side.showing.rows if isinstance(row, FacetRow)]  # noqa: E731
        document = app.main.pane.document
        assert (document.source, 1) in values() or (document.source, 2) in values()
        assert ("txt", 0) in values()
        await app.keys("a")
        assert ("2024", 2) in values()
        await app.keys("a")
        assert ("2024", 3) in values()


async def test_an_entity_after_alternatives_narrows_both():
    async with running() as app:
        await app.type("bridge OR storm")
        await app.keys("enter", "4", "enter")
        assert app.main.box.input.value == '(bridge OR storm) person:"Ada Quill"'
        await app.keys("4", "enter")
        assert app.main.box.input.value.count("person:") == 1


async def test_the_arrows_turn_the_tabs_both_ways():
    async with running() as app:
        await app.keys("tab", "4")
        turned = []
        for key in ("right", "right", "right", "left", "left"):
            await app.keys(key)
            turned.append(app.main.side.tab)
            assert app.main.side.showing.has_focus
        assert turned == ["quotes", "filters", "entities", "filters", "quotes"]


@pytest.mark.parametrize("width", [140, 104, 80])
async def test_all_tabs_are_named_wherever_there_is_room(width):
    async with running(size=(width, 24)) as app:
        await app.keys("tab", "4", "4", "4")
        title = next(line for line in app.screen_text().splitlines() if "filters" in line)
        assert "entities" in title and "quotes" in title and "filters" in title
        await app.keys("<", "<", "<", "<")
        assert "─ filters ─" in app.screen_text() or "│ filters ─" in app.screen_text()


class HostileFacets(MemorySource):
    async def facets(self, query, within=""):
        return tuple(Facet(field, EVIL, 3, f'{field}:"x"') for field in ("source", "year", "tag", EVIL))


async def test_values_are_shown_literally():
    async with running(HostileFacets()) as app:
        await app.keys("tab", "4", "4", "4", "a")
        assert "[/b][@click=app" in check(app)
