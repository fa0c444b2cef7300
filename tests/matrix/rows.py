"""How one line of the access matrix is written.

ROWS = [
    everyone("health-alive"),
    signed_in("client:home"),
    row("entrance:provisional", anonymous=200, alice=302, charlie=302, erin=302, diane=302),
]

Diane is administrator; Hector is accountant; Gaston is caretaker of Alice's building; Inès manages another building
and sees that one alone; Odile is administrator of the other agency.
Diane with her password alone (« unproven ») is led away from every page that needs a login: nobody needs to say so.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.matrix.cast import Cast
from tests.matrix.viewers import STAFF

VIEWERS = ("anonymous", "alice", "charlie", "frank", "gaby", "henri", "erin", *STAFF, "unproven")
LED_AWAY = 302
Arguments = Callable[[Cast], dict[str, object]]


def no_arguments(_cast: Cast) -> dict[str, object]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Row:
    """What each kind of viewer is answered when they ask for an address with `method`."""

    name: str
    answers: dict[str, int]
    arguments: Arguments = no_arguments
    method: str = "GET"


def row(name: str, arguments: Arguments = no_arguments, *, method: str = "GET", **answers: int) -> Row:
    """A line in full: one status for each viewer.

    Unless the row says another: « unproven » meets the gate; Frank, who owned Alice's lot and sat on its council until
    yesterday, is answered as any other client of the agency; Gaby, of Alice's household, as Alice on the pages of
    clients and as any other client elsewhere; Henri, who was of it until Alice took it back, is a visitor; whoever
    else works at an agency is answered as Diane (`staff.staff_page` says otherwise).
    """
    gaby = answers["alice" if name.startswith("client:") else "charlie"]
    others = dict.fromkeys(STAFF, answers["diane"])
    others |= {"frank": answers["charlie"], "gaby": gaby, "henri": answers["anonymous"]}
    answers = {"unproven": LED_AWAY, **others, **answers}
    assert set(answers) == set(VIEWERS), f"{name}: one answer each for {', '.join(VIEWERS)}"
    return Row(name=name, answers=answers, arguments=arguments, method=method)


def everyone(name: str, arguments: Arguments = no_arguments, *, method: str = "GET", status: int = 200) -> Row:
    """The same answer to all, signed in or not."""
    return Row(name=name, answers=dict.fromkeys(VIEWERS, status), arguments=arguments, method=method)


def signed_in(name: str, arguments: Arguments = no_arguments, *, method: str = "GET", status: int = 200) -> Row:
    """Anybody with a login, each for their own; a visitor is sent to the sign-in page."""
    answers = {**dict.fromkeys(VIEWERS, status), "anonymous": 302, "henri": 302, "unproven": LED_AWAY}
    return Row(name=name, answers=answers, arguments=arguments, method=method)
