"""« Ce n’est pas moi »: the link that a message carries for whoever did not do what it tells."""

import datetime as dt

from parvis.people.actions import links
from parvis.people.models import AccessFreeze, Activation, Client, EmailLink, User

OBJECTION_LASTS = dt.timedelta(days=30)


def of_start(activation: Activation, *, trigger: AccessFreeze.Trigger, email: str) -> str:
    """The address that freezes the client of a first connection, pending or over. For a message to `email`."""
    made = make(EmailLink(activation=activation, trigger=trigger, email=email))
    return activation.client.agency.link(made.path)


def of_login(
    user: User, *, trigger: AccessFreeze.Trigger, email: str, client: Client | None = None, host: str = ""
) -> str:
    """The address that freezes a login and its clients, or `client` alone. For a message to `email`."""
    made = make(EmailLink(user=user, client=client, trigger=trigger, email=email))
    return user.agency.link(made.path, asked_host=host)


def make(link: EmailLink) -> links.NewLink:
    link.purpose = EmailLink.Purpose.NOT_ME
    return links.create(link, lasts=OBJECTION_LASTS)
