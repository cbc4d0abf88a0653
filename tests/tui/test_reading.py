"""Moving about in the main screen: hits, results, history, side pane, panes."""

import re
from dataclasses import replace

import pytest
from app_driver import SMALL, running
from memory_source import ARTICLES, MemorySource

from explorer.model import FoundQuote, Quote

BRIDGE, FERRY, STORM = (article[4] for article in ARTICLES)


async def test_a_document_opens_at_its_best_passage():
    async with running(size=SMALL) as app:
        await app.type("lucky")
        view = app.main.pane.view
        assert app.main.pane.document.title == "Storm damages the pier"
        assert view.top > 1000
        assert "We were lucky" in app.screen_text()


async def test_n_goes_on_into_the_next_document_and_back():
    async with running() as app:
        await app.type("bridge")
        await app.keys("enter")
        visited = []
        for _ in range(5):
            visited.append((app.main.pane.document.number, app.main.pane.view.current))
            await app.keys("n")
        assert visited[:2] == [(1, 0), (1, 1)]
        assert {number for number, _ in visited} == {1, 2, 3}
        assert app.toasts()[-1] == "no more hits this way"
        last = (app.main.pane.document.number, app.main.pane.view.current)
        await app.keys("N")
        assert (app.main.pane.document.number, app.main.pane.view.current) != last


async def test_brackets_step_through_the_results():
    async with running() as app:
        await app.type("bridge")
        await app.keys("enter", "]")
        assert app.main.results.cursor == 1
        assert app.main.pane.document.number == app.main.searching.chosen.document
        assert app.main.pane.view.has_focus
        await app.keys("[")
        assert app.main.results.cursor == 0


async def test_the_border_says_which_hit_and_how_far():
    async with running() as app:
        await app.type("bridge")
        await app.keys("enter", "n")
        assert "document · hit 2/2 · 100 %" in app.screen_text()


async def test_a_quote_leads_to_its_exact_place_and_back():
    async with running(size=SMALL) as app:
        await app.type("storm")
        await app.keys("enter", "4", "4", "a", "a")
        assert "all documents" in app.screen_text()
        side = app.main.side
        await app.keys("down")
        found = side.quote
        assert found.document != app.main.pane.document.number
        here = app.main.moving.here
        await app.keys("enter")
        pane = app.main.pane
        assert pane.document.number == found.document
        assert pane.view.focus_span == (found.quote.start, found.quote.end)
        assert pane.view.has_focus
        await app.keys("backspace")
        assert app.main.moving.here.document == here.document
        await app.keys("alt+right")
        assert pane.document.number == found.document


async def test_entities_are_listed_by_type_with_counts_and_names():
    async with running() as app:
        await app.keys("tab", "4")
        screen = app.screen_text()
        for words in ("People", "Ada Quill", "Organisations", "Ferry Union", "Places", "Port Lumen", "Dates", "12 March"):
            assert words in screen


async def test_enter_on_an_entity_filters():
    async with running() as app:
        await app.type("bridge")
        await app.keys("enter", "4", "enter")
        assert app.main.box.input.value == 'bridge person:"Ada Quill"'
        assert app.source.searched[-1] == ('bridge person:"Ada Quill"', False)
        await app.keys("3", "backspace")
        assert app.main.box.input.value == "bridge"


async def test_f_goes_from_mention_to_mention():
    async with running() as app:
        await app.keys("tab", "4", "f")
        view = app.main.pane.view
        first = BRIDGE.index("Ada Quill")
        assert view.focus_span == (first, first + 9)
        await app.keys("f")
        second = BRIDGE.index("Quill", first + 9)
        assert view.focus_span == (second, second + 5)
        await app.keys("f")
        assert view.focus_span == (first, first + 9)


async def test_the_scope_turns():
    async with running() as app:
        await app.type("ferry")
        await app.keys("enter", "4")
        for words in ("these results", "all documents", "this document"):
            await app.keys("a")
            assert words in app.screen_text()


async def test_why_tells_the_rule_and_the_chain():
    async with running() as app:
        await app.keys("tab", "4", "4", "down", "w")
        screen = app.screen_text()
        for words in ("Tom Vale", "he → Tom Vale", "subject of said", "direct", "95%"):
            assert words in screen
        await app.keys("escape")
        assert len(app.app.screen_stack) == 2


async def test_copying_says_what_was_copied():
    async with running() as app:
        await app.keys("tab", "4", "4", "y")
        assert app.app.clipboard == (
            "“The bridge is safe today, but it will not be safe for ever,”\n"
            "— Ada Quill, Harbour bridge to close for repairs, The Harbour Post, 2024-03-04, bridge.txt"
        )
        assert app.toasts()[-1].startswith("copied the quote with its citation: “The bridge is safe")
        await app.keys("Y")
        assert app.app.clipboard == "“The bridge is safe today, but it will not be safe for ever,”"
        await app.keys("3", "Y")
        assert app.app.clipboard in BRIDGE
        await app.keys("2", "y")
        assert app.app.clipboard.endswith("bridge.txt")


async def test_finding_words_in_the_document():
    async with running() as app:
        await app.keys("tab", "3", "/")
        await app.type("port  LUMEN")
        await app.keys("enter")
        view = app.main.pane.view
        start = BRIDGE.index("Port Lumen")
        assert view.hits == ((start, start + 10),)
        assert view.has_focus
        await app.keys("/")
        await app.type("zebra")
        await app.keys("enter")
        assert app.toasts()[-1] == "not in this document: zebra"


async def test_quiet_marks_can_be_hidden():
    async with running() as app:
        await app.keys("tab", "3")
        with_marks = [segment.text for segment in app.main.pane.view.render_line(0)]
        await app.keys(".")
        assert len(with_marks) > len([segment.text for segment in app.main.pane.view.render_line(0)])


async def test_panes_by_number_and_by_tab():
    async with running() as app:
        places = []
        for key in ("tab", "3", "4", "tab", "tab", "shift+tab"):
            await app.keys(key)
            places.append(app.main.panes.place)
        assert places == ["results", "document", "side", "search", "results", "search"]


async def test_the_document_alone_and_the_side_pane_hidden():
    async with running() as app:
        await app.keys("tab", "3", "z")
        assert not app.main.results_pane.display and not app.main.side.display
        await app.keys("escape")
        assert app.main.results_pane.display and app.main.side.display
        await app.keys("i")
        assert not app.main.side.display
        await app.keys("i")
        assert app.main.side.display


async def test_panes_grow_and_shrink():
    async with running() as app:
        await app.keys("tab", "2")
        before = app.main.results_pane.size.width
        await app.keys(">")
        assert app.main.results_pane.size.width == before + 4
        await app.keys("<", "<")
        assert app.main.results_pane.size.width == before - 4


async def test_the_side_pane_is_an_overlay_on_a_small_screen():
    async with running(size=SMALL) as app:
        width = app.main.pane.size.width
        assert not app.main.side.display
        await app.keys("tab", "3", "4")
        assert app.main.side.display
        assert app.main.pane.size.width == width
        await app.keys("escape")
        assert not app.main.side.display
        assert app.main.pane.view.has_focus


async def test_backing_out_never_loses_the_query():
    async with running() as app:
        await app.type("bridge")
        await app.keys("enter")
        places = []
        for _ in range(3):
            await app.keys("escape")
            places.append(app.main.panes.place)
        assert places == ["results", "search", "search"]
        assert app.main.box.input.value == "bridge"


async def test_q_backs_out_and_then_quits_keeping_the_session():
    async with running() as app:
        await app.type("bridge")
        await app.keys("enter", "q")
        assert app.main.panes.place == "results"
        await app.keys("q")
        assert app.source.closed
        assert app.source.session["query"] == "bridge" and app.source.session["document"] == 1


async def test_the_last_session_comes_back_with_its_query_selected():
    from memory_source import MemorySource

    source = MemorySource()
    source.session = {"query": "bridge", "document": 3, "path": "storm.txt", "offset": STORM.index("lucky")}
    async with running(source, size=SMALL) as app:
        assert app.main.pane.document.number == 3
        assert "lucky" in app.screen_text()
        assert app.main.searching.chosen.document == 3
        await app.type("fe")
        assert app.main.box.input.value == "fe"


async def test_the_palette_runs_commands_and_shows_their_keys():
    async with running() as app:
        await app.keys("tab", "3", "ctrl+p")
        await app.type("unread")
        assert "unread files   x" in app.screen_text()
        await app.keys("enter")
        await app.settle()
        assert "broken.pdf" in app.screen_text()
        assert "damaged: no page could be read" in app.screen_text()


async def test_help_lists_the_keys_of_the_place():
    async with running() as app:
        await app.keys("tab", "3", "?")
        screen = app.screen_text()
        assert "In the document" in screen
        assert "half a page down" in screen
        await app.keys("escape")
        assert "In the document" not in app.screen_text()


async def test_refreshing_and_stopping_the_indexing():
    from explorer.model import Progress

    async with running() as app:
        await app.keys("ctrl+r")
        assert app.source.calls == ["refresh", "refresh"]
        await app.source.messages.put(Progress("text", 1, 10))
        await app.settle()
        await app.keys("escape")
        assert app.source.calls[-1] == "cancel"


@pytest.mark.parametrize("keys", [("3",), ("4",), ("3", "z"), ("?",), ("ctrl+p",)])
async def test_resizing_to_one_cell_and_back(keys):
    async with running() as app:
        await app.keys("tab", *keys)
        for size in ((20, 5), (1, 1), (59, 10), (80, 24), (140, 40)):
            await app.pilot.resize_terminal(*size)
            await app.settle(0.1)
            app.screen_text()
        assert app.app.is_running


async def test_one_pane_at_a_time_on_a_very_narrow_screen():
    async with running(size=(40, 20)) as app:
        assert app.main.results_pane.display and not app.main.pane.display
        await app.keys("enter")
        assert app.main.pane.display and not app.main.results_pane.display
        await app.keys("escape")
        assert app.main.results_pane.display


async def test_a_click_chooses_and_a_second_opens():
    async with running() as app:
        await app.pilot.click(app.main.results, offset=(5, 6))
        await app.settle()
        assert app.main.results.cursor == 1
        await app.pilot.click(app.main.results, offset=(5, 6))
        await app.settle()
        assert app.main.pane.view.has_focus


async def test_a_result_is_copied_in_whole_sentences():
    long = "The board did not agree to the plan. " + "It rained again. " * 100 + "The plan was never signed."
    source = MemorySource((("plan.txt", "The plan", "", None, f"Begin.\n\n{long}\n\nEnd."),))

    async def cut(query, **options):
        results = await MemorySource.search(source, query, **options)
        start = source.documents[1].text.index("agree to the plan")
        passage = replace(results.passages[0], start=start, end=start + 17, text="agree to the plan", hits=())
        return replace(results, passages=(passage,))

    source.search = cut
    async with running(source) as app:
        await app.type("plan")
        await app.keys("tab", "y")
        assert app.app.clipboard == "The board did not agree to the plan. …\n— The plan, plan.txt"
        await app.keys("Y")
        assert app.app.clipboard == "The board did not agree to the plan. …"


async def test_a_quote_in_two_parts_is_shown_and_copied_without_the_narrator():
    text = '"We are sorry," the mayor said at noon, "and we will fix it."'
    source = MemorySource((("sorry.txt", "Sorry", "", None, text),))
    spans = tuple(match.span() for match in re.finditer(r'[^"]+(?=,")|and[^"]+', text))
    start, end = spans[0][0], spans[-1][1]
    quote = Quote(start, end, text[start:end], spans, "direct", None, None, spans, "marks")

    async def quotes(query, document, within=""):
        return (FoundQuote(quote, 1, "sorry.txt", "Sorry", "", None),)

    source.quotes = quotes
    async with running(source) as app:
        await app.keys("tab", "4", "4", "Y")
        assert app.app.clipboard == "We are sorry […] and we will fix it."
        assert "the mayor" not in "\n".join(line[100:] for line in app.screen_text().splitlines())
        await app.keys("w")
        assert "We are sorry […] and we will fix it." in app.screen_text()


async def test_finding_words_does_not_move_the_text():
    async with running(size=SMALL) as app:
        await app.type("storm")
        await app.keys("enter", "space")
        before, top = app.screen_text().splitlines()[5:-4], app.main.pane.view.size
        await app.keys("/")
        assert app.main.pane.view.size == top
        assert app.screen_text().splitlines()[5:-4] == before
        assert "find in this document" in app.screen_text()


async def test_the_footer_offers_the_mentions_of_an_entity_only():
    async with running() as app:
        await app.keys("tab", "4")
        assert "f mention" in app.screen_text().splitlines()[-1]
        await app.keys("4")
        assert "f mention" not in app.screen_text().splitlines()[-1]


@pytest.mark.parametrize(("text", "lines"), [("# “Storm, at the Pier”\n\nRain.", 1), ("Storms at the pier.", 2), ("", 2)])
async def test_a_title_that_the_text_begins_with_is_not_shown_twice(text, lines):
    source = MemorySource((("a.txt", "Storm at the Pier", "The Post", "2024-03-09", text),))
    async with running(source) as app:
        pane = [line.split("││")[1] for line in app.screen_text().splitlines()[5:12]]
        assert ["The Post · 2024-03-09 · a.txt" in line for line in pane].index(True) == lines - 1
        assert sum("Storm at the Pier" in line for line in pane) == lines - 1
