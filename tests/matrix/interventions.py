"""The pages of a case and of its declaration: whose it is decides; a stranger finds nothing."""

from tests.matrix.cast import Cast
from tests.matrix.client import only_alice, page
from tests.matrix.rows import Arguments, Row, row


def the_case(cast: Cast) -> dict[str, object]:
    return {"public_id": cast.case.public_id}


def the_photo(cast: Cast) -> dict[str, object]:
    return {"public_id": cast.photo.public_id}


def the_draft_file(cast: Cast) -> dict[str, object]:
    return {"public_id": cast.draft_file.public_id}


def the_quote(cast: Cast) -> dict[str, object]:
    return {"public_id": cast.quote.public_id}


def too_late(name: str) -> Row:
    """What the state of Alice's case does not allow any more: she is led back to it."""
    return row(name, the_case, anonymous=302, alice=302, charlie=404, erin=404, diane=302)


def begun(word: str) -> Row:
    """A page that follows a question: Alice alone has answered those before."""
    answers = {"anonymous": 302, "alice": 200, "charlie": 302, "gaby": 302, "erin": 302, "diane": 302}
    return row(f"client:interventions-declare-{word}", **answers)


def of_case(name: str, arguments: Arguments = the_case) -> Row:
    return only_alice(f"client:interventions-{name}", arguments)


ROWS: list[Row] = [
    page("client:interventions-declare"),
    row("client:interventions-declare-where", anonymous=302, alice=200, charlie=200, frank=302, erin=200, diane=302),
    begun("what"),
    begun("describe"),
    begun("when"),
    begun("check"),
    row("client:interventions-declare-similar", anonymous=302, alice=302, charlie=302, erin=302, diane=302),
    row(
        "client:interventions-declare-forget",
        method="POST",
        anonymous=302,
        alice=302,
        charlie=302,
        erin=302,
        diane=302,
    ),
    only_alice("client:interventions-draft-file", the_draft_file, gaby=404),
    only_alice("client:interventions-draft-thumbnail", the_draft_file, gaby=404),
    of_case("picture", the_photo),
    of_case("photo", the_photo),
    of_case("thumbnail", the_photo),
    of_case("declared"),
    of_case("calendar"),
    of_case("message"),
    of_case("solved"),
    of_case("reopen"),
    only_alice("client:interventions-quote", the_quote, gaby=404),
    only_alice("client:interventions-quote-file", the_quote, gaby=404),
    too_late("client:interventions-cancel"),
    too_late("client:interventions-rate"),
    too_late("client:interventions-slot"),
    row(
        "client:interventions-again",
        the_case,
        method="POST",
        anonymous=302,
        alice=302,
        charlie=404,
        erin=404,
        diane=302,
    ),
]
