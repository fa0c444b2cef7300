"""In whose name a signed-in person writes."""

from parvis.people.models import Client, Viewer


def first_client(viewer: Viewer) -> Client:
    """For whom the person writes when they do not say: themselves, else whose household they are of."""
    return viewer.own_clients[0] if viewer.own_clients else viewer.household[0].client


def own_name(viewer: Viewer) -> tuple[str, str]:
    """Their name as others read it, and how they are greeted: « Alice Fontaine », « Madame Fontaine »."""
    if viewer.own_clients:
        own = viewer.own_clients[0]
        return own.full_name, own.salutation
    name = viewer.household[0].name if viewer.household else ""
    return name, name
