"""Whoever acts for a client is told, once, by the means they want."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from parvis.mail.models import OutboxMessage
from parvis.notices import actions, rules
from parvis.notices.actions import AlwaysSent, Said, choose, notify, notify_together
from parvis.notices.emails import Told, link_to
from parvis.notices.models import CHOSEN_KINDS, Notice, Preference
from parvis.people.models import Representation
from tests.factories import AgencyFactory, ClientFactory, GrantFactory
from tests.notices.factories import NoticeFactory

pytestmark = pytest.mark.django_db
TOLD = Told(subject="Un document est disponible", preview="Procès-verbal", parts=["Procès-verbal de 2026."])
BY = ("user", "")


@pytest.fixture
def grant():
    return GrantFactory(user__email="alice@exemple.fr")


def tell(client, **changes):
    facts = {"kind": Notice.Kind.DOCUMENT, "text": "Un document est disponible.", "written": TOLD, "key": "paper"}
    return notify(clients=[client], **(facts | changes))


def addresses():
    return sorted(OutboxMessage.objects.values_list("to_address", flat=True))


def test_the_login_of_the_client_is_told_and_written_to(grant):
    told = tell(grant.client, target=("document", "a" * 26))

    notice = Notice.objects.get()
    assert (told, notice.user, notice.target_kind, notice.read_at) == (1, grant.user, "document", None)
    assert addresses() == ["alice@exemple.fr"]


def test_the_same_event_is_told_once(grant):
    tell(grant.client)

    assert tell(grant.client) == 0
    assert Notice.objects.count() == 1
    assert len(addresses()) == 1


def test_an_event_without_key_is_another_each_time(grant):
    tell(grant.client, key="")

    assert tell(grant.client, key="") == 1


def test_a_guardian_is_told_and_who_may_not_read_the_accounts_is_not(grant):
    for name, reads in (("tuteur", True), ("notaire", False)):
        other = GrantFactory(client=ClientFactory(agency=grant.client.agency), user__email=f"{name}@exemple.fr")
        Representation.objects.create(
            agency=grant.client.agency,
            client=grant.client,
            representative=other.client,
            role="guardian",
            may_read_accounts=reads,
            starts_on=dt.date(2020, 1, 1),
        )

    tell(grant.client)

    assert addresses() == ["alice@exemple.fr", "tuteur@exemple.fr"]


def test_who_lost_the_access_is_not_told(grant):
    grant.ended_at = timezone.now()
    grant.save(update_fields=["ended_at"])

    assert tell(grant.client) == 0


def test_who_left_a_kind_is_told_on_the_portal_alone(grant):
    choose(user=grant.user, kind=Notice.Kind.DOCUMENT, is_wanted=False, by=BY)

    tell(grant.client)
    tell(grant.client, kind=Notice.Kind.MESSAGE, key="other")

    assert Notice.objects.count() == 2
    assert [message.kind for message in OutboxMessage.objects.all()] == ["notice-message"]


def test_what_is_told_together_makes_one_mail_of_what_is_new(grant):
    said = [Said(text=f"Papier {number}.", target=("", ""), key=f"paper-{number}") for number in range(3)]
    asked = []

    def write(keys):
        asked.append(list(keys))
        return TOLD

    facts = {"user_id": grant.user_id, "greeting": "Madame Fontaine", "kind": "document", "write": write}
    notify_together(said=said[:1], **facts)
    notify_together(said=said, **facts)
    notify_together(said=said, **facts)

    assert asked == [["paper-0"], ["paper-1", "paper-2"]]
    assert len(addresses()) == 2


def test_security_and_law_cannot_be_left(grant):
    with pytest.raises(AlwaysSent):
        choose(user=grant.user, kind=Notice.Kind.ACCOUNT, is_wanted=False, by=BY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Preference.objects.create(
            user=grant.user, kind="account", channel="email", is_wanted=False, chosen_at=timezone.now()
        )


def test_security_is_sent_to_who_left_all_the_rest(grant):
    for kind in CHOSEN_KINDS:
        choose(user=grant.user, kind=kind, is_wanted=False, by=BY)

    tell(grant.client, kind=Notice.Kind.ACCOUNT)

    message = OutboxMessage.objects.get()
    assert message.unsubscribe_url == ""


def test_a_choice_made_again_changes_nothing(grant):
    choose(user=grant.user, kind="due", is_wanted=True, by=BY)
    assert not Preference.objects.exists()

    choose(user=grant.user, kind="due", is_wanted=False, by=BY)
    chosen = Preference.objects.get()
    choose(user=grant.user, kind="due", is_wanted=False, by=BY)

    assert Preference.objects.get().chosen_at == chosen.chosen_at


def test_old_notices_are_forgotten_read_ones_first():
    now = timezone.now()
    day = dt.timedelta(days=1)
    read = {"created_at": now - rules.READ_KEPT - 2 * day, "read_at": now - rules.READ_KEPT - day}
    NoticeFactory(**read)
    kept = [NoticeFactory(created_at=read["created_at"]), NoticeFactory(read_at=now + day)]
    NoticeFactory(created_at=now - rules.UNREAD_KEPT - day)

    assert actions.forget_old(now=now) == 2
    assert actions.forget_old(now=now) == 0
    assert set(Notice.objects.all()) == set(kept)


def test_the_link_of_a_mail_is_whole_on_its_line_whatever_the_host():
    near, far = AgencyFactory(host="a.fr"), AgencyFactory(host="espace-client.agence-du-vieux-moulin.exemple.fr")

    assert link_to(near, ("document", "a" * 26)).endswith(f"/vers/document/{'a' * 26}/")
    assert link_to(far, ("document", "a" * 26)) == far.link("/")
