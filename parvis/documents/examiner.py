"""Asks the process that looks at files (`parvis.documents.examination`), and outlives whatever happens to it.

One such process serves each of ours, started at the first file: neither the web servers nor the worker load what
reads a PDF, nor fall with it.
"""

import atexit
import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parvis.kit.refusals import Refusal

LARGEST_BYTES = 100 * 1024 * 1024
SECONDS = {"check": 30.0, "photo": 30.0, "text": 30.0}
ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-m", "parvis.documents.examination"]


class FileRefused(Refusal):
    """The file is not taken, and why."""


class NotExamined(Exception):
    """The process fell, or took too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A file that may be published: `content` is cleaned where it had to be."""

    media_type: str
    content: bytes

    @property
    def opens_inline(self) -> bool:
        return self.media_type == "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A photo that may be shown, drawn again, and its small copy; a PDF has none."""

    checked: Checked
    thumbnail: Checked | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    text: str
    is_scanned: bool


class Examiner:
    """The process and what is said to it; a new one at the next question when it has ended."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = 0

    def ask(self, task: str, content: bytes, **question: str) -> tuple[dict[str, Any], bytes]:
        """What is answered of that file. Raises `NotExamined`, and the process starts anew at the next one."""
        with self.lock:
            process = self.running()
            deadline = threading.Timer(SECONDS[task], process.kill)
            deadline.start()
            try:
                return exchange(process, {"task": task, "size": len(content), **question}, content)
            except (OSError, ValueError) as error:
                self.stop()
                raise NotExamined(task) from error
            finally:
                deadline.cancel()

    def running(self) -> subprocess.Popen[bytes]:
        """That of this very process: one inherited by a fork is its parent's."""
        if self.owner != os.getpid():
            self.process, self.owner = None, os.getpid()
            atexit.register(self.stop)
        if self.process is not None and self.process.poll() is not None:
            self.stop()
        if self.process is None:
            pipe = subprocess.PIPE
            self.process = subprocess.Popen(  # noqa: S603 -- our own module, nothing of anybody's in the command
                COMMAND, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, cwd=ROOT
            )
        return self.process

    def stop(self) -> None:
        """End the process, where there is one of ours."""
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def exchange(
    process: subprocess.Popen[bytes], question: dict[str, Any], content: bytes
) -> tuple[dict[str, Any], bytes]:
    if process.stdin is None or process.stdout is None:
        raise OSError("no pipe")
    process.stdin.write(json.dumps(question).encode() + b"\n" + content)
    process.stdin.flush()
    line = process.stdout.readline()
    facts: dict[str, Any] = json.loads(line)
    answer = process.stdout.read(facts["size"])
    if len(answer) != facts["size"]:
        raise OSError("cut short")
    return facts, answer


_examiner = Examiner()


def check(content: bytes, *, name: str) -> Checked:
    """Look at a file that comes in under that name. Raises `FileRefused` with the reason, in French."""
    if len(content) > LARGEST_BYTES:
        raise FileRefused(f"Ce fichier pèse plus de {LARGEST_BYTES // 1024**2}\u00a0Mo.")
    facts, cleaned = looked_at("check", content, name=name)
    return Checked(media_type=facts["media_type"], content=cleaned or content)


def draw(content: bytes) -> Drawn:
    """Look at a photo or a PDF, whatever its name, and draw a photo again. Raises `FileRefused` like `check`."""
    facts, answer = looked_at("photo", content)
    size = len(answer) - facts["thumbnail_size"]
    small = answer[size:]
    return Drawn(
        checked=Checked(media_type=facts["media_type"], content=answer[:size]),
        thumbnail=Checked(media_type="image/jpeg", content=small) if small else None,
    )


def looked_at(task: str, content: bytes, **question: str) -> tuple[dict[str, Any], bytes]:
    """What the process answers. Raises `FileRefused` when it refuses, falls or takes too long."""
    try:
        facts, answer = _examiner.ask(task, content, **question)
    except NotExamined as error:
        raise FileRefused("Ce fichier n’a pas pu être vérifié\u00a0: il est abîmé ou trop complexe.") from error
    if "refusal" in facts:
        raise FileRefused(facts["refusal"])
    return facts, answer


def read_text(content: bytes) -> Text:
    """The text of a PDF. Raises `NotExamined` when it cannot be read."""
    facts, text = _examiner.ask("text", content)
    return Text(text=text.decode("utf-8"), is_scanned=facts["is_scanned"])


def stop() -> None:
    """End the process that looks at files; the next file starts another."""
    _examiner.stop()
