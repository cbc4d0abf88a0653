"""A capital that speaks for its country is found as the capital and as the country."""

from __future__ import annotations

from pathlib import Path

from explorer.library.library import Library

TEXT = "Washington said on Monday that it had not been told. The talks were held in Washington. Officials in Rome agreed."


def test_a_capital_that_speaks_is_found_under_both_names(tmp_path: Path, home: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text("The talks were held in Washington, where it rained.", encoding="utf-8")
    library = Library(tmp_path)
    library.refresh(workers=1)
    found = {query: library.search(query).total for query in ('by:"United States"', "by:washington", 'place:"United States"')}
    assert found == {'by:"United States"': 1, "by:washington": 1, 'place:"United States"': 1}
    assert library.search("place:washington").total == 2
    assert library.search("by:italy").total == 0
    library.close()
