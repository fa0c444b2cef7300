"""The people of the access matrix and what Alice has that Charlie must not see."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from parvis.compliance.models import ExpenseQuestion
from parvis.documents.actions import Paper, publish
from parvis.documents.models import Archive, Deposit, Document
from parvis.exchange.models import DataExport, FecAccount, ImportRun, Intake
from parvis.interventions.models import Announcement, DraftFile, Intervention, Photo, Quote, WorkOrder
from parvis.kit.days import paris_day
from parvis.ledger.models import Account, Call, Expense
from parvis.mail.models import OutboxMessage
from parvis.notices.models import Notice
from parvis.people.models import (
    AccessFreeze,
    Campaign,
    Client,
    HouseholdAccess,
    PaperNotice,
    Passkey,
    ProfileChange,
    StaffAbsence,
    User,
)
from parvis.property.models import CouncilSeat, Lot, Tenancy
from parvis.rentals.models import RentalApplication
from parvis.threads.models import Message
from tests.compliance.factories import ExpenseFactory, ExpenseQuestionFactory
from tests.documents.factories import archive_of, deposit_of, published
from tests.exchange.factories import FecAccountFactory, intake_of, ready_copy
from tests.factories import (
    AccountFactory,
    AgencyFactory,
    BuildingAssignmentFactory,
    ClientFactory,
    EntryFactory,
    GrantFactory,
    InterventionFactory,
    LotFactory,
    OwnershipFactory,
    RentalApplicationFactory,
    StaffMemberFactory,
    TenancyFactory,
    UserFactory,
)
from tests.interventions.factories import AnnouncementFactory
from tests.ledger.syndicats import Syndicat
from tests.mail.factories import queued, refused
from tests.matrix.ordered import ordered_in
from tests.matrix.reported import reported_by
from tests.matrix.viewers import STAFF
from tests.notices.factories import NoticeFactory
from tests.people.factories import HouseholdAccessFactory, ProfileChangeFactory
from tests.threads.factories import MessageFactory, ThreadFactory


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Alice and her things; Charlie, of the same agency; Erin, of another; those who work there.

    Diane is administrator, Hector accountant, Gaston caretaker of Alice's building, Inès manager of another building
    and of no other; Odile is administrator of the other agency.
    Frank owned Alice's lot and sat on its council until yesterday. Gaby is of Alice's household, Henri was.
    """

    alice: User
    charlie: User
    frank: User
    gaby: User
    henri: User
    erin: User
    diane: User
    hector: User
    gaston: User
    ines: User
    odile: User
    lot: Lot
    tenancy: Tenancy
    account: Account
    call: Call
    intervention: Intervention
    announcement: Announcement
    order: WorkOrder
    order_photo: Photo
    other_photo: Photo
    application: RentalApplication
    document: Document
    deposit: Deposit
    archive: Archive
    expense: Expense
    question: ExpenseQuestion
    import_run: ImportRun
    intake: Intake
    fec_account: FecAccount
    freeze: AccessFreeze
    campaign: Campaign
    notice: PaperNotice
    passkey: Passkey
    change: ProfileChange
    person: HouseholdAccess
    copy: DataExport
    told: Notice
    message: Message
    refused_mail: OutboxMessage
    absence: StaffAbsence
    case: Intervention
    photo: Photo
    draft_file: DraftFile
    quote: Quote

    def login(self, viewer: str) -> User | None:
        """The login of that viewer; none for a visitor."""
        users = {
            "alice": self.alice,
            "charlie": self.charlie,
            "frank": self.frank,
            "gaby": self.gaby,
            "henri": self.henri,
            "erin": self.erin,
            **{name: getattr(self, name) for name in STAFF},
        }
        return {**users, "unproven": self.diane}.get(viewer)


def build_cast() -> Cast:
    agency = AgencyFactory(host="testserver")
    elsewhere = AgencyFactory(host="ailleurs.exemple.fr")
    alice = GrantFactory(client=ClientFactory(agency=agency))
    things = things_of(alice.client)
    staff = staff_of(agency, things["lot"])
    return Cast(
        alice=alice.user,
        charlie=stranger_of(agency),
        frank=former_owner_of(things["lot"]),
        erin=stranger_of(elsewhere),
        odile=colleague(elsewhere, role="administrator"),
        **staff,
        **household_of(alice),
        change=ProfileChangeFactory(client=alice.client, asked_by=alice.user),
        copy=ready_copy(alice.user),
        **council_of(alice.client, things["lot"]),
        call=call_of(alice.client),
        import_run=import_run_of(agency),
        intake=intake_of(staff["diane"]),
        deposit=deposit_of(staff["diane"], document=things["document"]),
        fec_account=FecAccountFactory(agency=agency),
        freeze=freeze_of(agency),
        campaign=Campaign.objects.create(agency=agency, name="Ouverture", batch_size=1, daily_limit=1),
        notice=notice_of(agency),
        passkey=passkey_of(alice.user),
        told=NoticeFactory(user=alice.user),
        message=message_of(alice),
        refused_mail=refused_mail_of(agency),
        absence=absence_of(agency),
        tenancy=TenancyFactory(client=alice.client),
        **things,
        **ordered_in(things["lot"], file=things["document"].file),
        **reported_by(alice, lot=things["lot"], common=things["intervention"], file=things["document"].file),
    )


def staff_of(agency, lot):
    """Who works at the cabinet, and who looks after which building."""
    gaston, ines = colleague(agency, role="caretaker"), colleague(agency, role="manager", scope="buildings")
    BuildingAssignmentFactory(building=lot.building, staff_member=gaston.staffmember, duty="Gardien")
    BuildingAssignmentFactory(building__agency=agency, staff_member=ines.staffmember)
    return {
        "diane": colleague(agency, role="administrator"),
        "hector": colleague(agency, role="accountant"),
        "gaston": gaston,
        "ines": ines,
    }


def colleague(agency, **post):
    return StaffMemberFactory(agency=agency, user=UserFactory(agency=agency), **post).user


def household_of(grant):
    """Who reads Alice's affairs with a login of their own, and who does not any more."""
    person = HouseholdAccessFactory(client=grant.client, given_by=grant.user, name="Gaby Fontaine")
    former = HouseholdAccessFactory(client=grant.client, given_by=grant.user, name="Henri Fontaine", is_revoked=True)
    return {"gaby": person.user, "henri": former.user, "person": person}


def import_run_of(agency):
    """What Diane may read of the data that came in."""
    moment = timezone.now()
    return ImportRun.objects.create(agency=agency, state="applied", digest="0" * 64, started_at=moment, ended_at=moment)


def freeze_of(agency):
    """What Diane may decide."""
    client = ClientFactory(agency=agency, first_name="Bob")
    return AccessFreeze.objects.create(agency=agency, client=client, trigger="access_opened", frozen_at=timezone.now())


def notice_of(agency):
    """What Diane may post."""
    client = ClientFactory(agency=agency, first_name="Bob")
    return PaperNotice.objects.create(
        agency=agency,
        client=client,
        subject="access_opened",
        masked_email="b•••b@exemple.fr",
        happened_at=timezone.now(),
    )


def passkey_of(user):
    """What Alice's telephone opens."""
    kept = {"rp_id": "testserver", "credential_id": "AAAA", "public_key": "AAAA", "added_at": timezone.now()}
    return Passkey.objects.create(agency=user.agency, user=user, name="Téléphone", **kept)


def message_of(grant):
    """What Alice wrote to the cabinet, with a file."""
    thread = ThreadFactory(client=grant.client)
    paper = Paper(
        agency=grant.client.agency,
        kind="sent_by_client",
        title="Attestation",
        dated_on=dt.date(2026, 11, 23),
        audience="account",
        client=grant.client,
    )
    attachment = publish(paper, content=b"%PDF-1.7 made by Parvis", by=("user", ""), is_ours=True)
    return MessageFactory(thread=thread, author=grant.user, attachment=attachment)


def absence_of(agency):
    """Whose return Diane may note."""
    day = paris_day(timezone.now())
    return StaffMemberFactory(agency=agency).absences.create(agency=agency, starts_on=day, ends_on=day)


def refused_mail_of(agency):
    """What Diane may send again."""
    return refused(queued(agency=agency))


def council_of(client, lot):
    """Alice sits on the council of her building, where the agency is the syndic; she asked about an expense."""
    CouncilSeat.objects.create(agency=lot.agency, building=lot.building, client=client, starts_on=dt.date(2024, 1, 1))
    expense = ExpenseFactory(fiscal_year__building=lot.building)
    return {"expense": expense, "question": ExpenseQuestionFactory(expense=expense, asked_by=client)}


def call_of(client):
    """What the syndicat of Alice's other building asks of her, after a closed exercise."""
    syndicat = Syndicat(client)
    syndicat.approved(2024, spent_cents=100)
    return syndicat.quarter(syndicat.year(2026), 1)


def stranger_of(agency):
    """A client of that agency, with a home and an account of their own."""
    grant = GrantFactory(client=ClientFactory(agency=agency, first_name="Charlie", last_name="Perrin"))
    things_of(grant.client)
    return grant.user


def former_owner_of(lot):
    """Whoever sold that lot yesterday, and left the council with it."""
    grant = GrantFactory(client=ClientFactory(agency=lot.agency, first_name="Frank", last_name="Moreau"))
    yesterday = paris_day(timezone.now()) - dt.timedelta(days=1)
    past = {"client": grant.client, "starts_on": dt.date(2019, 1, 1), "ends_on": yesterday}
    OwnershipFactory(lot=lot, **past)
    CouncilSeat.objects.create(agency=lot.agency, building=lot.building, **past)
    return grant.user


def things_of(client: Client):
    """One of each thing that a client may see."""
    lot = LotFactory(building__agency=client.agency)
    OwnershipFactory(client=client, lot=lot)
    account = AccountFactory(client=client)
    EntryFactory(account=account)
    return {
        "lot": lot,
        "account": account,
        "intervention": InterventionFactory(building=lot.building),
        "announcement": AnnouncementFactory(building=lot.building),
        "application": RentalApplicationFactory(applicant=client),
        "document": (document := published(client=client)),
        "archive": archive_of(document),
    }
