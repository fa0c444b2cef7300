"""The provisional codes of the clients who come by a letter: `python -m tools.drill.letters REFERENCE…` prints them.

Run with the product's own environment; what a firm that prints letters would read, as JSON.
"""

import json
import sys

import django

django.setup()

from parvis.people.actions.letters import draw_letters  # noqa: E402 -- the models need the set-up
from parvis.people.models import Client  # noqa: E402


def codes_of(references: list[str]) -> dict[str, str]:
    clients = Client.objects.filter(customer_reference__in=references).select_related("agency")
    return {drawn.client.customer_reference: drawn.code for drawn in draw_letters(clients=list(clients))}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(codes_of(sys.argv[1:])))
