"""The indexes that the tests of searching fill and empty again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from explorer.index import engines
from tests.index.reference import tried
from tests.index.small_corpus import Corpus


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def corpus(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Corpus]:
    if not engines.is_installed(request.param):
        pytest.skip("tantivy is not installed: pip install 'explorer[large]'")
    made = Corpus(tmp_path_factory.mktemp("index"), request.param)
    yield made
    made.index.close()


@pytest.fixture(scope="session", autouse=True)
def tell_what_was_tried() -> Iterator[None]:
    """Says at the end, where the output is shown, how many pairs of a query and a text were compared."""
    yield
    if tried:
        print("\ncompared with the reference, pairs of a query and a text:", ", ".join(f"{k} {n}" for k, n in tried.items()))
