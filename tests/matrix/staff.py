"""The pages of the staff: for a client, of the agency or of another, they do not exist."""

from parvis.exchange.actions.api_keys import make_key
from parvis.exchange.rules.scopes import Scope
from parvis.people.rules import DUTIES_OF, OF_THE_WHOLE_AGENCY, Duty
from tests.matrix.rows import Arguments, Row, no_arguments, row

HIDDEN = 404


def staff_page(name, arguments: Arguments = no_arguments, *, duty, method="GET", status=200, **others):
    """A page that needs `duty`: each of the staff is answered as their role says.

    With `arguments`, it shows something of Alice, in her building: Inès and Odile, who have the duty, do not find it.
    Without, it shows each what is theirs. `others` names who is answered something else.
    """
    is_hers = arguments is not no_arguments
    of_ines = DUTIES_OF["manager"] - OF_THE_WHOLE_AGENCY
    answers = {
        "diane": status,
        "hector": status if duty in DUTIES_OF["accountant"] else HIDDEN,
        "gaston": status if duty in DUTIES_OF["caretaker"] else HIDDEN,
        "ines": status if duty in of_ines and not is_hers else HIDDEN,
        "odile": HIDDEN if is_hers else status,
    }
    clients = {"anonymous": 302, "alice": HIDDEN, "charlie": HIDDEN, "erin": HIDDEN}
    return row(name, arguments, method=method, **{**clients, **answers, **others})


def the_fec_account(cast):
    return {"public_id": cast.fec_account.public_id}


def the_announcement(cast):
    return {"public_id": cast.announcement.public_id}


def the_case(cast):
    return {"public_id": cast.order.intervention.public_id}


def the_photo_of_the_case(cast):
    return {"public_id": cast.order.intervention.public_id, "photo_id": cast.order_photo.public_id}


def the_colleague(cast):
    return {"public_id": cast.absence.staff_member.public_id}


def the_article(_cast):
    return {"slug": "connexion"}


def a_key(cast):
    """What a program of the agency comes in with."""
    key, _token = make_key(agency=cast.diane.agency, name="ERP", scopes=list(Scope))
    return {"public_id": key.public_id}


def the_freeze(cast):
    return {"public_id": cast.freeze.public_id}


def the_syndicat(cast):
    return {"public_id": cast.expense.fiscal_year.building.public_id}


def the_client(cast):
    return {"public_id": cast.account.client.public_id}


ROWS: list[Row] = [
    staff_page("staff:home", duty=Duty.HOME, gaston=302),
    staff_page("staff:more-index", duty=Duty.HOME),
    staff_page("staff:api_keys-index", duty=Duty.SETTINGS),
    staff_page("staff:api_keys-add", duty=Duty.SETTINGS),
    staff_page("staff:api_keys-end", a_key, duty=Duty.SETTINGS),
    staff_page("staff:statistics-index", duty=Duty.STATISTICS),
    staff_page("staff:statistics-table", lambda _cast: {"name": "acces"}, duty=Duty.STATISTICS, odile=200),
    staff_page("staff:settings-index", duty=Duty.SETTINGS),
    staff_page("staff:settings-agency", duty=Duty.SETTINGS),
    staff_page("staff:settings-appearance", duty=Duty.SETTINGS),
    staff_page("staff:settings-logo", method="POST", status=302, duty=Duty.SETTINGS),
    staff_page("staff:settings-staff", duty=Duty.SETTINGS),
    staff_page("staff:settings-staff-add", duty=Duty.SETTINGS),
    staff_page("staff:settings-member", the_colleague, duty=Duty.SETTINGS),
    staff_page("staff:settings-details", the_colleague, duty=Duty.SETTINGS),
    staff_page("staff:settings-details-books", the_colleague, method="POST", status=302, duty=Duty.SETTINGS),
    staff_page("staff:settings-invite", the_colleague, method="POST", status=302, duty=Duty.SETTINGS),
    staff_page("staff:settings-end", the_colleague, duty=Duty.SETTINGS),
    staff_page("staff:settings-away", the_colleague, method="POST", duty=Duty.SETTINGS),
    staff_page(
        "staff:settings-back",
        lambda cast: {"public_id": cast.absence.public_id},
        method="POST",
        status=302,
        duty=Duty.SETTINGS,
    ),
    staff_page("staff:settings-help", duty=Duty.SETTINGS),
    staff_page("staff:settings-article", the_article, duty=Duty.SETTINGS, odile=200),
    staff_page("staff:settings-article-restore", the_article, method="POST", status=302, duty=Duty.SETTINGS, odile=302),
    staff_page("staff:journal-index", duty=Duty.JOURNAL),
    staff_page("staff:journal-check", duty=Duty.JOURNAL),
    staff_page(
        "staff:home-send-again",
        lambda cast: {"public_id": cast.refused_mail.public_id},
        method="POST",
        duty=Duty.LETTERS,
        status=302,
    ),
    staff_page("staff:home-mails", duty=Duty.LETTERS),
    staff_page("staff:announcements-index", duty=Duty.ANNOUNCEMENTS),
    staff_page("staff:announcements-write", duty=Duty.ANNOUNCEMENTS),
    staff_page("staff:announcements-detail", the_announcement, duty=Duty.ANNOUNCEMENTS),
    staff_page("staff:announcements-withdraw", the_announcement, method="POST", status=302, duty=Duty.ANNOUNCEMENTS),
    staff_page("staff:lodge-index", duty=Duty.LODGE),
    staff_page("staff:lodge-declare", duty=Duty.LODGE),
    staff_page("staff:lodge-detail", the_case, duty=Duty.LODGE),
    staff_page("staff:lodge-detail", the_case, method="POST", duty=Duty.LODGE),
    staff_page("staff:lodge-photo", the_photo_of_the_case, duty=Duty.LODGE),
    staff_page("staff:fec-index", duty=Duty.BOOKS),
    staff_page("staff:fec-account", the_fec_account, duty=Duty.BOOKS),
    staff_page("staff:fec-confirm", the_fec_account, method="POST", status=302, duty=Duty.BOOKS),
    staff_page("staff:fec-ignore", the_fec_account, method="POST", status=302, duty=Duty.BOOKS),
    staff_page("staff:fec-confirm-sure", method="POST", status=302, duty=Duty.BOOKS),
    staff_page("staff:differences-index", duty=Duty.ACCOUNTS),
    staff_page("staff:clients-index", duty=Duty.CLIENTS),
    staff_page("staff:clients-letters", duty=Duty.CLIENTS),
    staff_page("staff:clients-detail", the_client, duty=Duty.CLIENTS),
    staff_page("staff:clients-letter", the_client, duty=Duty.CLIENTS),
    staff_page("staff:clients-returned", the_client, duty=Duty.CLIENTS),
    staff_page("staff:clients-unlock", the_client, duty=Duty.CLIENTS),
    staff_page("staff:clients-email", the_client, duty=Duty.CLIENTS),
    staff_page("staff:clients-end", the_client, duty=Duty.CLIENTS),
    staff_page("staff:clients-visit", the_client, duty=Duty.VIEW_AS),
    staff_page("staff:clients-leave", method="POST", status=302, duty=Duty.VIEW_AS),
    staff_page("staff:frozen-index", duty=Duty.CLIENTS),
    staff_page("staff:frozen-reopen", the_freeze, duty=Duty.CLIENTS),
    staff_page("staff:frozen-close", the_freeze, duty=Duty.CLIENTS),
    staff_page("staff:frozen-print-waiting", method="POST", duty=Duty.CLIENTS, hector=302, ines=302, odile=302),
    staff_page(
        "staff:frozen-print-again", lambda cast: {"public_id": cast.notice.public_id}, method="POST", duty=Duty.CLIENTS
    ),
    staff_page("staff:council-index", duty=Duty.COUNCIL),
    staff_page("staff:council-detail", lambda cast: {"public_id": cast.question.public_id}, duty=Duty.COUNCIL),
    staff_page("staff:legal_list-index", duty=Duty.LEGAL_LIST),
    staff_page("staff:legal_list-table", duty=Duty.LEGAL_LIST),
    staff_page("staff:legal_list-refresh", method="POST", status=302, duty=Duty.LEGAL_LIST),
    staff_page("staff:legal_list-detail", the_syndicat, duty=Duty.LEGAL_LIST),
    staff_page("staff:legal_list-set-aside", the_syndicat, method="POST", status=302, duty=Duty.LEGAL_LIST),
    staff_page("staff:legal_list-require-again", the_syndicat, method="POST", status=302, duty=Duty.LEGAL_LIST),
    staff_page("staff:campaigns-index", duty=Duty.LETTERS),
    staff_page("staff:messages-index", duty=Duty.MESSAGES),
    staff_page("staff:messages-detail", lambda cast: {"public_id": cast.message.thread.public_id}, duty=Duty.MESSAGES),
    staff_page(
        "staff:messages-close",
        lambda cast: {"public_id": cast.message.thread.public_id},
        method="POST",
        status=302,
        duty=Duty.MESSAGES,
    ),
    staff_page(
        "staff:messages-attachment", lambda cast: {"public_id": cast.message.attachment.public_id}, duty=Duty.MESSAGES
    ),
    staff_page("staff:campaigns-start", duty=Duty.LETTERS),
    staff_page("staff:campaigns-detail", lambda cast: {"public_id": cast.campaign.public_id}, duty=Duty.LETTERS),
]
