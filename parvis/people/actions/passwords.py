"""The password that a client chooses, and the one that was forgotten."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models.functions import Now
from django_q.tasks import async_task

from parvis.journal.actions import record
from parvis.kit import throttle
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal
from parvis.mail.actions import queue_written
from parvis.people import emails
from parvis.people.access import Holder, agencies_at, find_holder
from parvis.people.actions import links, objections
from parvis.people.actions.browsers import Visit, forget_others, known_browser
from parvis.people.actions.doors import reopen_to
from parvis.people.actions.locks import hold_login
from parvis.people.actions.second_step import end_steps
from parvis.people.actions.sessions import end_sessions
from parvis.people.blocklist import is_common
from parvis.people.hashers import hash_secret, is_secret
from parvis.people.models import AccessFreeze, Client, EmailLink, ForgottenPassword, Letter, User
from parvis.people.rules import (
    LONGEST_PASSWORD,
    codes_within,
    is_about,
    missing_in,
    normalise_email,
    normalise_reference,
    normalise_secret,
)

HANDLE_FORGOTTEN = "parvis.people.jobs.handle_forgotten_passwords"
LONGEST_TYPED = 254
PER_HOUR = throttle.Limit(name="forgotten-hour", allowed=3, seconds=3600)
PER_DAY = throttle.Limit(name="forgotten-day", allowed=10, seconds=24 * 3600)


class PasswordRefused(Refusal):
    """The password does not follow the rules; `reasons` are sentences, one a rule."""

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(reasons))


TOO_EASY = "Ce mot de passe est trop facile à deviner. Choisissez-en un autre."


def check_new_password(password: str, *, client: Client | None, surroundings: Iterable[str] = ()) -> None:
    """Refuse (`PasswordRefused`) what the help page's four rules or the lists of common passwords exclude.

    `surroundings`: names around the client (buildings) that a guesser would try; the client's own are added.
    """
    password = normalise_secret(password)
    reasons = missing_in(password)
    if len(password) <= LONGEST_PASSWORD and not reasons and is_easy(password, client=client, words=surroundings):
        reasons = [TOO_EASY]
    if reasons:
        raise PasswordRefused(reasons)


def is_easy(password: str, *, client: Client | None, words: Iterable[str]) -> bool:
    if is_common(password) or is_about(password, words=words):
        return True
    return client is not None and is_about_client(password, client=client)


def is_about_client(password: str, *, client: Client) -> bool:
    """Whether the password is made of the client's name, agency, identifiant or provisional code."""
    names = [client.first_name, client.last_name, client.company_name, client.agency.name, client.agency.legal_name]
    if is_about(password, words=[*names, client.customer_reference, client.known_email.partition("@")[0]]):
        return True
    if client.reference_key and client.reference_key in normalise_reference(password):
        return True
    letter = Letter.objects.filter(client=client).order_by("-issued_at", "-pk").first()
    return letter is not None and any(is_secret(code, encoded=letter.code_hash) for code in codes_within(password))


@transaction.atomic
def request_new_password(*, host: str, typed: str) -> ForgottenPassword:
    """Write down that somebody typed this at « Mot de passe oublié ». A job looks it up: the page learns nothing."""
    key = normalise_email(typed) if "@" in typed else normalise_reference(typed)
    request = ForgottenPassword.objects.create(
        host=host[:120], typed_key=key[:LONGEST_TYPED], requested_at=database_now()
    )
    transaction.on_commit(wake_worker, robust=True)
    return request


def wake_worker() -> None:
    """Have the worker look now; should this be lost, the schedule looks within the minute."""
    async_task(HANDLE_FORGOTTEN, task_name="look up forgotten passwords")


def handle_waiting_requests() -> int:
    """Look up the requests not handled yet, oldest first; return how many."""
    waiting = list(ForgottenPassword.objects.filter(handled_at=None).order_by("requested_at", "pk")[:200])
    for request in waiting:
        handle_request(request)
    return len(waiting)


def handle_request(request: ForgottenPassword) -> None:
    """Send what fits: a link, the way to the first connection, the name of the provider, or nothing at all."""
    with transaction.atomic():
        if not ForgottenPassword.objects.filter(pk=request.pk, handled_at=None).update(handled_at=Now()):
            return
        holder = find_holder(agencies=agencies_at(request.host), typed=request.typed_key)
        if holder.user is not None and not hold_login(holder.user).is_active:
            return
        if is_asked_too_often(holder):
            return
        if holder.user is not None:
            answer_login(holder.user, host=request.host)
        elif holder.client is not None and holder.client.known_email:
            answer_newcomer(holder.client, host=request.host)


def is_asked_too_often(holder: Holder) -> bool:
    """At most 3 messages an hour and 10 a day for one account; nobody is told."""
    whose = f"user:{holder.user.pk}" if holder.user else f"client:{holder.client.pk}" if holder.client else ""
    return bool(whose) and any([throttle.admit(PER_HOUR, key=whose), throttle.admit(PER_DAY, key=whose)])


def answer_login(user: User, *, host: str) -> None:
    """Send the link to the confirmed address, else to the one that the agency knows."""
    grant = user.grants.filter(ended_at=None).select_related("client").order_by("pk").first()
    address = user.email or (grant.client.known_email if grant else "")
    if not address:
        return
    if not has_password(user) and user.social_accounts.exists():
        send_provider_names(user, address=address, host=host)
        return
    made = links.new_reset(user=user, email=address)
    url = user.agency.link(made.path, asked_host=host)
    queue_written(
        agency=user.agency,
        kind="choose-new-password",
        to_address=address,
        written=emails.choose_new_password(user=user, url=url, expires_at=made.link.expires_at),
        expires_at=made.link.expires_at,
    )
    record(agency_id=user.agency_id, verb="password.reset-sent", subject=("user", user.public_id))


def has_password(user: User) -> bool:
    return bool(user.password) and user.has_usable_password()


def send_provider_names(user: User, *, address: str, host: str) -> None:
    names = {"google": "Google", "linkedin": "LinkedIn", "facebook": "Facebook", "twitter": "Twitter (X)"}
    linked = user.social_accounts.order_by("pk").values_list("provider", flat=True)
    providers = " ou ".join(names.get(provider, provider) for provider in dict.fromkeys(linked))
    if providers:
        url = user.agency.link("/connexion/", asked_host=host)
        written = emails.sign_in_with_provider(user=user, providers=providers, url=url)
        queue_written(agency=user.agency, kind="sign-in-with-provider", to_address=address, written=written)


def answer_newcomer(client: Client, *, host: str) -> None:
    """A client never activated: the message opens « Première Connexion », the code is still needed."""
    url = client.agency.link("/premiere-connexion/", asked_host=host)
    written = emails.first_connection_instead(client=client, url=url)
    queue_written(agency=client.agency, kind="first-connection", to_address=client.known_email, written=written)


def reset_password(*, link: EmailLink, password: str, visit: Visit, surroundings: Iterable[str] = ()) -> User:
    """Give the link's login this password; its other links and all its sessions end, its addresses are told.

    Every browser but the one at hand is forgotten: the former password, known to somebody else, opens it nowhere.
    Refuses a password against the rules (the link can be used again), and a link that was used meanwhile.
    """
    user = link.user
    if user is None or not user.is_active:
        raise links.LinkRefused
    check_new_password(password, client=client_of(user), surroundings=surroundings)
    password_hash = hash_secret(normalise_secret(password))
    with transaction.atomic():
        hold_login(user)
        links.use(link)
        links.supersede(EmailLink.objects.filter(user=user))
        set_password(user, password_hash=password_hash)
        forget_others(user, kept=known_browser(user, visit=visit))
        journal_change(user)
    reopen_to(user)
    return user


def client_of(user: User) -> Client | None:
    grant = user.grants.filter(ended_at=None).select_related("client__agency").order_by("pk").first()
    return grant.client if grant else None


def set_password(user: User, *, password_hash: str, but_session: str = "") -> None:
    """Replace the hash, end every session and step but that one, tell every address of the login."""
    now = database_now()
    user.password, user.password_changed_at = password_hash, now
    user.save(update_fields=["password", "password_changed_at"])
    end_sessions(user, but=but_session)
    end_steps(user)
    client = client_of(user)
    for address in dict.fromkeys(filter(None, (user.email, client.known_email if client else ""))):
        url = objections.of_login(user, trigger=AccessFreeze.Trigger.PASSWORD_CHANGED, email=address)
        written = emails.password_changed(user=user, at=now, not_me_url=url)
        queue_written(agency=user.agency, kind="password-changed", to_address=address, written=written)


def journal_change(user: User) -> None:
    record(agency_id=user.agency_id, verb="password.changed", actor=("user", user.public_id))
