"""Logins, clients, staff, and the rows of the entrance."""

from parvis.people.models.clients import Client, Grant, Representation
from parvis.people.models.entrance import (
    Activation,
    EmailLink,
    ForgottenPassword,
    FormerPassword,
    Letter,
    SignedInSession,
    SocialAccount,
)
from parvis.people.models.factors import Authenticator, Passkey, RecoveryCode
from parvis.people.models.logins import StaffMember, User
from parvis.people.models.viewers import Viewer

__all__ = [
    "Activation",
    "Authenticator",
    "Client",
    "EmailLink",
    "ForgottenPassword",
    "FormerPassword",
    "Grant",
    "Letter",
    "Passkey",
    "RecoveryCode",
    "Representation",
    "SignedInSession",
    "SocialAccount",
    "StaffMember",
    "User",
    "Viewer",
]
