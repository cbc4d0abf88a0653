"""Work beside the event loop's messages."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.dom import DOMNode
from textual.worker import Worker


def in_background(node: DOMNode, work: Callable[[], Coroutine[Any, Any, None]], group: str) -> Worker[None]:
    """Starts work that belongs to a widget; work of the same group that is still under way is cancelled."""
    worker: Worker[None] = node.run_worker(work, group=group, exclusive=True)
    return worker
