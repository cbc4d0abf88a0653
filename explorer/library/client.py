"""A folder opened from an asyncio program: every call goes to a child process, so that nothing here blocks."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

from explorer.library import channel, places
from explorer.model import Analysis, Document, Entity, ExplorerError, FoundQuote, Progress, Report, Results, Span, Status

ANSWER_SECONDS = 20.0  # a call that takes longer has its process ended
LIMIT = 500


class Client:
    """One open folder; used from one event loop."""

    def __init__(self, folder: Path) -> None:
        """Opens a folder; raises ExplorerError when it is none. The processes start with the first call."""
        self.folder = places.corpus_folder(folder)
        places.make_data_folder(self.folder)
        places.note_recent(self.folder)
        self._searcher: asyncio.subprocess.Process | None = None
        self._indexer: asyncio.subprocess.Process | None = None
        self._answers: dict[int, tuple[asyncio.subprocess.Process, asyncio.Future[Any]]] = {}
        self._numbers = iter(range(1, 1 << 62))
        self._events: asyncio.Queue[Progress | Report | ExplorerError] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._starting = asyncio.Lock()
        self._refreshing = self._closed = False

    async def search(self, query: str, *, typing: bool = False, limit: int = 50, offset: int = 0) -> Results:
        """The passages that answer a query; raises QueryError."""
        return cast(Results, await self._call("search", query=query, typing=typing, limit=limit, offset=offset))

    async def document(self, number: int) -> Document:
        """A document with its text."""
        return cast(Document, await self._call("document", number=number))

    async def hits(self, number: int, query: str, typing: bool = False) -> tuple[Span, ...]:
        """All hits of a query in a document's text."""
        return cast("tuple[Span, ...]", await self._call("hits", number=number, query=query, typing=typing))

    async def analysis(self, number: int) -> Analysis | None:
        """What was found in a document; None while it is not analysed, which moves it to the front."""
        found = cast("Analysis | None", await self._call("analysis", number=number))
        if found is None:
            self._tell_indexer(("urgent", number))
        return found

    async def entities(self, query: str | None = None, document: int | None = None) -> tuple[Entity, ...]:
        """The commonest entities of a document, of a query's results, or of all."""
        return cast("tuple[Entity, ...]", (await self._call("entities", query=query, document=document, limit=LIMIT))[1])

    async def quotes(self, query: str | None = None, document: int | None = None) -> tuple[FoundQuote, ...]:
        """The first quotes of a document, of a query's results, or of all."""
        return cast("tuple[FoundQuote, ...]", (await self._call("quotes", query=query, document=document, limit=LIMIT))[1])

    async def status(self) -> Status:
        """What is kept about the folder."""
        return cast(Status, await self._call("status"))

    async def refresh(self, rebuild: bool = False) -> None:
        """Starts bringing the index up to date; does nothing while that is under way."""
        async with self._starting:
            if self._refreshing or self._closed:
                return
            self._indexer = await self._start("index")
            self._refreshing = True
            self._tell_indexer({"rebuild": rebuild})
            self._keep(self._listen_to_indexer(self._indexer))

    async def cancel_refresh(self) -> None:
        """Stops a refresh; what is read so far is kept."""
        self._tell_indexer(("cancel",))

    async def events(self) -> AsyncIterator[Progress | Report]:
        """Progress while a refresh runs and a report at its end; raises ExplorerError where one could not be done."""
        while True:
            event = await self._events.get()
            if isinstance(event, ExplorerError):
                raise event
            yield event

    async def load_session(self) -> dict[str, Any]:
        """Where the reader was when the folder was last closed."""
        return places.load_session(self.folder)

    async def save_session(self, session: dict[str, Any]) -> None:
        """Keeps where the reader is."""
        places.save_session(self.folder, session)

    async def close(self) -> None:
        """Ends the folder's processes; a refresh keeps what it has so far, a call under way raises ExplorerError."""
        async with self._starting:
            self._closed = True
        for process in (self._searcher, self._indexer):
            if process is not None and process.returncode is None:
                if process.stdin:
                    process.stdin.close()
                await _ended(process)
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._fail(self._searcher, "the folder is closed")

    async def _call(self, call: str, **arguments: Any) -> Any:
        async with self._starting:
            if self._closed:
                raise ExplorerError("the folder is closed")
            if self._searcher is None or self._searcher.returncode is not None:
                self._searcher = await self._start("search")
                self._keep(self._listen_to_searcher(self._searcher))
        process = self._searcher
        number = next(self._numbers)
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._answers[number] = (process, answer)
        try:
            assert process.stdin is not None
            process.stdin.write(channel.pack((number, call, arguments)))
            return await asyncio.wait_for(answer, ANSWER_SECONDS)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            if self._searcher is process:
                self._searcher = None  # the next call starts another
            raise ExplorerError(f"this took longer than {ANSWER_SECONDS:.0f} seconds and was stopped; try fewer words") from None
        finally:
            self._answers.pop(number, None)

    async def _listen_to_searcher(self, process: asyncio.subprocess.Process) -> None:
        with contextlib.suppress(EOFError, asyncio.IncompleteReadError):
            while True:
                number, value, error = await _receive(process)
                _, answer = self._answers.get(number, (process, None))
                if answer is not None and not answer.done():
                    if error is None:
                        answer.set_result(value)
                    else:
                        answer.set_exception(error)
        await process.wait()
        self._fail(process, f"the search process ended; details are in {places.log_path()}")

    def _fail(self, process: asyncio.subprocess.Process | None, reason: str) -> None:
        """Lets go of the calls that a process will not answer any more."""
        for asked, answer in self._answers.values():
            if asked is process and not answer.done():
                answer.set_exception(ExplorerError(reason))

    async def _listen_to_indexer(self, process: asyncio.subprocess.Process) -> None:
        finished = False
        with contextlib.suppress(EOFError, asyncio.IncompleteReadError):
            while True:
                event = await _receive(process)
                if isinstance(event, Report | ExplorerError):
                    finished = True
                    self._refreshing = False
                await self._events.put(event)
        await process.wait()
        if not finished:
            self._refreshing = False
            await self._events.put(
                ExplorerError(f"indexing stopped; details are in {places.log_path()}; refresh goes on with it")
            )

    def _tell_indexer(self, message: Any) -> None:
        process = self._indexer
        if process is not None and process.returncode is None and process.stdin and not process.stdin.is_closing():
            process.stdin.write(channel.pack(message))

    async def _start(self, role: str) -> asyncio.subprocess.Process:
        log = os.open(places.log_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                "-m",
                "explorer.library.service",
                role,
                os.fspath(self.folder),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        finally:
            os.close(log)

    def _keep(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _receive(process: asyncio.subprocess.Process) -> Any:
    assert process.stdout is not None
    head = await process.stdout.readexactly(channel.LENGTH.size)
    return channel.unpack(await process.stdout.readexactly(channel.LENGTH.unpack(head)[0]))


async def _ended(process: asyncio.subprocess.Process) -> None:
    """Waits for a process that was told to end; one that does not is killed."""
    try:
        await asyncio.wait_for(process.wait(), 5)
    except TimeoutError:
        process.kill()
        await process.wait()
