"""The child processes of one open folder: one that searches, one that indexes, one that watches. Nothing here blocks."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from explorer.library import channel, places
from explorer.model import ExplorerError, Progress, Report

REST_SECONDS = 2.0  # between two refreshes that changes ask for
REST_TIMES = 4  # as long as the last one took
LEAVE_SECONDS = 0.6  # from the word to end to the end, whatever is under way
ENDING_SECONDS = 0.05  # between two looks at whether a refresh has ended


class Processes:
    """Starts each with its first task; used from one event loop. An answer that takes ``seconds`` has its process ended."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self.folder = folder
        self._seconds = seconds
        self._searcher: asyncio.subprocess.Process | None = None
        self._indexer: asyncio.subprocess.Process | None = None
        self._stopped: asyncio.subprocess.Process | None = None  # an indexer that was told to stop
        self._answers: dict[int, tuple[asyncio.subprocess.Process, asyncio.Future[Any]]] = {}
        self._numbers = iter(range(1, 1 << 62))
        self._events: asyncio.Queue[Progress | Report | ExplorerError] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._starting = asyncio.Lock()
        self._watcher: asyncio.subprocess.Process | None = None
        self._refreshing = self._closed = False
        self._changed = asyncio.Event()  # something in the folder has, since the last refresh began

    async def watch(self, engine: str, names: str) -> None:
        """Refreshes from now on whenever something in the folder changes; does nothing the second time."""
        async with self._starting:
            if self._watcher is not None or self._closed:
                return
            self._watcher = await self._start("watching")
        self._keep(self._listen_to_watcher(self._watcher))
        self._keep(self._refresh_on_change(engine, names))

    async def _listen_to_watcher(self, process: asyncio.subprocess.Process) -> None:
        with contextlib.suppress(EOFError, asyncio.IncompleteReadError):
            while True:
                await _receive(process)
                self._changed.set()
        await process.wait()

    async def _refresh_on_change(self, engine: str, names: str) -> None:
        """Refreshes after changes, with a rest between that is long where the last one was."""
        loop = asyncio.get_running_loop()
        while True:
            await self._changed.wait()
            while self._refreshing:
                await asyncio.sleep(REST_SECONDS / 4)
            started = loop.time()
            await self.refresh(False, engine, names)
            while self._refreshing:
                await asyncio.sleep(REST_SECONDS / 4)
            await asyncio.sleep(max(REST_SECONDS, REST_TIMES * (loop.time() - started)))

    async def refresh(self, rebuild: bool, engine: str, names: str) -> None:
        """Starts bringing the index up to date; does nothing while that is under way, but to ``rebuild``, which ends it first."""
        while True:
            async with self._starting:
                if self._closed or (self._refreshing and not rebuild):
                    return
                if not self._refreshing:
                    self._changed.clear()
                    self._indexer = await self._start("service", "index")
                    self._refreshing = True
                    self.tell_indexer({"rebuild": rebuild, "engine": engine, "names": names})
                    self._keep(self._listen_to_indexer(self._indexer))
                    return
            await self.cancel_refresh()
            await asyncio.sleep(ENDING_SECONDS)

    async def cancel_refresh(self) -> None:
        """Stops a refresh soon, whatever it is busy with; what is read so far is kept."""
        self.tell_indexer(("cancel",))
        if self._refreshing and self._indexer is not None and self._indexer is not self._stopped:
            self._stopped = self._indexer
            self._keep(self._end_soon(self._indexer))

    async def _end_soon(self, indexer: asyncio.subprocess.Process) -> None:
        await asyncio.sleep(LEAVE_SECONDS)
        if self._refreshing and indexer is self._indexer and indexer.returncode is None:
            indexer.kill()

    async def events(self) -> AsyncIterator[Progress | Report]:
        """Progress while a refresh runs and a report at its end; raises ExplorerError where one could not be done."""
        while True:
            event = await self._events.get()
            if isinstance(event, ExplorerError):
                raise event
            yield event

    async def cancel(self) -> None:
        """Stops the calls under way: they raise ExplorerError."""
        for number, (process, answer) in list(self._answers.items()):
            self._take_back(process, number)
            if not answer.done():
                answer.set_exception(ExplorerError("stopped"))

    def kill(self) -> None:
        """Ends the search process at once, whatever it does."""
        if self._searcher is not None and self._searcher.returncode is None:
            self._searcher.kill()

    async def close(self) -> None:
        """Ends the folder's processes; a refresh keeps what it has so far, a call under way raises ExplorerError."""
        async with self._starting:
            self._closed = True
        running = [
            process
            for process in (self._searcher, self._indexer, self._watcher)
            if process is not None and process.returncode is None
        ]
        for process in running:
            if process.stdin:
                process.stdin.close()
        await asyncio.gather(*map(_ended, running))
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._fail(self._searcher, "the folder is closed")

    async def call(self, call: str, arguments: dict[str, Any]) -> Any:
        """The search process's answer to a call; raises what the call raises, ExplorerError when there is no answer."""
        async with self._starting:
            if self._closed:
                raise ExplorerError("the folder is closed")
            if self._searcher is None or self._searcher.returncode is not None:
                self._searcher = await self._start("service", "search")
                self._keep(self._listen_to_searcher(self._searcher))
        process = self._searcher
        number = next(self._numbers)
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._answers[number] = (process, answer)
        try:
            assert process.stdin is not None
            process.stdin.write(channel.pack((number, call, arguments)))
            return await asyncio.wait_for(answer, self._seconds)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            if self._searcher is process:
                self._searcher = None  # the next call starts another
            raise ExplorerError(f"this took longer than {self._seconds:.0f} seconds and was stopped; try fewer words") from None
        except asyncio.CancelledError:
            self._take_back(process, number)
            raise
        finally:
            self._answers.pop(number, None)

    def _take_back(self, process: asyncio.subprocess.Process, number: int) -> None:
        """Tells the search process that nobody waits for a call any more."""
        if process.returncode is None and process.stdin and not process.stdin.is_closing():
            process.stdin.write(channel.pack(("cancel", number)))

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
            details = "" if process is self._stopped else f"details are in {places.log_path()}; "
            await self._events.put(ExplorerError(f"indexing stopped; {details}refresh goes on with it"))

    def tell_indexer(self, message: Any) -> None:
        """Sends a message to a refresh that is under way."""
        process = self._indexer
        if process is not None and process.returncode is None and process.stdin and not process.stdin.is_closing():
            process.stdin.write(channel.pack(message))

    async def _start(self, module: str, *role: str) -> asyncio.subprocess.Process:
        log = places.open_log()
        try:
            return await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                "-m",
                f"explorer.library.{module}",
                *role,
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
    """Waits for a process that was told to end; one that does not is killed: what it was writing is done again next time."""
    try:
        await asyncio.wait_for(process.wait(), LEAVE_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()
