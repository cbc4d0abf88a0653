"""The tagger of names, and the document pass behind it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.analysis.agreement import ENOUGH
from explorer.analysis.layout import layout
from explorer.analysis.names import find_names
from explorer.analysis.rule_names import by_rules
from explorer.analysis.runs import read_words
from explorer.analysis.tagger.crf import MODEL, TYPES, label_name, opened, spans, tag_words
from explorer.analysis.tagger.features import LONGEST, features, sequences
from explorer.analysis.tagger.word_features import own, shape

TEXT = (
    "The board of Tarrow Mill met on Monday in Leeds. Ada Thornbury, a lawyer for the Fishing Workers' Union, said that Tarrow"
    " Mill had lied. Thornbury will go to Paris."
)


def found(text, tag=None):
    return {(text[name.start : name.end], name.type): name for name in find_names(text, layout(text), (), tag)}


def read(text):
    words = read_words(text, layout(text), ())
    return words, by_rules(words)


def test_names_in_their_types_with_what_found_them():
    names = found(TEXT)
    assert {("Ada Thornbury", "PERSON"), ("Thornbury", "PERSON"), ("Fishing Workers' Union", "ORG")} <= names.keys()
    assert {("Leeds", "PLACE"), ("Paris", "PLACE")} <= names.keys()
    assert names["Ada Thornbury", "PERSON"].how == f"crf {names['Ada Thornbury', 'PERSON'].confidence:.2f}"
    assert all(name.confidence >= ENOUGH for name in names.values())


def test_the_model_is_small_and_opens_at_once():
    assert MODEL.stat().st_size <= 8_000_000
    began = time.process_time()
    opened.__wrapped__(MODEL)
    assert time.process_time() - began < 0.1


def test_the_shares_of_the_types_are_probabilities():
    for one in tag_words(*read(TEXT)):
        assert all(-1e-6 <= share <= 1 + 1e-6 for share in one.shares) and sum(one.shares) <= 1 + 1e-6
        assert one.probability == one.shares[TYPES.index(one.type)]


def test_a_model_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(OSError, match=r"missing\.crf"):
        found(TEXT, tmp_path / "missing.crf")


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["O", "U-ORG", "O"], [(1, 2, "ORG")]),
        (["B-ORG", "I-ORG", "L-ORG"], [(0, 3, "ORG")]),
        (["U-PLACE", "U-PLACE"], [(0, 1, "PLACE"), (1, 2, "PLACE")]),
        (["B-PERSON", "O", "L-PERSON"], [(0, 1, "PERSON"), (2, 3, "PERSON")]),
        (["B-PERSON", "L-ORG"], [(0, 1, "PERSON"), (1, 2, "ORG")]),
        ([], []),
    ],
)
def test_labels_as_spans(labels, expected):
    assert spans(labels) == expected


@given(st.lists(st.sampled_from(["O", *(place + kind for place in ("B-", "I-", "L-", "U-") for kind in TYPES)]), max_size=12))
def test_whatever_the_labels_spans_are_in_order_and_cover_every_label(labels):
    made = spans(labels)
    covered = [index for first, last, _ in made for index in range(first, last)]
    assert covered == [index for index, label in enumerate(labels) if label != "O"]


@given(st.lists(st.tuples(st.sampled_from(TYPES), st.integers(1, 4)), max_size=6))
def test_names_labelled_are_the_names_read(names):
    labels = [label for kind, length in names for label in label_name(kind, length)]
    assert [(kind, last - first) for first, last, kind in spans(labels)] == names


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["Ada", "of", "the", "Bank", "said", ".", "2024", "A.", "‘", "\n", "İ", "ß", "é", "&"]), max_size=40)
)
def test_sequences_stay_in_a_sentence_and_are_not_too_long(parts):
    words, evidence = read(" ".join(parts))
    end = 0
    for first, last in sequences(words, evidence):
        assert end <= first < last and last - first <= LONGEST
        assert any(begins <= first and last <= ends for begins, ends in words.sentences)
        end = last
    assert all(len(rows) == last - first and all(rows) for (first, last), rows in features(words, evidence))


def test_no_sequence_where_there_is_no_capital():
    assert sequences(*read("nothing here is a name. not one word.")) == []


def test_the_shape_of_a_word():
    assert [shape(word) for word in ("McKay", "NATO", "G7", "al-Sisi")] == ["XxXx", "X", "Xd", "x-Xx"]
    assert "s=X4" in own("NATO") and "s=X2" in own("US")


class TestAnotherEngine:
    def test_its_names_go_through_the_document_pass(self):
        text = "Ada Quorl met the council. Later they asked Quorl again."

        def tag(text, sentences):
            assert [text[start:end] for start, end in sentences] == [
                "Ada Quorl met the council.",
                "Later they asked Quorl again.",
            ]
            return [(0, 9, "PERSON", 0.9)]

        names = found(text, tag)
        assert set(names) == {("Ada Quorl", "PERSON"), ("Quorl", "PERSON")}
        assert names["Quorl", "PERSON"].how.startswith("document pass")

    def test_what_does_not_fit_the_words_is_left_out(self):
        text = "Ada Quorl met Zelp."
        names = found(text, lambda *_: [(1, 9, "PERSON", 0.9), (14, 18, "DATE", 0.9), (14, 18, "ORG", 0.9), (15, 18, "ORG", 0.9)])
        assert set(names) == {("Zelp", "ORG")}

    def test_most_mentions_give_a_form_its_type(self):
        text = "Zelp won. Then Zelp lost. And Zelp left."
        places = [(0, 4), (15, 19), (30, 34)]
        kinds = [("ORG", 0.9), ("ORG", 0.9), ("PLACE", 0.6)]
        names = find_names(text, layout(text), (), lambda *_: [(*at, *kind) for at, kind in zip(places, kinds, strict=True)])
        assert [name.type for name in names] == ["ORG", "ORG", "ORG"]
        assert names[2].how == "document pass: so elsewhere in the text"
