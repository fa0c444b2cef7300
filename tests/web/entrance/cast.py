"""The people of the entrance and their gestures: what they hold, what they type, what they receive."""

import datetime as dt
import re

from django.http import HttpResponse
from django.utils import timezone

from parvis.mail.actions import read_body
from parvis.mail.models import OutboxMessage
from parvis.people.actions import browsers
from parvis.people.actions.browsers import Visit
from parvis.people.actions.former import wrap_former_hash
from parvis.people.hashers import Argon2idHasher
from parvis.people.models import FormerPassword, Grant, Letter
from parvis.people.tokens import new_token, token_digest
from parvis.web.entrance.session import keep_browser_token
from tests.factories import ClientFactory, UserFactory

CHEAP = {"time_cost": 1, "memory_cost": 8}


def cheap_hash(secret):
    """The hash of our hasher, at a cost that tests can pay a thousand times."""
    hasher = type("CheapHasher", (Argon2idHasher,), CHEAP)()
    return hasher.encode(secret, hasher.salt())


CODE = "482913"
OTHER_CODE = "111111"
OWN = "Vélo-bleu&3chats"
NEW = "Grande#9Tortue"
EMAIL = "alice@exemple.fr"
CODE_HASH = cheap_hash(CODE)
OWN_HASH = cheap_hash(OWN)
NO_PASSWORD = cheap_hash("nobody’s")
FORMER = wrap_former_hash("pbkdf2_sha256$2$sel$bu0uy+inxNL6bXtxsFL5FZ2Vtmer/2emaAEQvTT0gQU=")
SIGN_IN_CODE = re.compile(r"(\d{4})\u00a0(\d{4})\b")
LINK = re.compile(r"^http://[^/\s]+(/\S+)$", re.MULTILINE)


def client_with_letter(agency, **fields):
    """Someone who received the paper, and its provisional password."""
    client = ClientFactory(agency=agency, **fields)
    letter_for(client)
    return client


def letter_for(client, *, age_days=0, token=None):
    issued_at = timezone.now() - dt.timedelta(days=age_days)
    return Letter.objects.create(
        agency=client.agency,
        client=client,
        code_hash=CODE_HASH,
        key_hash="",
        token_hash=token_digest(token or new_token()),
        issued_at=issued_at,
        expires_at=issued_at + dt.timedelta(days=30),
    )


def client_of_former_portal(agency, **fields):
    """Someone whose own password of the former portal was imported."""
    client = ClientFactory(agency=agency, **fields)
    FormerPassword.objects.create(client=client, scheme=FORMER.scheme, wrapped=FORMER.wrapped)
    return client


def active_client(agency, *, email="charlie@exemple.fr", **fields):
    """Someone who finished their first connection; the login."""
    client = ClientFactory(agency=agency, **fields)
    user = UserFactory(agency=agency, email=email, password=OWN_HASH)
    Grant.objects.create(user=user, client=client)
    return user


def sign_in(browser, identifier, password, *, door="/connexion/", **extra):
    return browser.post(door, {"identifier": identifier, "password": password, **extra})


def known(browser, user):
    """The browser, from which that login was already proven twice: the password alone is enough there."""
    _, visit = browsers.remember(user, visit=Visit(name="Firefox sur Linux"))
    response = HttpResponse()
    keep_browser_token(response, visit.token)
    browser.cookies.update(response.cookies)
    return browser


def start(browser, client, *, password=CODE, door="/premiere-connexion/"):
    return sign_in(browser, client.customer_reference, password, door=door)


def give_address(browser, address=EMAIL):
    return browser.post("/premiere-connexion/courriel/", {"email": address})


def choose_password(browser, password=NEW, again=None, *, path="/premiere-connexion/mot-de-passe/"):
    return browser.post(path, {"new_password": password, "new_password_again": password if again is None else again})


def messages_to(address, kind=None):
    """The messages queued for that address, oldest first."""
    rows = OutboxMessage.objects.filter(to_address=address).order_by("pk")
    return [row for row in rows if kind in (None, row.kind)]


def text_of(message):
    return read_body(message)[0]


def link_in(message):
    """The path of the only link of a message."""
    (path,) = LINK.findall(text_of(message))
    return path


def last_link(address=EMAIL, kind="confirm-address"):
    return link_in(messages_to(address, kind)[-1])


def give_code(browser, code):
    """The second step: the code of 8 digits, typed."""
    return browser.post("/connexion/verification/", {"code": code})


def code_in(message):
    """The 8 digits of a message."""
    ((first, second),) = SIGN_IN_CODE.findall(text_of(message))
    return first + second


def last_code(address):
    return code_in(messages_to(address, "sign-in-code")[-1])


def is_signed_in(browser):
    return "_auth_user_id" in browser.session
