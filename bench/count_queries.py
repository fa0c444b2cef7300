"""`python -m bench.count_queries SESSION…` prints how many statements the Accueil of each session costs."""

import json
import sys

import django
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

django.setup()


def count(session: str) -> int:
    """Statements of the second visit: the first fills what a process learns once."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        response = client.get("/")
    if response.status_code != 200:
        raise RuntimeError(f"the Accueil answers {response.status_code}")
    return len(captured)


if __name__ == "__main__":
    print(json.dumps([count(session) for session in sys.argv[1:]]))
