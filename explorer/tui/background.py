"""Work beside the event loop's messages."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.dom import DOMNode
from textual.worker import Worker


def in_background(
    node: DOMNode, work: Callable[[], Coroutine[Any, Any, None]], group: str, *, exclusive: bool = True
) -> Worker[None]:
    """Starts work that belongs to a widget; where ``exclusive``, work of the same group still under way is cancelled."""
    worker: Worker[None] = node.run_worker(work, group=group, exclusive=exclusive)
    return worker
