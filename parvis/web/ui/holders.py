"""Whose account or property it is, for those who read another's as well as their own."""

from parvis.kit.words import fold
from parvis.people.models import Client, Viewer

VOWELS = ("a", "e", "i", "o", "u")
WITH_AN_ARTICLE = ("sci", "sarl", "sas", "snc", "scp", "societe", "succession", "indivision", "association", "eurl")


def of_holder(client: Client, *, viewer: Viewer) -> str:
    """« de Madame Karine Cherif », « de la SCI Les Peupliers »; nothing when the client is the viewer's own."""
    return "" if is_own(client.pk, viewer=viewer) else of_client(client)


def is_own(client_id: int, *, viewer: Viewer) -> bool:
    return any(own.pk == client_id for own in viewer.own_clients)


def of_client(client: Client) -> str:
    name = full_salutation(client)
    is_elided = fold(name).startswith(VOWELS)
    if client.company_name and fold(name).split()[0] in WITH_AN_ARTICLE:
        return f"de l’{name}" if is_elided else f"de la {name}"
    return f"d’{name}" if is_elided else f"de {name}"


def full_salutation(client: Client) -> str:
    """With the first name: a guardian often bears the name of the person they look after."""
    is_one_person = client.civility in (Client.Civility.MADAM, Client.Civility.SIR) and not client.company_name
    return f"{client.get_civility_display()} {client.full_name}" if is_one_person else client.salutation
