"""What tenants and landlords see: Alice rents a flat and lets another; nobody else sees either."""

from parvis.ledger.actions.receipts import issue_on_request
from parvis.ledger.models import Account, RentReceipt
from parvis.people.models import Client
from tests.ledger.landlords import collected, landlord_account
from tests.ledger.tenants import NOVEMBER, demand, paid, tenant_account
from tests.matrix.cast import Cast
from tests.matrix.client import only_alice, page
from tests.matrix.rows import Row, row


def client_of(cast: Cast) -> Client:
    return Client.objects.get(grants__user=cast.alice)


def rented(cast: Cast) -> Account:
    """Alice has paid her rent of November."""
    account = tenant_account(client=client_of(cast))
    demand(account)
    paid(account)
    return account


def receipt(cast: Cast) -> RentReceipt:
    return issue_on_request(account=rented(cast), month=NOVEMBER, by=("system", ""))


def managed(cast: Cast) -> Account:
    """The agency has collected the rent of October for Alice."""
    account = landlord_account(client_of(cast))
    collected(account, month=10)
    return account


ROWS: list[Row] = [
    page("client:receipts-mine"),
    only_alice("client:receipts-index", lambda cast: {"public_id": rented(cast).public_id}),
    only_alice("client:receipts-month", lambda cast: {"public_id": rented(cast).public_id, "month": NOVEMBER}),
    row(
        "client:receipts-month",
        lambda cast: {"public_id": rented(cast).public_id, "month": NOVEMBER},
        method="POST",
        anonymous=302,
        alice=302,
        charlie=404,
        erin=404,
        diane=302,
    ),
    only_alice("client:receipts-file", lambda cast: {"public_id": receipt(cast).public_id}),
    only_alice("client:receipts-housing-aid", lambda cast: {"public_id": rented(cast).public_id}),
    only_alice("client:letting-index", lambda cast: {"public_id": managed(cast).public_id}),
    only_alice("client:letting-charges", lambda cast: {"public_id": managed(cast).public_id}),
    *(
        only_alice(f"client:letting-{name}", lambda cast: {"public_id": managed(cast).public_id, "period": "2026-10"})
        for name in ("statement", "statement-pdf")
    ),
    *(
        only_alice(f"client:letting-{name}", lambda cast: {"public_id": managed(cast).public_id, "year": 2026})
        for name in ("income", "income-pdf", "income-csv")
    ),
]
