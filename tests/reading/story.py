"""Words of a story of our own, for pages made in tests."""

from __future__ import annotations

PARAGRAPHS = [
    "The ferry left the harbour at dawn with forty passengers on board, the harbour master said on Monday, "
    "and it reached the island an hour later without any of the trouble that had been feared.",
    "“We had a calm sea and a good crew,” said Ada Quill, who has run the line for eleven years and who had "
    "asked the council for a new boat in every one of them, so far without an answer of any kind.",
    "The council will meet again in April, when it wants to hear from the island's shopkeepers as well, "
    "since they depend on the boat for nearly all that they sell in the winter months of the year.",
]
