"""A worker process: takes requests on standard input, answers on standard output, ends when its parent is gone.

``python -P -m explorer.work.worker SECONDS MEMORY``. Everything is imported when it is first needed.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
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
        limit = request.get("limit", seconds) + GRACE
        set_alarm(limit)
        for answer in _answers(request):
            set_alarm(0)  # the parent may be slow to take it
            answers.write(answer)
            answers.flush()
            set_alarm(limit)
        set_alarm(0)
    return 0


def _answers(request: dict[str, Any]) -> Iterator[bytes]:
    """The answer to a request as frames, each but the last with "more"; "error" says in one line why there is none, "fault" of
    what sort that is."""
    try:
        answer = _OPS[request["op"]](request)
        if isinstance(answer, dict):
            yield encode_frame(answer)
        else:
            for part in answer:
                yield encode_frame(part)
    except MemoryError:
        yield encode_frame({"error": TOO_LARGE, "fault": "crashed", "fatal": True})
    except FrameError:
        yield encode_frame({"error": "too large: what is in it does not fit a message", "fault": "too large"})
    except RecursionError:
        traceback.print_exc(limit=20)
        yield encode_frame({"error": "nested too deeply", "fault": "damaged"})
    except Exception as error:  # a bug in a reader must cost one file, not the run
        traceback.print_exc()
        yield encode_frame({"error": f"the reader failed ({type(error).__name__})", "fault": "crashed"})


def _read(request: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The readings of a file: in one part where it has no members, else in one before each member ("next") and a last one.

    Members that were delivered to a request before this one are passed over ("after").
    """
    from explorer.reading.load import fingerprint, load, open_problem
    from explorer.reading.registry import Begun, reading_steps
    from explorer.work.forms import reading_to_json

    path = os.path.join(os.fsencode(request["root"]), os.fsencode(request["path"]))  # noqa: PTH118 (bytes)
    try:
        content = load(path)
    except OSError as error:
        yield {"error": open_problem(error), "fault": "no access"}
        return
    try:
        about = {
            "hash": fingerprint(content),
            "size": content.size,
            "mtime_ns": content.mtime_ns,
            "ctime_ns": content.ctime_ns,
            "inode": content.inode,
        }
        readings: list[tuple[str, Any]] = []
        for step in reading_steps(path, content, request.get("after", 0)):
            if isinstance(step, Begun):
                yield {"readings": readings, **about, "next": step.member, "more": True}
                readings = []
            else:
                readings.append((step[0], reading_to_json(step[1])))
        yield {"readings": readings, **about}
    finally:
        content.close()


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


_OPS: dict[str, Callable[[dict[str, Any]], dict[str, Any] | Iterator[dict[str, Any]]]] = {
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
