"""The messages of people, one function each: `emails.confirm_address(...)`."""

from parvis.people.emails.address_change import address_change_asked, address_changed, confirm_new_address
from parvis.people.emails.attachment import (
    identifier_attached,
    identifier_attached_without_known_address,
    identifier_detached,
)
from parvis.people.emails.desk import access_ended_by_agency, known_email_changed
from parvis.people.emails.entrance import (
    access_opened,
    access_opened_without_known_address,
    choose_new_password,
    confirm_address,
    first_connection_instead,
    other_address_confirmed,
    sign_in_with_provider,
)
from parvis.people.emails.factors import (
    factor_changed,
    factors_forgotten,
    passkey_refused,
    recovery_code_used,
    recovery_codes_drawn,
    staff_invited,
)
from parvis.people.emails.household import (
    household_ended,
    household_ended_for_agency,
    household_invitation,
    household_invited,
    household_joined,
    household_joined_for_agency,
)
from parvis.people.emails.profile import (
    access_closed_for_agency,
    correction_asked,
    delivery_chosen,
    own_access_closed,
    profile_changed,
)
from parvis.people.emails.safety import access_frozen, access_reopened
from parvis.people.emails.second_step import sign_in_code
from parvis.people.emails.security import password_changed, social_account_linked, social_account_unlinked
from parvis.people.emails.shield import shield_raised
from parvis.people.emails.words import call_us, name_of

__all__ = [
    "access_closed_for_agency",
    "access_ended_by_agency",
    "access_frozen",
    "access_opened",
    "access_opened_without_known_address",
    "access_reopened",
    "address_change_asked",
    "address_changed",
    "call_us",
    "choose_new_password",
    "confirm_address",
    "confirm_new_address",
    "correction_asked",
    "delivery_chosen",
    "factor_changed",
    "factors_forgotten",
    "first_connection_instead",
    "household_ended",
    "household_ended_for_agency",
    "household_invitation",
    "household_invited",
    "household_joined",
    "household_joined_for_agency",
    "identifier_attached",
    "identifier_attached_without_known_address",
    "identifier_detached",
    "known_email_changed",
    "name_of",
    "other_address_confirmed",
    "own_access_closed",
    "passkey_refused",
    "password_changed",
    "profile_changed",
    "recovery_code_used",
    "recovery_codes_drawn",
    "shield_raised",
    "sign_in_code",
    "sign_in_with_provider",
    "social_account_linked",
    "social_account_unlinked",
    "staff_invited",
]
