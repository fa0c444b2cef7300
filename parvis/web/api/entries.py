"""Entries of the accounts: sent by the agency's software; balances follow."""

from ninja import Router
from pydantic import Field

from parvis.exchange.rules.scopes import Scope
from parvis.web.api.keys import ApiRequest, opened_by
from parvis.web.api.receiving import receive
from parvis.web.api.schemas import Body, Written
from parvis.web.api.tables import MOST_ROWS, cells_of, row_model

router = Router(tags=["Écritures"])
EntryRow = row_model("entries", title="EntryRow")


class EntryRows(Body):
    rows: list[EntryRow] = Field(min_length=1, max_length=MOST_ROWS, description="Les écritures.")  # type: ignore[valid-type]  # made from a file


@router.put("/entries", **opened_by(Scope.ENTRIES_WRITE), response=Written, url_name="entries-send")
def send_entries(request: ApiRequest, body: EntryRows) -> Written:
    """Crée ou modifie des écritures dans des comptes connus, et calcule les soldes. Une ligne fautive, et rien n’est
    changé. Pour retirer une écriture, envoyez son contraire, ou un paquet dont la période est complète."""
    cells = cells_of(body.rows, place="rows")
    places = {"entries": [f"/rows/{rank}" for rank in range(len(cells))]}
    return receive(key=request.api_key, tables={"entries": cells}, places=places)
