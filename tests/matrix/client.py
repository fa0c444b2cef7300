"""What a signed-in client sees: always their own, never another's."""

from tests.matrix.rows import Row, only_alice, signed_in

ROWS: list[Row] = [
    signed_in("client:home-index"),
    signed_in("client:properties-index"),
    only_alice("client:properties-detail", lambda cast: {"public_id": cast.lot.public_id}),
    signed_in("client:accounts-index"),
    only_alice("client:accounts-detail", lambda cast: {"public_id": cast.account.public_id}),
    signed_in("client:interventions-index"),
    only_alice("client:interventions-detail", lambda cast: {"public_id": cast.intervention.public_id}),
    signed_in("client:rentals-index"),
    signed_in("client:more-index"),
    signed_in("client:profile-index"),
    signed_in("client:profile-theme", method="POST", status=302),
    signed_in("client:agency-index"),
]
