"""Pages that anybody may open, signed in or not."""

from tests.matrix.rows import everyone

ROWS = [
    everyone("health-alive"),
    everyone("health-ready"),
    everyone("health-figures", status=404),
    everyone("public:help-index"),
    everyone("public:help-sign-in"),
    everyone("public:about"),
    everyone("public:accessibility"),
    everyone("public:legal"),
    everyone("public:privacy"),
    everyone("public:robots"),
    everyone("public:unsupported-browser"),
]
