"""What several addresses of the interface take and answer."""

from typing import Annotated

from ninja import Path, Query, Schema
from pydantic import ConfigDict, Field

from parvis.exchange.actions.report import Report
from parvis.kit.identifiers import PUBLIC_ID_LENGTH
from parvis.web.api.problems import Detail, Problem

# Never a sign that a database or an address could not hold.
PLAIN = r"^[^\x00-\x1f\x7f-\x9f]+$"
PUBLIC_ID = rf"^[a-z2-7]{{{PUBLIC_ID_LENGTH}}}$"
PublicId = Annotated[str, Path(pattern=PUBLIC_ID, description="Identifiant public, donné par Parvis.")]
AfterId = Annotated[
    str,
    Query(
        pattern=rf"^([a-z2-7]{{{PUBLIC_ID_LENGTH}}})?$",
        description="Où reprendre : « next » de la page précédente. Vide : au début.",
    ),
]
Cursor = Annotated[
    str,
    Query(
        pattern=r"^[A-Za-z0-9_-]{0,40}$",
        description="Où reprendre : le curseur de la réponse précédente. Vide : depuis le début.",
    ),
]
Limit = Annotated[int, Query(ge=1, le=200, description="Nombre d’éléments voulus, 200 au plus.")]


class Written(Schema):
    """Ce que l’envoi a changé."""

    read: int = Field(description="Lignes lues.")
    created: int = Field(description="Lignes créées.")
    changed: int = Field(description="Lignes modifiées.")
    unchanged: int = Field(description="Lignes que Parvis savait déjà.")


class Body(Schema):
    """What a program sends; a field that is not described is refused."""

    model_config = ConfigDict(extra="forbid")


def written(report: Report) -> Written:
    return Written(read=report.read, created=report.created, changed=report.changed, unchanged=report.unchanged)


def wrong_cursor(name: str, *, where: str) -> Problem:
    """A cursor that is none of ours."""
    return Problem(
        "refused",
        errors=[
            Detail(
                where=where,
                pointer=f"/{name}",
                english="This is no cursor of this address.",
                french="Ce n’est pas un curseur de cette adresse.",
            )
        ],
    )
