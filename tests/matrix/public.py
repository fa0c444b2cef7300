"""Pages that anybody may open, signed in or not."""

from parvis.notices.tokens import unsubscribe_token
from tests.interventions.factories import ORDER_TOKEN
from tests.matrix.rows import everyone


def the_token(cast):
    """What stands at the end of the messages to Alice."""
    return {"token": unsubscribe_token(user_id=cast.alice.pk, kind="document")}


def the_order(_cast):
    """What was mailed to the firm that mends something in Alice's building."""
    return {"token": ORDER_TOKEN}


def a_dead_order(_cast):
    return {"token": "b3" * 13}


def the_photo(cast):
    return {"token": ORDER_TOKEN, "public_id": cast.order_photo.public_id}


def another_photo(cast):
    return {"token": ORDER_TOKEN, "public_id": cast.other_photo.public_id}


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
    everyone("public:orders-detail", the_order),
    everyone("public:orders-detail", the_order, method="POST"),
    everyone("public:orders-detail", a_dead_order, status=404),
    everyone("public:orders-decline", the_order),
    everyone("public:orders-decline", a_dead_order, method="POST", status=404),
    everyone("public:orders-begin", the_order),
    everyone("public:orders-begin", a_dead_order, method="POST", status=404),
    everyone("public:orders-done", the_order),
    everyone("public:orders-done", a_dead_order, method="POST", status=404),
    everyone("public:orders-papers", the_order),
    everyone("public:orders-papers", a_dead_order, method="POST", status=404),
    everyone("public:orders-photo", the_photo),
    everyone("public:orders-photo", another_photo, status=404),
    everyone("public:unsubscribe", the_token),
    everyone("public:unsubscribe", the_token, method="POST"),
    everyone("public:unsubscribe", lambda _cast: {"token": "a" * 36}, method="POST", status=404),
    everyone("public:logo", lambda _cast: {"digest": "0" * 64}, status=404),
    everyone("public:unsupported-browser"),
]
