"""The reader of the marked articles that models are trained on, and the labels made of them."""

from __future__ import annotations

import pytest

from explorer.analysis.layout import layout
from explorer.analysis.runs import read_words
from training import gold
from training.markup import read_article, read_marks
from training.names import labels, sequences

ARTICLE = """# q1-01a | Quorl Wire | 2024-04-19 | Zelp leaves
<p n="Ada Zelp">Zelp</p> left <l n="Leeds">Leeds</l> on <d v="2024-04-18">Thursday</d>, <o n="Quorl &amp; Sons">Quorl</o> said.
"<q i="1" by="Ada Zelp">I go,</q>" <s i="1">she</s> <c i="1">said</c>. "<q i="1" by="Ada Zelp">Now.</q>"
"""


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "q1-01a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return read_article(path)


def test_text_and_names(article):
    assert article["text"].startswith("Zelp left Leeds on Thursday, Quorl said.\n")
    assert [(one["text"], one["type"]) for one in article["entities"]] == [
        ("Zelp", "PERSON"),
        ("Leeds", "PLACE"),
        ("Thursday", "DATE"),
        ("Quorl", "ORG"),
    ]
    assert [one.get("iso") for one in article["entities"]] == [None, None, "2024-04-18", None]
    assert article["entities"][0]["name"] == "Zelp" and article["entities"][0]["aliases"] == ["Ada Zelp"]
    assert article["entities"][3]["aliases"] == ["Quorl & Sons"]
    assert all(article["text"][one["start"] : one["end"]] == one["text"] for one in article["entities"])


def test_a_quote_of_two_segments_and_its_speaker(article):
    (quote,) = article["quotes"]
    assert [article["text"][start:end] for start, end in quote["segments"]] == ["I go,", "Now."]
    assert quote["speaker"]["text"] == "she" and quote["speaker"]["name"] == "Zelp" and quote["cue"]["text"] == "said"


@pytest.mark.parametrize(
    "marked", ['<p n="A">A', "A</p>", '<x n="A">A</x>', '<p n="A"> A</p>', '<p n="A">A\nB</p>', '<p n="A"></p>']
)
def test_a_slip_in_the_marks_is_an_error(marked):
    with pytest.raises(ValueError, match="<"):
        read_marks(marked)


def test_the_labels_are_the_names_without_dates(article):
    text = article["text"]
    words = read_words(text, layout(text), ())
    named = {word: label for word, label in zip(words.texts, labels(words, article), strict=True) if label != "O"}
    assert named == {"Zelp": "U-PERSON", "Leeds": "U-PLACE", "Quorl": "U-ORG"}
    assert sum(label != "O" for _, right in sequences(article) for label in right) == 3


def test_articles_of_one_event_are_in_one_fold():
    one, other = {"id": "q7-02a"}, {"id": "q7-02b"}
    assert gold.fold_of("own", one) == gold.fold_of("own", other)
    assert len({gold.fold_of("gum", {"id": f"d{number}"}) for number in range(60)}) == gold.FOLDS


def test_every_article_of_ours_can_be_read():
    articles = gold.documents("articles")
    assert len(articles) >= 100
    assert len({article["id"] for article in articles}) == len(articles)
