"""The two other engines, as Debian packages them: Firefox ESR, and WebKitGTK in its test browser."""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver import Remote
from selenium.webdriver.firefox.options import Options as FirefoxOptions
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.options import Options as WebKitOptions

from tests.browser.demonstration import wait_for
from tools.postgres import free_port

PATIENCE_SECONDS = 60
PREFERENCES = {
    "marionette.port": 0,  # a free one, which Firefox writes in its profile
    "intl.accept_languages": "fr",
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.normandy.enabled": False,
}
# The commands of WebDriver that a visitor needs, as Firefox's own door names them.
COMMANDS = {
    Command.NEW_SESSION: "WebDriver:NewSession",
    Command.QUIT: "Marionette:Quit",
    Command.GET: "WebDriver:Navigate",
    Command.FIND_ELEMENT: "WebDriver:FindElement",
    Command.FIND_ELEMENTS: "WebDriver:FindElements",
    Command.CLICK_ELEMENT: "WebDriver:ElementClick",
    Command.CLEAR_ELEMENT: "WebDriver:ElementClear",
    Command.SEND_KEYS_TO_ELEMENT: "WebDriver:ElementSendKeys",
    Command.GET_ELEMENT_TEXT: "WebDriver:GetElementText",
    Command.W3C_EXECUTE_SCRIPT: "WebDriver:ExecuteScript",
    Command.GET_CURRENT_URL: "WebDriver:GetCurrentURL",
    Command.SET_WINDOW_RECT: "WebDriver:SetWindowRect",
    Command.SCREENSHOT: "WebDriver:TakeScreenshot",
}


class Marionette:
    """Firefox's own door, for which Debian packages no translator: `length:[type, number, command, parameters]`."""

    client_config = None

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
        self.stream = self.socket.makefile("rb")
        self.number = 0
        self.receive()  # it says who it is first

    def execute(self, command: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """What Selenium asks for, and the answer as a WebDriver server would give it."""
        self.number += 1
        message = json.dumps([0, self.number, COMMANDS[command], as_marionette(command, parameters)]).encode()
        self.socket.sendall(b"%d:%s" % (len(message), message))
        _type, _number, error, value = self.receive()
        if error:
            return {"status": 500, "value": json.dumps({"value": error})}
        return value if isinstance(value, dict) and "value" in value else {"value": value}

    def receive(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self.stream.read(1)
        return json.loads(self.stream.read(int(length[:-1])))

    def close(self) -> None:
        self.stream.close()
        self.socket.close()


def as_marionette(command: str, parameters: dict[str, Any]) -> dict[str, Any]:
    if command == Command.QUIT:
        return {"flags": ["eForceQuit"]}
    return {key: value for key, value in parameters.items() if key not in ("sessionId", "handle")}


@contextmanager
def firefox(folder: Path) -> Iterator[Remote]:
    """Firefox ESR with a new profile in that folder."""
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()]
    (folder / "user.js").write_text("".join(lines))
    told = ["--headless", "--marionette", "--no-remote", "--profile", str(folder)]
    chosen = folder / "MarionetteActivePort"
    with running(executable("firefox-esr", "firefox"), *told, log=folder / "engine.log") as process:
        port = wait_for(lambda: chosen.read_text() if alive(process) and chosen.exists() else None, "Firefox")
        door = Marionette(int(port))
        try:
            with Remote(command_executor=door, options=FirefoxOptions()) as driver:
                yield driver
            process.wait(timeout=PATIENCE_SECONDS)
        finally:
            door.close()


@contextmanager
def webkit(folder: Path) -> Iterator[Remote]:
    """WebKitGTK's test browser, automated: each session starts with an empty profile. It needs a screen."""
    options = WebKitOptions()
    options.binary_location = str(mini_browser())
    options.add_argument("--automation")
    port = free_port()
    with screen(folder) as display:
        told = {"DISPLAY": display, "GDK_BACKEND": "x11", "LIBGL_ALWAYS_SOFTWARE": "1", "HOME": str(folder)}
        driver = executable("WebKitWebDriver")
        with running(driver, f"--port={port}", log=folder / "engine.log", environment=told) as process:
            wait_for(lambda: (alive(process) and listens(port)) or None, "WebKitWebDriver")
            address = ClientConfig(remote_server_addr=f"http://127.0.0.1:{port}", timeout=PATIENCE_SECONDS)
            with Remote(command_executor=RemoteConnection(client_config=address), options=options) as remote:
                yield remote


@contextmanager
def screen(folder: Path) -> Iterator[str]:
    """A screen that nobody sees; it chooses its own number."""
    reader, writer = os.pipe()
    told = ["-displayfd", str(writer), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with running(executable("Xvfb"), *told, log=folder / "screen.log", pass_fds=(writer,)):
        os.close(writer)
        with os.fdopen(reader) as said:
            number = said.readline().strip()
        yield f":{number}"


@contextmanager
def running(
    program: str,
    *arguments: str,
    log: Path,
    environment: dict[str, str] | None = None,
    pass_fds: tuple[int, ...] = (),
) -> Iterator[subprocess.Popen[bytes]]:
    """The program, until the end of the block."""
    with log.open("wb") as said:
        process = subprocess.Popen(
            [program, *arguments],
            env={**os.environ, **(environment or {})},
            stdout=said,
            stderr=subprocess.STDOUT,
            pass_fds=pass_fds,
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)


def alive(process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, f"It stopped by itself with the status {process.returncode}."
    return True


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def executable(*names: str) -> str:
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise LookupError(f"No {names[0]} on this machine: `make test` installs it.")
    return found


def mini_browser() -> Path:
    """WebKitGTK's test browser stands beside its library, outside PATH."""
    return next(Path("/usr/lib").glob("*/webkit*gtk-*/MiniBrowser"))


ENGINES: dict[str, Callable[[Path], Any]] = {"firefox": firefox, "webkit": webkit}
