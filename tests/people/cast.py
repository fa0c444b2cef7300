"""The cast of the tests of visibility: who looks."""

from django.test import Client as Browser

from parvis.people.actions.sessions import note_session
from parvis.people.models import Client, Proof, User, Viewer
from parvis.web.ui.staff_gate import KEY
from tests.factories import ClientFactory, GrantFactory


def viewer_of(client: Client) -> Viewer:
    """Open a login for that client and return it as a viewer."""
    grant = GrantFactory(client=client)
    return Viewer(user_id=grant.user_id, agency_id=client.agency_id)


def neighbour_of(client: Client) -> Viewer:
    """Charlie, client of the same agency: must see nothing of the others."""
    return viewer_of(ClientFactory(agency=client.agency, first_name="Charlie", last_name="Petit"))


def just_signed_in(browser: Browser, user: User) -> Browser:
    """Sign a person in as if they had just typed their password; returns the browser."""
    browser.force_login(user)
    key = str(browser.session.session_key)
    note_session(user=user, session_key=key, name="Firefox sur Linux", proof=Proof.PASSWORD)
    return browser


def staff_session(browser: Browser, user: User) -> Browser:
    """Sign a member of the staff in, their second proof shown; returns the browser."""
    just_signed_in(browser, user)
    session = browser.session
    session[KEY] = True
    session.save()
    return browser
