"""Pages that anybody may open, signed in or not."""

from tests.matrix.rows import everyone

ROWS = [
    everyone("health-alive"),
    everyone("health-ready"),
]
