"""The interface of the agency's programs: a key opens it, and no session of anybody, not even of the staff."""

from tests.matrix.rows import Row, everyone, no_arguments


def closed(name, arguments=no_arguments, *, method="GET"):
    """Nobody in a browser is answered, whoever is signed in."""
    return everyone(f"api:{name}", arguments, method=method, status=401)


def the_client(cast):
    return {"customer_reference": cast.alice.grants.get().client.customer_reference}


def the_intervention(cast):
    return {"number": cast.intervention.number}


def the_document(cast):
    return {"reference": cast.document.reference}


def nobodys(_cast):
    return {"public_id": "a" * 26}


ROWS: list[Row] = [
    everyone("api:openapi"),
    closed("key"),
    closed("clients-index"),
    closed("clients-send", method="PUT"),
    closed("clients-detail", the_client),
    closed("clients-acknowledge", method="POST"),
    closed("entries-send", method="PUT"),
    closed("documents-send", method="POST"),
    closed("documents-withdraw", the_document, method="DELETE"),
    closed("interventions-index"),
    closed("interventions-send", method="PUT"),
    closed("interventions-detail", the_intervention),
    closed("changes-index"),
    closed("changes-now"),
    closed("webhooks-index"),
    closed("webhooks-make", method="POST"),
    closed("webhooks-detail", nobodys),
    closed("webhooks-remove", nobodys, method="DELETE"),
    closed("webhooks-enable", nobodys, method="POST"),
    closed("webhooks-replay", nobodys, method="POST"),
    closed("webhooks-deliveries", nobodys),
]
