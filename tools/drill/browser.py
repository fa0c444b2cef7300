"""A browser reduced to what the drill needs: cookies, forms, redirections followed one at a time."""

import re
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urljoin, urlsplit

HOST = "espace.exemple.fr"
ORIGIN = f"https://{HOST}"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PATIENCE = 25.0  # seconds, above what a writer waits for SQLite
REDIRECTIONS = 6
URLENCODED = "application/x-www-form-urlencoded"
BOUNDARY = "------------------------drill7f3a"


class NoAnswer(Exception):
    """The product is away, or said that it cannot now: nobody knows whether the request was carried out."""


class Page:
    """An answer: where it was found, its status, its text, where it leads."""

    def __init__(self, *, path: str, status: int, text: str, location: str = "") -> None:
        self.path = path
        self.status = status
        self.text = text
        self.location = location

    @property
    def leads_on(self) -> bool:
        return self.status in (302, 303)

    @property
    def token(self) -> str:
        found = TOKEN.search(self.text)
        return found.group(1) if found else ""

    def form(self, **fields: str) -> bytes:
        """These fields as a browser sends them."""
        return urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode()


def part(names: str, content: bytes) -> bytes:
    """One field of a form with files."""
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {names}\r\n\r\n".encode() + content + b"\r\n"


class Browser:
    """One person's browser, behind the proxy that the operations guide asks for; `address` is where it comes from."""

    def __init__(self, *, port: int, address: str) -> None:
        self.port = port
        self.address = address
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Page:
        """The page, redirections followed. Raises NoAnswer."""
        return self.follow(self.ask("GET", path))

    def submit(self, page: Page, **fields: str) -> Page:
        """Send the form of the page; the answer itself, no redirection followed. Raises NoAnswer."""
        return self.ask("POST", page.path, body=page.form(**fields))

    def send_files(self, page: Page, *, field: str, files: dict[str, bytes], **fields: str) -> Page:
        """The same with pictures; their names are the keys of `files`."""
        parts = [part(f'name="{name}"', text.encode()) for name, text in fields.items()]
        parts += [part('name="csrfmiddlewaretoken"', page.token.encode())]
        parts += [part(f'name="{field}"; filename="{name}"', content) for name, content in files.items()]
        body = b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])
        return self.ask("POST", page.path, body=body, media_type=f"multipart/form-data; boundary={BOUNDARY}")

    def follow(self, page: Page) -> Page:
        for _ in range(REDIRECTIONS):
            if not page.leads_on:
                return page
            page = self.ask("GET", page.location)
        raise NoAnswer(f"{page.path}: too many redirections")

    def ask(self, method: str, path: str, *, body: bytes = b"", media_type: str = URLENCODED) -> Page:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body=body or None, headers=self.headers(media_type))
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, HTTPException) as error:
            raise NoAnswer(repr(error)) from error
        finally:
            connection.close()
        if response.status >= 500:
            raise NoAnswer(f"{path}: {response.status}")
        self.keep_cookies(response.headers.get_all("Set-Cookie") or [])
        there = urlsplit(urljoin(f"{ORIGIN}{path}", response.headers.get("Location", "")))
        location = there.path + (f"?{there.query}" if there.query else "")
        return Page(path=path, status=response.status, text=text, location=location)

    def headers(self, media_type: str) -> dict[str, str]:
        return {
            "Host": HOST,
            "Origin": ORIGIN,
            "Content-Type": media_type,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-Forwarded-For": self.address,
            "X-Forwarded-Proto": "https",
            "Connection": "close",
        }

    def keep_cookies(self, given: list[str]) -> None:
        for cookie in given:
            name, _, value = cookie.partition(";")[0].partition("=")
            if value in ("", '""'):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
