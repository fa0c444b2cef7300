"""Pages that anybody may open, signed in or not."""

from parvis.notices.tokens import unsubscribe_token
from tests.matrix.rows import everyone


def the_token(cast):
    """What stands at the end of the messages to Alice."""
    return {"token": unsubscribe_token(user_id=cast.alice.pk, kind="document")}


ROWS = [
    everyone("health-alive"),
    everyone("health-ready"),
    everyone("health-figures", status=404),
    everyone("public:help-index"),
    everyone("public:help-sign-in"),
    everyone("public:help-category", lambda _cast: {"slug": "faq"}),
    everyone("public:help-article", lambda _cast: {"slug": "connexion"}),
    everyone("public:help-opinion", lambda _cast: {"slug": "connexion"}, method="POST", status=302),
    everyone("public:about"),
    everyone("public:accessibility"),
    everyone("public:legal"),
    everyone("public:privacy"),
    everyone("public:app-manifest"),
    everyone("public:app-icon"),
    everyone("public:app-service-worker"),
    everyone("public:app-offline"),
    everyone("public:robots"),
    everyone("public:unsubscribe", the_token),
    everyone("public:unsubscribe", the_token, method="POST"),
    everyone("public:unsubscribe", lambda _cast: {"token": "a" * 36}, method="POST", status=404),
    everyone("public:unsupported-browser"),
]
