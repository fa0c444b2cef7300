"""The names around a client that somebody who guesses passwords would try."""

from parvis.people.models import Client
from parvis.property.models import Building


def names_around(client: Client | None) -> list[str]:
    """The names and streets of the client's buildings."""
    if client is None:
        return []
    buildings = Building.objects.filter(holdings__client=client).distinct().values_list("name", "street")
    return [text for building in buildings for text in building]
