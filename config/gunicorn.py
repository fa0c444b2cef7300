"""How the web server runs: `gunicorn --config config/gunicorn.py config.wsgi`.

The application is loaded once, before the workers part from their parent, and they share that memory.
"""

import ctypes
import gc
import os
from typing import Any

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"  # unless systemd holds the address and hands it over
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))  # more than people.actions.sign_in.AT_THE_DOORS
preload_app = True
# Who may say that the client came by https, and from which address.
forwarded_allow_ips = os.environ.get("TRUSTED_PROXIES") or "127.0.0.1,::1"
graceful_timeout = 20
keepalive = 5
control_socket_disable = True  # signals are enough, and nothing is written in a home folder

M_MMAP_THRESHOLD = -3  # of glibc's malloc.h
LARGE_BLOCK = 2**20

if hasattr(ctypes.CDLL(None), "mallopt"):
    # A large block goes back to the system at once: each thread would keep the 19 MiB of the last password it compared.
    ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK)


def pre_fork(_server: Any, _worker: Any) -> None:  # Any: gunicorn publishes no types
    """Set apart what is loaded, so that collecting garbage in a worker does not copy it; collect every few pages."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
