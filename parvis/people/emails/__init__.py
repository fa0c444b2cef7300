"""The messages of people, one function each: `emails.confirm_address(...)`."""

from parvis.people.emails.entrance import (
    access_opened,
    access_opened_without_known_address,
    choose_new_password,
    confirm_address,
    first_connection_instead,
    other_address_confirmed,
    sign_in_with_provider,
)
from parvis.people.emails.security import password_changed, social_account_linked
from parvis.people.emails.shield import shield_raised
from parvis.people.emails.words import call_us, name_of

__all__ = [
    "access_opened",
    "access_opened_without_known_address",
    "call_us",
    "choose_new_password",
    "confirm_address",
    "first_connection_instead",
    "name_of",
    "other_address_confirmed",
    "password_changed",
    "shield_raised",
    "sign_in_with_provider",
    "social_account_linked",
]
