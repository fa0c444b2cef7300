"""The pages of the staff: for a client, of the agency or of another, they do not exist."""

from tests.matrix.rows import Row, no_arguments, row


def of_staff(name, arguments=no_arguments, *, method="GET", status=200):
    """A page of the cabinet: Diane is answered."""
    return row(name, arguments, method=method, anonymous=302, alice=404, charlie=404, erin=404, diane=status)


def the_fec_account(cast):
    return {"public_id": cast.fec_account.public_id}


def the_freeze(cast):
    return {"public_id": cast.freeze.public_id}


def the_syndicat(cast):
    return {"public_id": cast.expense.fiscal_year.building.public_id}


ROWS: list[Row] = [
    row("staff:home", anonymous=302, alice=404, charlie=404, erin=404, diane=200),
    row(
        "staff:home-refusals",
        lambda cast: {"public_id": cast.import_run.public_id},
        anonymous=302,
        alice=404,
        charlie=404,
        erin=404,
        diane=200,
    ),
    of_staff("staff:fec-index"),
    of_staff("staff:fec-account", the_fec_account),
    of_staff("staff:fec-confirm", the_fec_account, method="POST", status=302),
    of_staff("staff:fec-ignore", the_fec_account, method="POST", status=302),
    of_staff("staff:fec-confirm-sure", method="POST", status=302),
    of_staff("staff:differences-index"),
    of_staff("staff:frozen-index"),
    of_staff("staff:frozen-reopen", the_freeze),
    of_staff("staff:frozen-close", the_freeze),
    of_staff("staff:frozen-print-waiting", method="POST"),
    of_staff("staff:frozen-print-again", lambda cast: {"public_id": cast.notice.public_id}, method="POST"),
    of_staff("staff:council-index"),
    of_staff("staff:council-detail", lambda cast: {"public_id": cast.question.public_id}),
    of_staff("staff:legal_list-index"),
    of_staff("staff:legal_list-table"),
    of_staff("staff:legal_list-refresh", method="POST", status=302),
    of_staff("staff:legal_list-detail", the_syndicat),
    of_staff("staff:legal_list-set-aside", the_syndicat, method="POST", status=302),
    of_staff("staff:legal_list-require-again", the_syndicat, method="POST", status=302),
    of_staff("staff:campaigns-index"),
    of_staff("staff:messages-index"),
    of_staff("staff:messages-detail", lambda cast: {"public_id": cast.message.thread.public_id}),
    of_staff(
        "staff:messages-close", lambda cast: {"public_id": cast.message.thread.public_id}, method="POST", status=302
    ),
    of_staff("staff:messages-attachment", lambda cast: {"public_id": cast.message.attachment.public_id}),
    of_staff("staff:campaigns-detail", lambda cast: {"public_id": cast.campaign.public_id}),
]
