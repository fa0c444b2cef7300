"""Rules of the entrance that need no database: what was typed, what a password must be, how long to wait."""

import enum
import re
import unicodedata
from collections.abc import Iterable

from parvis.kit.words import fold

SIGNS_LEFT_OUT = frozenset(".")
CODE_LENGTH = 6
LONGEST_SECRET_TYPED = 1024

# Five failures close the door for a minute; each one after doubles it. Two hours at most keep a day under 25 tries.
FAILURES_BEFORE_WAITING = 5
FIRST_WAIT_SECONDS = 60
LONGEST_WAIT_SECONDS = 2 * 3600
FAILURES_BEFORE_CLOSING = 100
WAITS = {FAILURES_BEFORE_WAITING + step: FIRST_WAIT_SECONDS << step for step in range(7)}


# More wrong provisional codes than this in an hour, or never right in a year, for more identifiants than that, and
# codes alone open nothing for a day.
WRONG_CODES_OF_AN_HOUR = 50
WRONG_CODES_OF_A_YEAR = 400
IDENTIFIERS_BEFORE_SHIELD = 20


# What was typed


def normalise_reference(typed: str) -> str:
    """Return the key under which an identifiant is kept: « 10 427-835.A » and « 10427835a » are one.

    Spaces, dots, dashes, case and the width of letters (NFKC) do not count, nor do invisible signs.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", typed).casefold())
    kept = "".join(sign for sign in folded if not is_left_out(sign))
    return kept if kept == typed else normalise_reference(kept)


def is_left_out(sign: str) -> bool:
    """Separators (Z), dashes (Pd), control and invisible signs (C) are how people space a number."""
    category = unicodedata.category(sign)
    return sign in SIGNS_LEFT_OUT or category[0] in "ZC" or category == "Pd"


def normalise_email(typed: str) -> str:
    """Return the form in which an address is kept and compared: no space around, lower case."""
    return unicodedata.normalize("NFC", typed).strip().lower()


def is_mailable(address: str) -> bool:
    """Whether our messages can go there: an ASCII name (no « ı » that looks like an i), at a named domain."""
    local, _, domain = address.rpartition("@")
    return local.isascii() and not domain.startswith("[")


def normalise_secret(typed: str) -> str:
    """The same letters whatever keyboard typed them: « é » in one sign or in two is one password."""
    return unicodedata.normalize("NFC", typed)


def is_code(typed: str) -> bool:
    """Whether a secret has the shape of a provisional password: 6 ASCII digits."""
    return len(typed) == CODE_LENGTH and typed.isascii() and typed.isdecimal()


def normalise_digits(typed: str) -> str:
    """« 123 456 » -> « 123456 »: spaces and dashes in a code do not count, nor the width of its digits."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed) if not is_left_out(sign))


# What is shown


def mask_email(email: str) -> str:
    """« jeanne@exemple.fr » -> « j•••e@exemple.fr »: enough for its holder, too little for anybody else."""
    local, _, domain = email.rpartition("@")
    last = local[-1] if len(local) > 2 else ""
    return f"{local[:1]}•••{last}@{domain}"


def wait_in_words(seconds: int) -> str:
    """61 -> « 2 minutes »: rounded up, so that a person who waited may try."""
    minutes = max(1, -(-seconds // 60))
    hours, rest = divmod(minutes, 60)
    words = [count_in_words(hours, "heure")] if hours else []
    words += [count_in_words(rest, "minute")] if rest else []
    return " et ".join(words)


def count_in_words(count: int, noun: str) -> str:
    return f"{count}\u00a0{noun}{'s' if count > 1 else ''}"


# An address typed in haste

COMMON_DOMAINS = (
    "gmail.com", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "neuf.fr", "laposte.net", "hotmail.fr", "hotmail.com",
    "outlook.fr", "outlook.com", "live.fr", "yahoo.fr", "yahoo.com", "icloud.com", "bbox.fr", "numericable.fr",
    "aliceadsl.fr", "club-internet.fr", "protonmail.com", "gmx.fr", "msn.com", "me.com", "noos.fr", "cegetel.net",
)  # fmt: skip


REAL_DOMAINS = frozenset(("mail.com", "live.com", "fre.fr", "sfr.com", "bbox.com", "me.fr"))
WRONG_DOMAINS = {"gmail.fr": "gmail.com", "orange.com": "orange.fr", "laposte.fr": "laposte.net"}


def likely_email(typed: str) -> str:
    """Return the address probably meant when the domain is one slip away from a common one, else nothing."""
    local, _, domain = typed.rpartition("@")
    if not local or domain in COMMON_DOMAINS or domain in REAL_DOMAINS:
        return ""
    near = [known for known in COMMON_DOMAINS if is_edit_of_one(domain, known)]
    meant = WRONG_DOMAINS.get(domain, near[0] if near else "")
    return f"{local}@{meant}" if meant else ""


def is_edit_of_one(typed: str, meant: str) -> bool:
    """One sign too many, missing or wrong, or two neighbours swapped."""
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    one, other = typed[start:], meant[start:]
    swapped = len(one) > 1 and len(other) > 1 and one[0] == other[1] and one[1] == other[0] and one[2:] == other[2:]
    return bool(one or other) and (one[1:] == other[1:] or one[1:] == other or one == other[1:] or swapped)


# The password that a client chooses

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 128
LEAST_LETTERS = 4
LONGEST_DRESSING = 12


def missing_in(password: str) -> list[str]:
    """Return what the password lacks, one sentence a rule of the help page; nothing when it follows them all."""
    problems = {
        "Utilisez au moins 8 caractères.": len(password) < SHORTEST_PASSWORD,
        "Ajoutez au moins 1 majuscule.": not any(is_capital(sign) for sign in password),
        "Ajoutez au moins 1 chiffre.": not any(sign.isdecimal() for sign in password),
        "Ajoutez au moins 1 caractère spécial.": not any(is_special(sign) for sign in password),
        "Utilisez 128 caractères au plus.": len(password) > LONGEST_PASSWORD,
    }
    return [sentence for sentence, is_missing in problems.items() if is_missing]


def is_capital(sign: str) -> bool:
    return unicodedata.category(sign) in ("Lu", "Lt")


def is_special(sign: str) -> bool:
    """Neither a letter (with its accents) nor a digit of any script."""
    return unicodedata.category(sign)[0] in "PSZ"


LEET = str.maketrans("034578@$€!+1", "oeastbaseitl")
LEET_I = str.maketrans("034578@$€!+1", "oeastbaseiti")


def guesses_behind(password: str) -> set[str]:
    """Return the plain words that a guesser would turn into this password: « 4zerty123! » -> « azerty »…

    Case and accents are folded, digits and signs left out at either end or everywhere, or read as letters.
    """
    folded = fold(password)
    whole = {re.sub(r"[\W_]+", "", folded), re.sub(r"[\W\d_]+", "", folded)}
    cut = {folded[start:end] for start in cuts(folded) for end in (len(folded) - cut for cut in cuts(folded[::-1]))}
    plain = {word for word in whole | cut if word}
    return plain | {word.translate(table) for word in plain for table in (LEET, LEET_I)}


def cuts(text: str) -> range:
    """How many signs may be taken off the start of the text: its digits and signs, none to all."""
    start = re.match(r"[\W\d_]*", text)
    return range(min(start.end() if start else 0, LONGEST_DRESSING) + 1)


def is_monotonous(word: str) -> bool:
    """« aaaaaaaa », « abababab », « motmotmot »: a piece of the word, repeated."""
    return len(word) >= LEAST_LETTERS and word in (word + word)[1:-1]


def is_about(password: str, *, words: Iterable[str]) -> bool:
    """Whether little is left of the password once the words that surround the client are taken out.

    `words`: agency, building, names, identifiant. Parts shorter than 4 signs are too common to count.
    """
    rest = fold(password)
    parts = sorted({part for word in words for part in context_parts(word)}, key=len, reverse=True)
    found = False
    for part in parts:
        for form in (rest, rest.translate(LEET), rest.translate(LEET_I)):
            if part in form:
                found = True
                rest = form.replace(part, "")
                break
    return found and sum(sign.isalpha() for sign in rest) < LEAST_LETTERS


def context_parts(word: str) -> set[str]:
    """« Cabinet des Tilleuls » -> cabinet, tilleuls, cabinetdestilleuls."""
    pieces = re.findall(r"\w+", fold(word))
    return {piece for piece in [*pieces, "".join(pieces)] if len(piece) >= LEAST_LETTERS}


def codes_within(password: str) -> list[str]:
    """The runs of 6 digits of a password, any of which might be the provisional one; the first few suffice."""
    return re.findall(r"(?=(\d{6}))", password, flags=re.ASCII)[:3]


# Recovery codes: « 03-K7QF-2M9X », ten on a sheet, told apart by their number

RECOVERY_CODES = 10
RECOVERY_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
RECOVERY_LENGTH = 8


def show_recovery_code(*, number: int, signs: str) -> str:
    """3, « K7QF2M9X » -> « 03-K7QF-2M9X »."""
    return f"{number:02d}-{signs[:4]}-{signs[4:]}"


def read_recovery_code(typed: str) -> tuple[int, str] | None:
    """Return the number and the signs of a code as people copy it: spaces, dashes and case do not count."""
    kept = "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if not is_left_out(sign))
    number, signs = kept[:2], kept[2:]
    is_number = number.isascii() and number.isdecimal() and 1 <= int(number) <= RECOVERY_CODES
    if not is_number or len(signs) != RECOVERY_LENGTH or not set(signs) <= set(RECOVERY_SIGNS):
        return None
    return int(number), signs


# What the staff may open


class Duty(enum.Enum):
    """A part of the agency's work; every page of the staff names the one it needs."""

    HOME = "what waits"
    CASES = "interventions"
    LODGE = "the cases of some buildings, as their caretaker reads them"
    ANNOUNCEMENTS = "announcements to a building"
    CLIENTS = "cards, letters and accesses of the clients"
    LETTERS = "campaigns of letters"
    VIEW_AS = "see what a client sees"
    ACCOUNTS = "balances, calls, receipts"
    DOCUMENTS = "documents"
    MESSAGES = "conversations with the clients"
    COUNCIL = "questions of the councils"
    LEGAL_LIST = "legal documents"
    BOOKS = "imports and accounts of the books"
    STATISTICS = "figures"
    SETTINGS = "branding, agency, staff, help"
    JOURNAL = "journal"


# Their pages show or change what concerns the whole agency: nobody has them whose scope is some buildings.
OF_THE_WHOLE_AGENCY = frozenset({Duty.LETTERS, Duty.BOOKS, Duty.STATISTICS, Duty.SETTINGS, Duty.JOURNAL})
OF_A_MANAGER = frozenset(Duty) - {Duty.BOOKS, Duty.SETTINGS, Duty.JOURNAL, Duty.LODGE}
OF_AN_ACCOUNTANT = frozenset(
    {
        Duty.HOME,
        Duty.CLIENTS,
        Duty.ACCOUNTS,
        Duty.DOCUMENTS,
        Duty.MESSAGES,
        Duty.COUNCIL,
        Duty.BOOKS,
        Duty.STATISTICS,
    }
)
OF_AN_ASSISTANT = frozenset(
    {Duty.HOME, Duty.CASES, Duty.ANNOUNCEMENTS, Duty.CLIENTS, Duty.LETTERS, Duty.DOCUMENTS, Duty.MESSAGES}
)
DUTIES_OF = {
    "administrator": frozenset(Duty),
    "manager": OF_A_MANAGER,
    "rental_manager": OF_A_MANAGER,
    "accountant": OF_AN_ACCOUNTANT,
    "assistant": OF_AN_ASSISTANT,
    "caretaker": frozenset({Duty.HOME, Duty.LODGE}),
}


def roles_with(duty: Duty) -> frozenset[str]:
    """The roles in the desk that open it."""
    return frozenset(role for role, duties in DUTIES_OF.items() if duty in duties)


def duties_of(role: str, *, of_whole_agency: bool) -> frozenset[Duty]:
    """What somebody of that role may open; nothing for a role that is not known."""
    duties = DUTIES_OF.get(role, frozenset())
    return duties if of_whole_agency else duties - OF_THE_WHOLE_AGENCY
