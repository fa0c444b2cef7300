"""What a client does to declare a problem, one page after the other; and what the agency does of it meanwhile."""

import textwrap

from playwright.sync_api import expect

from parvis.kit.identifiers import new_public_id

AS_THE_AGENCY = """
from parvis.interventions.actions import answers, moves, orders, quotes, reports
from parvis.interventions.actions.actors import Actor
from parvis.interventions.models import Intervention, Quote, Supplier, WorkOrder
from parvis.interventions.rules.orders import windows_offered
from parvis.kit.clock import database_now
from parvis.kit.identifiers import new_public_id
from parvis.people.models import StaffMember, User
from parvis.property.models import CouncilSeat, ManagementMandate
"""

ORDERS_WITH_TIMES = """
    case = Intervention.objects.get(number="{number}")
    by = Actor.of_staff(case.assigned_to or StaffMember.objects.filter(agency=case.agency).first())
    case = moves.acknowledge(intervention=case, by=by, version=case.version)
    firm = Supplier.objects.filter(agency=case.agency).exclude(email="").first()
    order = orders.send(intervention=case, supplier=firm, text="Réparer.", by=by, version=case.version)
    windows = list(windows_offered(database_now(), postal_code=case.building.postal_code))[:3]
    answers.offer(order=order, windows=windows)
"""
FINISHES = """
    case = Intervention.objects.get(number="{number}")
    answers.finish(order=case.orders.get(), text="Le joint est changé.")
"""
ENDS = """
    case = Intervention.objects.get(number="{number}")
    by = Actor.of_staff(case.assigned_to)
    moves.reject(intervention=case, by=by, version=case.version, reason="Fin de l’essai.")
"""
QUOTE = """
    client = User.objects.get(email="{email}").grants.first().client
    held = {held}.objects.filter(client=client).order_by("pk").first()
    lot = {lot}
    member = StaffMember.objects.filter(agency=client.agency).first()
    report = reports.Report(
        building=lot.building if lot else held.building, lot=lot, client=None, category="roof", title="{title}",
        sending_key=new_public_id(),
    )
    by = Actor.of_staff(member)
    case = reports.declare(report=report, by=by)
    case = moves.acknowledge(intervention=case, by=by, version=case.version)
    case = moves.request_quote(intervention=case, by=by, version=case.version)
    firm = Supplier.objects.filter(agency=client.agency).first()
    price = quotes.Price(supplier=firm, amount_cents=48000, label="Reprise de l’étanchéité", approver="{approver}")
    quotes.attach(intervention=case, price=price, by=by, version=case.version)
"""


def starts(person):
    """From the Accueil to the first question; what was begun before is left."""
    person.follows("Interventions")
    person.follows("Déclarer un problème")
    person.is_on("Est-ce une urgence\u202f?")
    if person.button("Effacer et recommencer").count():
        person.presses("Effacer et recommencer")


def says_where_and_what(person, category="Porte et serrure", *, look=None):
    person.presses("Ce n’est pas une urgence")
    person.is_on("Où est le problème\u202f?")
    if look:
        look("2-ou")
    person.page.locator("input[name=spot]").first.check()
    person.page.locator("input[name=place]").fill("Cuisine, sous l’évier")
    person.presses("Continuer")
    person.is_on("De quoi s’agit-il\u202f?")
    if look:
        look("3-quoi")
    person.page.get_by_label(category, exact=True).check()
    person.presses("Continuer")
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Décrivez le problème")


def declares(person, category):
    """In the fewest words; the number of the case."""
    starts(person)
    says_where_and_what(person, category)
    person.page.locator("textarea").fill("Depuis hier.")
    person.presses("Continuer")
    person.is_on("Quand peut-on venir\u202f?")
    person.presses("Continuer")
    person.presses("Envoyer ma déclaration")
    person.is_on("Votre déclaration est enregistrée")
    number = person.page.locator(".headline").inner_text().removeprefix("Numéro ").rstrip(".")
    person.follows("Suivre l’intervention")
    return number


def the_agency(demonstration, gestures):
    """Have the agency, or a firm, act on the running demonstration by the actions that their pages call."""
    demonstration.manage("shell", "-c", AS_THE_AGENCY + textwrap.dedent(gestures))


def put_to(approver, demonstration, letter):
    """A quote that waits for whoever holds the letter; the title of its case."""
    title = f"Toiture à reprendre, {new_public_id()[:6]}"
    held, lot = {"landlord": ("ManagementMandate", "held.lot"), "council": ("CouncilSeat", "None")}[approver]
    the_agency(demonstration, QUOTE.format(email=letter.email, held=held, lot=lot, approver=approver, title=title))
    return title
