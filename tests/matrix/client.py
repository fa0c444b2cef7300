"""What a signed-in client sees: always their own, never another's."""

from collections.abc import Callable

from parvis.agencies.models import AgencyOwned
from tests.matrix.cast import Cast
from tests.matrix.rows import Arguments, Row, no_arguments, row, signed_in


def page(name: str, arguments: Arguments = no_arguments, *, others: int = 200, gaby: int = 200) -> Row:
    """A page of the clients: Diane, who only works at the cabinet, is led to that of the staff."""
    return row(name, arguments, anonymous=302, alice=200, charlie=others, gaby=gaby, erin=others, diane=302)


def only_alice(name: str, arguments: Arguments, *, frank: int = 404, gaby: int = 200) -> Row:
    """Something of Alice, that her household reads too: for every other client it does not exist."""
    return row(name, arguments, anonymous=302, alice=200, charlie=404, frank=frank, gaby=gaby, erin=404, diane=302)


def the_thread(cast: Cast) -> dict[str, object]:
    return {"public_id": cast.message.thread.public_id}


def the_account(cast: Cast) -> dict[str, object]:
    return {"account_id": cast.call.account.public_id}


def the_call(cast: Cast) -> dict[str, object]:
    return {"account_id": cast.call.account.public_id, "public_id": cast.call.public_id}


def led_to(word: str, named: Callable[[Cast], AgencyOwned], *, frank: int = 404, gaby: int = 302) -> Row:
    """A link of a message: Alice is led to what it names; for the others it leads nowhere, whatever it names."""
    return row(
        "client:notices-follow",
        lambda cast: {"word": word, "public_id": named(cast).public_id},
        anonymous=302,
        alice=302,
        charlie=404,
        frank=frank,
        gaby=gaby,
        erin=404,
        diane=302,
    )


def the_syndicat(cast: Cast) -> dict[str, object]:
    return {"public_id": cast.expense.fiscal_year.building.public_id}


ROWS: list[Row] = [
    page("client:home-index"),
    page("client:properties-index"),
    only_alice("client:properties-detail", lambda cast: {"public_id": cast.lot.public_id}, frank=200),
    only_alice("client:properties-notice-to-quit", lambda cast: {"public_id": cast.tenancy.lease.lot.public_id}),
    page("client:accounts-index"),
    only_alice("client:accounts-detail", lambda cast: {"public_id": cast.account.public_id}),
    only_alice("client:accounts-statement", lambda cast: {"public_id": cast.account.public_id}),
    only_alice("client:accounts-spreadsheet", lambda cast: {"public_id": cast.account.public_id}),
    only_alice("client:calls-index", the_account),
    only_alice("client:calls-detail", the_call),
    only_alice("client:calls-pdf", the_call),
    only_alice("client:calls-csv", the_call),
    only_alice("client:calls-charges", the_account),
    only_alice("client:calls-charges-csv", the_account),
    page("client:interventions-index"),
    only_alice("client:interventions-detail", lambda cast: {"public_id": cast.intervention.public_id}, frank=200),
    only_alice("client:announcements-detail", lambda cast: {"public_id": cast.announcement.public_id}),
    page("client:documents-index"),
    only_alice("client:documents-file", lambda cast: {"public_id": cast.document.public_id}),
    row("client:documents-selection", method="POST", anonymous=302, alice=302, charlie=302, erin=302, diane=302),
    only_alice("client:documents-archive", lambda cast: {"public_id": cast.archive.public_id}, gaby=404),
    page("client:rentals-index"),
    page("client:sale_kit-index"),
    only_alice("client:sale_kit-detail", lambda cast: {"public_id": cast.lot.public_id}),
    only_alice("client:sale_kit-download", lambda cast: {"public_id": cast.lot.public_id}),
    page("client:council-index", others=404, gaby=404),
    only_alice("client:council-detail", the_syndicat, gaby=404),
    only_alice("client:council-owners", the_syndicat, gaby=404),
    only_alice("client:council-owners-table", the_syndicat, gaby=404),
    only_alice("client:council-owners-paper", the_syndicat, gaby=404),
    only_alice("client:council-year", lambda cast: {"public_id": cast.expense.fiscal_year.public_id}, gaby=404),
    only_alice("client:council-expense", lambda cast: {"public_id": cast.expense.public_id}, gaby=404),
    row(
        "client:council-seen",
        lambda cast: {"public_id": cast.expense.public_id},
        method="POST",
        anonymous=302,
        gaby=404,
        alice=302,
        charlie=404,
        erin=404,
        diane=302,
    ),
    page("client:legal_list-index"),
    row("client:legal_list-listing", method="POST", anonymous=302, alice=302, charlie=302, erin=302, diane=302),
    only_alice("client:legal_list-detail", the_syndicat),
    page("client:more-index"),
    page("client:profile-index"),
    signed_in("client:profile-theme", method="POST", status=302),
    page("client:agency-index"),
    page("client:messages-index"),
    page("client:messages-write"),
    only_alice("client:messages-detail", the_thread),
    page("client:notices-index"),
    page("client:notices-preferences"),
    row("client:notices-read-all", method="POST", anonymous=302, alice=302, charlie=302, erin=302, diane=302),
    row(
        "client:notices-open",
        lambda cast: {"public_id": cast.told.public_id},
        method="POST",
        gaby=404,
        anonymous=302,
        alice=302,
        charlie=404,
        erin=404,
        diane=302,
    ),
    led_to("annonce", lambda cast: cast.announcement),
    led_to("compte", lambda cast: cast.account),
    led_to("intervention", lambda cast: cast.intervention, frank=302),
    led_to("bien", lambda cast: cast.lot, frank=302),
    led_to("candidature", lambda cast: cast.application),
    led_to("message", lambda cast: cast.message.thread),
    led_to("document", lambda cast: cast.message.attachment),
    led_to("depense", lambda cast: cast.expense, gaby=404),
    led_to("selection", lambda cast: cast.archive, gaby=404),
    row(
        "client:notices-follow",
        lambda cast: {"word": "inconnu", "public_id": cast.account.public_id},
        anonymous=302,
        alice=404,
        charlie=404,
        erin=404,
        diane=302,
    ),
]
