"""IBANs that have the right check digits and lead nowhere: no bank has the code 99999."""

from parvis.demo import dice

BANK, BRANCH = "99999", "00001"
COUNTRY_DIGITS = "152700"  # « FR00 » in digits, moved to the end


def invented_iban(creditor: str) -> str:
    """A French IBAN for that creditor, its RIB key and its IBAN key computed."""
    account = f"{dice.number(creditor, 'account', below=10**11):011d}"
    key = 97 - (89 * int(BANK) + 15 * int(BRANCH) + 3 * int(account)) % 97
    number = f"{BANK}{BRANCH}{account}{key:02d}"
    return f"FR{98 - int(number + COUNTRY_DIGITS) % 97:02d}{number}"
