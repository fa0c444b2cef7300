"""What a client does about a case: write, confirm, reopen, cancel, rate; and what neighbours never may."""

import datetime as dt

import icalendar
import pytest
from django.utils import timezone

from parvis.interventions.actions import approvals, drafts, messages, moves, orders, photos, reports
from parvis.interventions.actions.actors import Actor
from parvis.interventions.models import Audience, CaseMessage, Intervention, Opinion, Quote, Rating, ReportDraft, Slot
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.identifiers import new_public_id
from parvis.people.models import StaffAbsence
from parvis.property.models import CouncilSeat, ManagementMandate
from tests.factories import (
    ClientFactory,
    GrantFactory,
    InterventionFactory,
    LotFactory,
    OwnershipFactory,
    StaffMemberFactory,
)
from tests.interventions.cast import declared, erin_of, plumber_of, report
from tests.web.client.interventions.test_declare import jpeg

NO_LONGER = "Ce dossier a changé entre-temps"


@pytest.fixture
def neighbour(client, home):
    """Somebody who owns another lot of the building."""
    grant = GrantFactory(client=ClientFactory(agency=home.agency, first_name="Bob"))
    OwnershipFactory(client=grant.client, lot=LotFactory(building=home.building))
    return grant


def path_of(case, word=""):
    return f"/interventions/{case.public_id}/{word}"


def shown(visitor, path):
    response = visitor.get(path, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def mended(case, by, agency):
    """Ordered, begun, done."""
    ordered = moves.order(intervention=case, supplier=plumber_of(agency), by=by, version=case.version)
    return moves.finish(intervention=ordered, by=by, version=ordered.version)


def closed(case, erin, me):
    done = mended(case, erin, case.agency)
    return moves.confirm_solved(intervention=done, by=me, version=done.version)


def ago(case, days):
    """The same case, ended that many days ago."""
    past = timezone.now() - dt.timedelta(days=days)
    day = paris_day(timezone.now()) - dt.timedelta(days=days)
    Intervention.objects.filter(pk=case.pk).update(reported_on=day, ended_at=past, closed_on=day)


def test_the_page_says_who_did_what_when_and_what_comes_next(signed_in, case):
    page = shown(signed_in, path_of(case))

    assert "Erin Hamon choisit l’entreprise" in page
    assert "Demande prise en charge" in page
    assert "par Erin Hamon" in page
    assert "par vous" in page
    assert "L’évier fuit depuis hier." in page
    assert f"N°\u00a0{case.number}" in page


def test_whoever_takes_it_up_follows_it_and_who_is_away_is_not_promised(signed_in, me, home, erin, today):
    karim = StaffMemberFactory(agency=home.agency, first_name="Karim", last_name="Benali")
    times = {"starts_on": today, "ends_on": today}
    StaffAbsence.objects.create(agency=home.agency, staff_member=erin.member, replacement=karim, **times)
    made = declared(home, me)

    before = shown(signed_in, path_of(made))
    moves.acknowledge(intervention=made, by=Actor.of_staff(karim), version=made.version)
    StaffAbsence.objects.all().delete()

    assert "Karim Benali vous répond avant le" in before
    assert "Erin Hamon" not in before
    assert "Karim Benali choisit l’entreprise" in shown(signed_in, path_of(made))


def test_waiting_says_why_and_until_when(signed_in, case, erin, today):
    until = today + dt.timedelta(days=5)
    moves.hold(intervention=case, by=erin, version=case.version, reason="Pièce commandée", until=until)

    page = shown(signed_in, path_of(case))

    assert page.count("Pièce commandée") >= 2
    assert "Reprise le" in page


def test_appointment_goes_into_an_agenda(signed_in, case, erin, home):
    ordered = moves.order(intervention=case, supplier=plumber_of(home.agency), by=erin, version=case.version)
    begins = (database_now() + dt.timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
    ends = begins + dt.timedelta(hours=2)
    moves.schedule(intervention=ordered, by=erin, version=ordered.version, begins_at=begins, ends_at=ends)

    answer = signed_in.get(path_of(case, "agenda/"))

    event = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert (event["dtstart"].dt, event["dtend"].dt) == (begins, ends)
    assert "Plomberie Martel" in event["summary"]
    assert home.building.street in event["location"]
    assert "Ajouter à mon agenda" in shown(signed_in, path_of(case))


def test_case_without_an_appointment_has_nothing_for_an_agenda(signed_in, case):
    assert signed_in.get(path_of(case, "agenda/")).status_code == 404


def test_message_and_photo_are_added_once(signed_in, case):
    form = {"body": "L’eau coule encore.", "sending_key": new_public_id()}

    for _ in range(2):
        answer = signed_in.post(path_of(case, "message/"), form | {"photos": [jpeg()]}, follow=True)

    page = answer.content.decode()
    message = CaseMessage.objects.get()
    assert "Votre message est envoyé." in page
    assert "L’eau coule encore." in page
    assert "/vignette/" in page
    assert (message.audience, message.photos.count()) == (Audience.REPORTER, 1)


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"body": " "}, "Écrivez votre message, ou ajoutez une photo."),
        ({"body": "a" * 4_001}, "Votre texte est trop long"),
    ],
)
def test_wrong_message_is_said(signed_in, case, form, error):
    page = signed_in.post(path_of(case, "message/"), form | {"sending_key": new_public_id()}).content.decode()

    assert error in page
    assert not CaseMessage.objects.exists()


def test_neighbour_follows_the_common_parts_without_a_name_a_word_or_a_photo(client, alice, me, home, erin, neighbour):
    case = reports.declare(
        report=report(home, client=alice, is_common=True, description="Mon code est le 1234."), by=me
    )
    picture = photos.Picture(kept=photos.keep(name="a.jpg", content=jpeg().read()))
    writing = messages.Writing(text="Je suis absente.", sending_key=new_public_id(), pictures=[picture])
    messages.write(intervention=case, writing=writing, by=me)
    moves.cancel(intervention=case, by=me, version=case.version, reason="Alice s’est trompée")
    client.force_login(neighbour.user)

    page = shown(client, path_of(case))

    assert "Annulée" in page
    for private in ("1234", "absente", "vignette", "trompée", alice.last_name, "Que voulez-vous faire"):
        assert private not in page
    photo = case.photos.get()
    assert client.get(f"/interventions/photos/{photo.public_id}/fichier/").status_code == 404


def test_photo_says_enough(signed_in, case):
    path = path_of(case, "message/")

    empty = signed_in.post(path, {"body": "", "sending_key": new_public_id()}).content.decode()
    signed_in.post(path, {"body": "", "sending_key": new_public_id(), "photos": [jpeg()]})

    assert "Écrivez votre message, ou ajoutez une photo." in empty
    assert CaseMessage.objects.get().photos.count() == 1


@pytest.mark.parametrize("word", ["message/", "resolu/", "rouvrir/", "annuler/", "avis/", "creneau/"])
@pytest.mark.usefixtures("erin")
def test_neighbour_may_look_and_no_more(client, alice, me, home, neighbour, word):
    case = reports.declare(report=report(home, client=alice, is_common=True), by=me)
    client.force_login(neighbour.user)

    assert client.get(path_of(case)).status_code == 200
    assert client.get(path_of(case, word)).status_code == 403
    assert client.post(path_of(case, word), {"version": case.version, "reason": "x", "body": "x"}).status_code == 403
    assert Intervention.objects.get().version == case.version


def test_client_confirms_what_is_mended(signed_in, case, erin, home):
    done = mended(case, erin, home.agency)

    strong = shown(signed_in, path_of(case)).split('class="strong-card')[1].split("</section>")[0]
    page = shown(signed_in, path_of(case, "resolu/"))
    answer = signed_in.post(path_of(case, "resolu/"), {"version": done.version}, follow=True)

    assert path_of(case, "resolu/") in strong
    assert path_of(case, "rouvrir/") in strong
    assert "Confirmer que le problème est résolu\u202f?" in page
    assert "Merci. L’intervention est terminée." in answer.content.decode()
    assert Intervention.objects.get().state == "closed"


def test_what_is_not_mended_cannot_be_confirmed(signed_in, case):
    assert NO_LONGER in shown(signed_in, path_of(case, "resolu/"))

    signed_in.post(path_of(case, "resolu/"), {"version": case.version})

    assert Intervention.objects.get().state == "acknowledged"


def test_change_made_meanwhile_is_said_and_what_was_typed_may_be_sent_again(signed_in, alice, me, home):
    case = declared(home, me)
    erin = erin_of(home.building)
    stale = {"version": case.version, "reason": "Je me suis trompée."}
    moves.acknowledge(intervention=case, by=erin, version=case.version)

    page = signed_in.post(path_of(case, "annuler/"), stale).content.decode()

    assert "Ce dossier a changé entre-temps" in page
    assert "Je me suis trompée." in page
    assert Intervention.objects.get().state == "acknowledged"


def test_client_cancels_what_nobody_has_taken_up(signed_in, me, home):
    case = declared(home, me)

    signed_in.post(path_of(case, "annuler/"), {"version": case.version, "reason": "C’est réparé."})

    assert Intervention.objects.get().state == "cancelled"


def test_closed_case_is_reopened_within_thirty_days(signed_in, case, erin, me):
    ended = closed(case, erin, me)

    page = shown(signed_in, path_of(case))
    signed_in.post(path_of(case, "rouvrir/"), {"version": ended.version, "reason": "L’eau revient."})

    assert "Cette intervention est terminée depuis le" in page
    assert "Rouvrir l’intervention" in page
    assert Intervention.objects.get().reopened_count == 1
    assert "Rouverte" in shown(signed_in, path_of(case))


def test_after_thirty_days_it_is_declared_again_with_the_same_answers(signed_in, case, erin, me, home):
    ago(closed(case, erin, me), days=31)

    page = shown(signed_in, path_of(case))
    where = signed_in.post(path_of(case, "a-nouveau/"), follow=True)

    assert "Rouvrir l’intervention" not in page
    assert "Déclarer à nouveau" in page
    assert where.redirect_chain == [("/interventions/declarer/ou/", 302)]
    assert where.context["form"].initial["spot"] == f"lot-{home.public_id}"
    assert signed_in.get("/interventions/declarer/description/").context["form"].initial["description"] == (
        case.description
    )


def test_case_that_may_be_reopened_is_not_declared_again(signed_in, case, erin, me):
    closed(case, erin, me)

    assert NO_LONGER in signed_in.post(path_of(case, "a-nouveau/"), follow=True).content.decode()
    assert not ReportDraft.objects.exists()


def test_declaring_again_keeps_what_was_being_written(signed_in, alice, case, erin, me):
    ago(closed(case, erin, me), days=31)
    drafts.keep_answers(user=me.user, answers={"description": "La porte grince."})

    page = signed_in.post(path_of(case, "a-nouveau/"), follow=True).content.decode()

    assert "Vous avez déjà commencé une déclaration" in page
    assert "Reprendre ma déclaration" in page
    assert ReportDraft.objects.get().answers == {"description": "La porte grince."}


def test_declaring_again_pressed_twice_is_one_declaration(signed_in, case, erin, me):
    ago(closed(case, erin, me), days=31)

    chains = [signed_in.post(path_of(case, "a-nouveau/"), follow=True).redirect_chain for _ in range(2)]

    assert chains == [[("/interventions/declarer/ou/", 302)]] * 2


def test_opinion_is_given_once_in_words(signed_in, case, erin, me):
    closed(case, erin, me)

    asked = shown(signed_in, path_of(case))
    assert "Très satisfait" in shown(signed_in, path_of(case, "avis/"))
    answer = signed_in.post(path_of(case, "avis/"), {"choice": "very", "comment": "Rapide."}, follow=True)

    assert "Donner mon avis" in asked
    assert "Merci, votre avis est transmis." in answer.content.decode()
    assert "Donner mon avis" not in answer.content.decode()
    assert "Vous avez déjà donné votre avis." in signed_in.get(path_of(case, "avis/"), follow=True).content.decode()
    assert Rating.objects.get().comment == "Rapide."


def test_client_chooses_one_of_the_times_of_the_firm(signed_in, case, erin, home):
    order = orders.send(
        intervention=case, supplier=plumber_of(home.agency), text="Réparer.", by=erin, version=case.version
    )
    begins = database_now() + dt.timedelta(days=2)
    proposed = {"proposed_by": "supplier", "proposed_at": database_now()}
    slot = Slot.objects.create(order=order, begins_at=begins, ends_at=begins + dt.timedelta(hours=2), **proposed)
    version = Intervention.objects.get().version

    page = shown(signed_in, path_of(case))
    assert "L’entreprise voit vos photos." in shown(signed_in, path_of(case, "message/"))
    assert "Choisir ce rendez-vous" in shown(signed_in, path_of(case, "creneau/"))
    signed_in.post(path_of(case, "creneau/"), {"slot": slot.public_id, "version": version})

    assert "Choisissez le rendez-vous" in page
    assert "Ordre de service" in page
    assert Intervention.objects.get().state == "scheduled"
    assert "Ajouter à mon agenda" in shown(signed_in, path_of(case))
    late = signed_in.post(path_of(case, "creneau/"), {"slot": slot.public_id, "version": version}, follow=True)
    assert NO_LONGER in late.content.decode()
    assert late.redirect_chain[-1][0] == path_of(case)


def quote_of(case, approver):
    return Quote.objects.create(
        agency=case.agency,
        intervention=case,
        supplier_name="Plomberie Martel",
        amount_cents=48_000,
        approver=approver,
        asked_at=timezone.now(),
    )


def awaiting(case, erin):
    asked = moves.request_quote(intervention=case, by=erin, version=case.version)
    return moves.await_approval(intervention=asked, by=erin, version=asked.version)


def test_landlord_answers_a_quote_and_says_why(signed_in, alice, case, erin, home, today):
    ManagementMandate.objects.create(agency=home.agency, client=alice, lot=home, number="M1", starts_on=today)
    quote = quote_of(awaiting(case, erin), "landlord")
    path = f"/interventions/devis/{quote.public_id}/"

    page = shown(signed_in, path)
    refused = signed_in.post(path, {"decision": "refused"}).content.decode()
    signed_in.post(path, {"decision": "refused", "reason": "Trop cher."})

    quote.refresh_from_db()
    assert "Acceptez-vous ce devis\u202f?" in page
    assert "480,00\u202f€" in page
    assert "Dites pourquoi, en quelques mots." in refused
    assert (quote.decision, quote.reason) == ("refused", "Trop cher.")
    assert "Trop cher." in shown(signed_in, path)


def test_member_of_the_council_gives_an_opinion_on_a_quote_for_the_common_parts(signed_in, alice, home, today):
    CouncilSeat.objects.create(agency=home.agency, building=home.building, client=alice, starts_on=today)
    quote = quote_of(InterventionFactory(building=home.building, state="awaiting_approval"), "council")
    path = f"/interventions/devis/{quote.public_id}/"

    signed_in.post(path, {"choice": "favourable", "comment": "Nécessaire."})

    assert Opinion.objects.get().choice == "favourable"
    page = shown(signed_in, path)
    assert alice.full_name in page
    assert "Nécessaire." in page


def test_tenant_never_sees_the_quote_put_to_the_landlord(signed_in, case, erin, home):
    stranger = quote_of(InterventionFactory(building=LotFactory().building), "landlord")

    assert signed_in.get(f"/interventions/devis/{stranger.public_id}/").status_code == 404
    with pytest.raises(approvals.NotAsked):
        approvals.decide(quote=stranger, decision="accepted", by=erin)
