"""The worker: django-q's processes, kept together."""

import logging
import os
import signal
import time
import uuid

from django_q.cluster import Sentinel

logger = logging.getLogger("parvis.worker")


class Flag:
    """An event of this process alone, which a signal may set while it is waited for."""

    def __init__(self) -> None:
        self.is_up = False

    def set(self, *_signal: object) -> None:
        self.is_up = True

    def is_set(self) -> bool:
        return self.is_up

    def wait(self, seconds: float) -> bool:
        time.sleep(seconds)
        return self.is_up


class Worker(Sentinel):  # type: ignore[misc]  # django-q publishes no types
    """Guards the processes that fetch, do and record jobs; ends with all of them when one is killed.

    A process killed while it reads a queue of `multiprocessing` keeps its lock: another in its place would wait for
    ever, and no job would be done. Whoever started this worker starts it again.
    """

    def __init__(self) -> None:
        super().__init__(Flag(), Flag(), uuid.uuid4(), start=False)

    def run(self) -> None:
        """Work until SIGTERM or Ctrl-C, then end the job under way. Raises SystemExit when a process was killed."""
        os.register_at_fork(after_in_child=take_signals_as_a_child)
        signal.signal(signal.SIGTERM, self.stop_event.set)
        signal.signal(signal.SIGINT, self.stop_event.set)
        signal.signal(signal.SIGCHLD, self.look_at_children)
        self.start()

    def look_at_children(self, *_signal: object) -> None:
        """One of them has ended: by itself, and it will be replaced; or not."""
        if self.stop_event.is_set():
            return
        for process in (*self.pool, self.monitor, self.pusher):
            if process is not None and (process.exitcode or 0) < 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                logger.critical("a process of the worker was killed: all of it ends, to start again from nothing")
                raise SystemExit(1)


def take_signals_as_a_child() -> None:
    """End by SIGTERM, leave Ctrl-C to the guard."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
