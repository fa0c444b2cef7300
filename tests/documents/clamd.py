"""A clamd on loopback, and one that is not there."""

import socket
import threading


class Clamd:
    """Answers as clamd does, over a real socket: `word` is « OK » or « Eicar FOUND »."""

    def __init__(self, word):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.word = word
        threading.Thread(target=self.serve, daemon=True).start()

    @property
    def address(self):
        return f"127.0.0.1:{self.server.getsockname()[1]}"

    def serve(self):
        while True:
            try:
                peer, _ = self.server.accept()
            except OSError:
                return
            with peer, peer.makefile("rb") as stream:
                assert stream.readline() == b"nINSTREAM\n"
                while size := int.from_bytes(stream.read(4), "big"):
                    stream.read(size)
                peer.sendall(f"stream: {self.word}\n".encode())


def down(settings):
    """Configured, and nobody answers."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.CLAMD_ADDRESS = f"127.0.0.1:{closed.getsockname()[1]}"
