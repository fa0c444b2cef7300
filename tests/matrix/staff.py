"""The pages of the staff: for a client, of the agency or of another, they do not exist."""

from tests.matrix.rows import Row, row

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
]
