"""« Recevoir par courriel ou par courrier »: what the client receives, the law beside it, the dated log."""

import datetime as dt

from parvis.kit.french_dates import long_date
from parvis.people.delivery import channels_of
from parvis.people.models import DeliveryChoice
from tests.factories import TenancyFactory


def page_of(browser, client):
    return browser.get(f"/profil/{client.public_id}/envois/").content.decode()


def choose(browser, client, **wanted):
    return browser.post(f"/profil/{client.public_id}/envois/", wanted, follow=True).content.decode()


def test_owner_chooses_for_calls_and_convocations_and_reads_the_right_to_post(signed_in, alice, home):
    page = page_of(signed_in, alice)

    assert "Appels de fonds" in page
    assert "Convocations et procès-verbaux d’assemblée" in page
    assert "Quittances de loyer" not in page
    assert "article 42-1" in page
    assert "Ici, votre demande prend effet le lendemain du huitième jour" in page


def test_demand_for_post_says_from_when_it_counts(signed_in, alice, home, today):
    page = choose(signed_in, alice, calls="post", meetings="email")

    effect = long_date(today + dt.timedelta(days=9))
    assert "Votre choix est enregistré." in page
    assert f'par courrier à partir du <time datetime="{(today + dt.timedelta(days=9)).isoformat()}">{effect}' in page
    assert [(row.kind, row.channel) for row in DeliveryChoice.objects.all()] == [("calls", "post")]


def test_post_that_was_taken_back_is_neither_announced_nor_ticked(signed_in, alice, home):
    choose(signed_in, alice, calls="post", meetings="email")
    page = choose(signed_in, alice, calls="email", meetings="email")

    assert "par courrier à partir du" not in page[: page.index("Vos choix")]
    assert 'value="post" checked' not in " ".join(page.split())


def test_log_keeps_each_choice(signed_in, alice, home):
    choose(signed_in, alice, calls="post", meetings="email")
    page = choose(signed_in, alice, calls="email", meetings="email")

    log = page[page.index("Vos choix") :]
    assert log.index("Appels de fonds\u00a0: courriel") < log.index("Appels de fonds\u00a0: courrier")


def test_tenant_agrees_to_receipts_by_courriel_and_takes_it_back(signed_in, alice, today):
    TenancyFactory(client=alice)

    choose(signed_in, alice, receipts="email")
    agreed = channels_of([alice.pk], kind=DeliveryChoice.Kind.RECEIPTS, day=today)
    choose(signed_in, alice, receipts="post")
    taken_back = channels_of([alice.pk], kind=DeliveryChoice.Kind.RECEIPTS, day=today)

    assert (agreed[alice.pk], taken_back[alice.pk]) == ("email", "post")


def test_means_that_does_not_exist_changes_nothing(signed_in, alice, home):
    page = choose(signed_in, alice, calls="pigeon", meetings="email")

    assert "Erreur" in page
    assert not DeliveryChoice.objects.exists()


def test_client_who_holds_nothing_has_nothing_to_choose(signed_in, alice):
    assert "Aucun choix à faire aujourd’hui" in page_of(signed_in, alice)
