from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from explorer.tui.layers import Layer, pieces

spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: (p[0], p[0] + p[1])), max_size=12)


@given(spans, st.integers(0, 60), st.integers(1, 30))
def test_over_finds_what_a_plain_search_finds(given_spans, start, length):
    end = start + length
    expected = sorted(span for span in given_spans if span[0] < end and span[1] > start)
    assert Layer(given_spans).over(start, end) == expected


@given(spans, spans, st.integers(0, 60), st.integers(1, 30))
def test_pieces_cover_the_row_and_name_the_marks_on_it(one, other, start, length):
    end = start + length
    cut = pieces(start, end, {"a": Layer(one), "b": Layer(other)})
    assert cut[0][0] == start and cut[-1][1] == end
    assert all(left[1] == right[0] for left, right in pairwise(cut))
    for left, right, names in cut:
        for name, layer in (("a", one), ("b", other)):
            inside = [any(s <= i < e for s, e in layer) for i in range(left, right)]
            assert set(inside) == {name in names}


def test_after_gives_the_first_span_from_a_place_on():
    layer = Layer([(5, 8), (1, 2), (9, 10)])
    assert [layer.after(offset) for offset in (0, 1, 2, 5, 6, 10)] == [0, 0, 1, 1, 2, 3]
