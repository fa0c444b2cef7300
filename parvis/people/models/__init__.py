"""Logins, clients, staff, and the rows of the entrance."""

from parvis.people.models.clients import Client, Grant, Representation
from parvis.people.models.entrance import (
    Activation,
    EmailLink,
    ForgottenPassword,
    FormerPassword,
    Letter,
    SocialAccount,
)
from parvis.people.models.logins import StaffMember, User
from parvis.people.models.viewers import Viewer

__all__ = [
    "Activation",
    "Client",
    "EmailLink",
    "ForgottenPassword",
    "FormerPassword",
    "Grant",
    "Letter",
    "Representation",
    "SocialAccount",
    "StaffMember",
    "User",
    "Viewer",
]
