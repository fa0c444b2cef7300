"""Requests as they are written on the wire, and what comes back."""

from tests.deploy.site import NAME


def ask(connection, request):
    """Send a request as it is written; everything that comes back."""
    with connection:
        connection.sendall(request)
        return read(connection)


def read(connection):
    received = b""
    try:
        while more := connection.recv(65536):
            received += more
    except (ConnectionError, TimeoutError, OSError):
        pass
    return received


def get(path, *, host=NAME, method="GET", headers=""):
    return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n".encode()


def post(path, *, body, length=None, headers=""):
    kind = "Content-Type: application/x-www-form-urlencoded\r\n"
    sizes = f"{kind}Content-Length: {len(body) if length is None else length}\r\n"
    return get(path, method="POST", headers=sizes + headers) + body


def status(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0
