"""Who works at the agency of the drill, and the firms it sends: `python -m tools.drill.cabinet` prints the staff.

Run with the product's own environment. Each member of the staff gets a password and the application of a telephone;
what they need to sign in is written as JSON.
"""

import json
import sys

import django

django.setup()

from parvis.agencies.models import Agency  # noqa: E402 -- the models need the set-up
from parvis.demo.arrivals import give_login  # noqa: E402
from parvis.demo.telephones import give_telephone, secret_of  # noqa: E402
from parvis.interventions.actions.directory import Firm, keep_supplier  # noqa: E402
from parvis.people.models import StaffMember  # noqa: E402
from tools.drill.population import FIRMS, STAFF, firm_email, staff_email, staff_password  # noqa: E402


def open_access(name: str) -> dict[str, str]:
    """An administrator, with everything that signs them in."""
    email, password = staff_email(name), staff_password(name)
    member = StaffMember.objects.create(
        agency=Agency.objects.get(),
        reference=name,
        last_name=name.capitalize(),
        role=StaffMember.Role.ADMINISTRATOR,
        email=email,
    )
    give_login(member, password=password)
    assert member.user is not None  # noqa: S101 -- the line above gave it
    give_telephone(member.user)
    return {"name": name, "email": email, "password": password, "secret": secret_of(email)}


def main() -> None:
    opened = [open_access(name) for name in STAFF]
    first = StaffMember.objects.get(reference=STAFF[0])
    for rank in range(FIRMS):
        keep_supplier(firm=Firm(name=f"Entreprise {rank}", email=firm_email(rank)), by=first)
    sys.stdout.write(json.dumps(opened))


if __name__ == "__main__":
    main()
