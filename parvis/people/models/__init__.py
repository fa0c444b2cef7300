"""Logins, clients, staff, and the rows of the entrance."""

from parvis.people.models.absences import StaffAbsence
from parvis.people.models.browsers import KnownBrowser, PendingSignIn, Proof, SignedInSession
from parvis.people.models.campaigns import Campaign, LetterBatch
from parvis.people.models.changes import DeliveryChoice, ForTheBooks, ProfileChange
from parvis.people.models.clients import Client, Grant, Representation
from parvis.people.models.details import KeptDetail
from parvis.people.models.entrance import (
    Activation,
    ForgottenPassword,
    FormerPassword,
    Letter,
    SocialAccount,
)
from parvis.people.models.factors import Authenticator, Passkey, RecoveryCode
from parvis.people.models.household import HouseholdAccess
from parvis.people.models.links import EmailLink
from parvis.people.models.logins import StaffMember, User
from parvis.people.models.reads import ClientRead
from parvis.people.models.safety import AccessFreeze, AddressChange, PaperNotice, SensitiveAction
from parvis.people.models.shield import SiteShield, WrongCode
from parvis.people.models.viewers import Viewer

__all__ = [
    "AccessFreeze",
    "Activation",
    "AddressChange",
    "Authenticator",
    "Campaign",
    "Client",
    "ClientRead",
    "DeliveryChoice",
    "EmailLink",
    "ForTheBooks",
    "ForgottenPassword",
    "FormerPassword",
    "Grant",
    "HouseholdAccess",
    "KeptDetail",
    "KnownBrowser",
    "Letter",
    "LetterBatch",
    "PaperNotice",
    "Passkey",
    "PendingSignIn",
    "ProfileChange",
    "Proof",
    "RecoveryCode",
    "Representation",
    "SensitiveAction",
    "SignedInSession",
    "SiteShield",
    "SocialAccount",
    "StaffAbsence",
    "StaffMember",
    "User",
    "Viewer",
    "WrongCode",
]
