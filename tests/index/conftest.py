"""The index that the tests of searching fill and empty again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.index.small_corpus import Corpus


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    made = Corpus(tmp_path_factory.mktemp("index"))
    yield made
    made.index.close()
