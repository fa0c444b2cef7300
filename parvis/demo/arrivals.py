"""How the people of the demonstration stand at its door: letters are drawn, some clients have come in, staff may."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from parvis.agencies.models import Agency
from parvis.demo import accounts_file
from parvis.demo.accounts_file import KnownAccount
from parvis.demo.agencies import AGENCIES, DemoAgency
from parvis.demo.announcing import announce
from parvis.demo.casework import set_up_casework
from parvis.demo.cast import ACTIVE, LETTER, NO_EMAIL
from parvis.demo.conversations import converse
from parvis.demo.former_portal import own_password
from parvis.demo.habits import take_habits
from parvis.demo.package import stage_of
from parvis.demo.profiles import STAFF, holders_of_accounts, profiles_of
from parvis.demo.roles import Stage
from parvis.demo.telephones import WITHOUT_TELEPHONE, give_telephone
from parvis.people.actions.confirmation import confirm_address
from parvis.people.actions.first_connection import Browser, begin, give_address
from parvis.people.actions.letters import draw_letters
from parvis.people.actions.opening import open_with_new_password
from parvis.people.actions.staff_access import seat
from parvis.people.letter_document import DrawnLetter, letters_pdf
from parvis.people.models import Activation, Client, EmailLink, Grant, Letter, StaffMember, User

Passwords = dict[str, str]


def receive_everybody(*, data_dir: Path, first_year: int, today: dt.date) -> list[KnownAccount]:
    """Draw the letters that are missing or dead, let the active clients in, and write `accounts.json`."""
    known = {account.identifier: account.password for account in accounts_file.read(data_dir)}
    accounts: list[KnownAccount] = []
    for demo_agency in AGENCIES:
        agency = Agency.objects.get(slug=demo_agency.slug)
        stage = stage_of(demo_agency, first_year=first_year)
        passwords = known | draw_missing(agency, stage, known=known, data_dir=data_dir, today=today)
        let_in(agency, stage)
        accounts += client_accounts(agency, stage, passwords=passwords, today=today)
        accounts += staff_accounts(agency, demo_agency)
        converse(agency, now=timezone.now())
        set_up_casework(agency, now=timezone.now())
        announce(agency, now=timezone.now())
        take_habits(agency, now=timezone.now())
    accounts_file.write(accounts, data_dir)
    return accounts


def draw_missing(agency: Agency, stage: Stage, *, known: Passwords, data_dir: Path, today: dt.date) -> Passwords:
    """Identifiant → code of the letters drawn now: for who has none that opens, and has not come in."""
    waiting = [person.reference for person in stage.cast.clients if person.state in (LETTER, NO_EMAIL)]
    clients = Client.objects.filter(agency=agency, customer_reference__in=waiting, closed_on=None)
    served = Letter.objects.usable().filter(client__in=clients).values_list("client__customer_reference", flat=True)
    have_one = {reference for reference in served if reference in known}
    inside = set(Grant.objects.filter(client__in=clients, ended_at=None).values_list("client_id", flat=True))
    without = [
        client
        for client in clients.select_related("agency").order_by("pk")
        if client.customer_reference not in have_one and client.pk not in inside
    ]
    if not without:
        return {}
    drawn = draw_letters(clients=without)
    print_all(drawn, agency=agency, data_dir=data_dir, today=today)
    return {letter.identifier: letter.code for letter in drawn}


def print_all(drawn: list[DrawnLetter], *, agency: Agency, data_dir: Path, today: dt.date) -> None:
    """The letters as the agency would post them; those of another day stay."""
    path = data_dir / "lettres" / f"{agency.slug}-{today}.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(letters_pdf(drawn, agency=agency, day=today))


def let_in(agency: Agency, stage: Stage) -> None:
    """The active clients go through the whole first connection, by the same actions as anybody."""
    references = [person.reference for person in stage.cast.clients if person.state == ACTIVE]
    inside = Grant.objects.filter(ended_at=None).values("client_id")
    clients = Client.objects.filter(agency=agency, customer_reference__in=references).exclude(pk__in=inside)
    for client in clients.select_related("agency").order_by("pk"):
        connect_for_the_first_time(client, host=agency.host)


def connect_for_the_first_time(client: Client, *, host: str) -> User:
    """Courriel, link, own password."""
    with transaction.atomic():
        started = begin(client=client, own_password_hash="", browser=Browser())
    given = give_address(activation=started.activation, email=client.known_email, host=host)
    confirm_address(link=EmailLink.objects.get(activation=given, used_at=None, superseded_at=None))
    confirmed = Activation.objects.select_related("client__agency").get(pk=given.pk)
    return open_with_new_password(activation=confirmed, password=own_password(client.customer_reference))


def client_accounts(agency: Agency, stage: Stage, *, passwords: Passwords, today: dt.date) -> Iterator[KnownAccount]:
    """The clients, those first who have an account of their own to look at."""
    profiles, holders = profiles_of(stage, today=today), holders_of_accounts(stage, today=today)
    for person in sorted(stage.cast.clients, key=lambda person: person.reference not in holders):
        is_by_letter = person.state in (LETTER, NO_EMAIL)
        yield KnownAccount(
            identifier=person.reference,
            password=passwords[person.reference] if is_by_letter else own_password(person.reference),
            email=person.email,
            profiles=profiles[person.reference],
            state=person.state,
            agency=agency.slug,
        )


def staff_accounts(agency: Agency, demo_agency: DemoAgency) -> Iterator[KnownAccount]:
    """The staff sign in with their courriel, and the code of their telephone."""
    for colleague in demo_agency.staff:
        member = StaffMember.objects.get(agency=agency, reference=colleague.reference)
        password = own_password(member.email)
        if member.user is None:
            give_login(member, password=password)
        if member.user is not None and member.reference not in WITHOUT_TELEPHONE:
            give_telephone(member.user)
        yield KnownAccount(
            identifier=member.email,
            password=password,
            email=member.email,
            profiles=[STAFF, colleague.role],
            state=ACTIVE,
            agency=agency.slug,
        )


@transaction.atomic
def give_login(member: StaffMember, *, password: str) -> None:
    now = timezone.now()
    user = User.objects.create(
        agency=member.agency,
        email=member.email,
        email_confirmed_at=now,
        password=make_password(password),
        password_changed_at=now,
    )
    seat(member, user=user)
