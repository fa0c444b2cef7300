"""The cast of the tests of visibility: who looks."""

from parvis.people.models import Client, Viewer
from tests.factories import ClientFactory, GrantFactory


def viewer_of(client: Client) -> Viewer:
    """Open a login for that client and return it as a viewer."""
    grant = GrantFactory(client=client)
    return Viewer(user_id=grant.user_id, agency_id=client.agency_id)


def neighbour_of(client: Client) -> Viewer:
    """Charlie, client of the same agency: must see nothing of the others."""
    return viewer_of(ClientFactory(agency=client.agency, first_name="Charlie", last_name="Petit"))
