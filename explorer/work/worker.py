"""A worker process: takes requests on standard input, answers on standard output, ends when its parent is gone.

``python -P -m explorer.work.worker SECONDS MEMORY``. Everything is imported when it is first needed.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from typing import Any

from explorer.work.frames import FrameError, encode_frame, read_frame, take_streams
from explorer.work.limits import forbid_network, limit_resources, memory_used, set_alarm

TEST_OPS = "EXPLORER_TEST_OPS"
GRACE = 5.0  # seconds more than the parent's limit
TOO_LARGE = "needed too much memory"


def main() -> int:
    """Serves requests until the end of standard input."""
    seconds, memory = float(sys.argv[1]), int(sys.argv[2])
    requests, answers = take_streams()
    limit_resources(memory)
    forbid_network()
    while (request := read_frame(requests)) is not None:
        set_alarm(request.get("limit", seconds) + GRACE)
        answer = _answer(request)
        answers.write(answer)
        answers.flush()
        set_alarm(0)
    return 0


def _answer(request: dict[str, Any]) -> bytes:
    """The answer to a request as a frame; "error" says in one line why there is none."""
    try:
        return encode_frame(_OPS[request["op"]](request))
    except MemoryError:
        return encode_frame({"error": TOO_LARGE, "fatal": True})
    except FrameError:
        return encode_frame({"error": "too large: what is in it does not fit a message"})
    except RecursionError:
        traceback.print_exc(limit=20)
        return encode_frame({"error": "nested too deeply"})
    except Exception as error:  # a bug in a reader must cost one file, not the run
        traceback.print_exc()
        return encode_frame({"error": f"the reader failed ({type(error).__name__})"})


def _read(request: dict[str, Any]) -> dict[str, Any]:
    from explorer.reading.load import fingerprint, load, open_problem
    from explorer.reading.registry import read_content
    from explorer.work.forms import reading_to_json

    path = os.path.join(os.fsencode(request["root"]), os.fsencode(request["path"]))  # noqa: PTH118 (bytes)
    try:
        content = load(path)
    except OSError as error:
        return {"error": open_problem(error)}
    return {
        "readings": [(member, reading_to_json(reading)) for member, reading in read_content(path, content)],
        "hash": fingerprint(content),
        "size": content.size,
        "mtime_ns": content.mtime_ns,
        "ctime_ns": content.ctime_ns,
        "inode": content.inode,
    }


def _analyse(request: dict[str, Any]) -> dict[str, Any]:
    """Analyses several texts, each [text, date, end of the body], by one engine of names."""
    from explorer.analysis import analyse
    from explorer.analysis.name_engines import tag_of
    from explorer.work.forms import analysis_to_json

    tag = tag_of(request["names"])
    return {"analyses": [analysis_to_json(analyse(text, date, end, tag)) for text, date, end in request["texts"]]}


def _prepare(request: dict[str, Any]) -> dict[str, Any]:
    """Loads an engine of names; a pipeline of the user's that cannot be loaded is no bug of ours."""
    from explorer.analysis.name_engines import tag_of
    from explorer.model import ExplorerError

    try:
        tag_of(request["names"])
    except ExplorerError as error:
        return {"error": str(error)}
    return {}


def _memory(_: dict[str, Any]) -> dict[str, Any]:
    return {"bytes": memory_used()}


_OPS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "read": _read,
    "analyse": _analyse,
    "prepare": _prepare,
    "memory": _memory,
}
if os.environ.get(TEST_OPS) == "1":
    from explorer.work.testing import OPS

    _OPS.update(OPS)


if __name__ == "__main__":
    sys.exit(main())
