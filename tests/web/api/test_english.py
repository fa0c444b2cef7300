"""Every refusal that the domain says in French to a program is told in English too."""

import ast

import pytest

from parvis.documents import examiner
from parvis.documents.actions import storing
from parvis.documents.actions.publishing import OfAnotherAgency
from parvis.documents.models import Document
from parvis.exchange.actions.checks import RULES
from parvis.exchange.actions.papers.importing import NO_FILE
from parvis.exchange.actions.papers.parcels import TOO_LARGE
from parvis.exchange.actions.papers.rows import EMPLOYMENT
from parvis.kit.typography import typographic
from parvis.web.api.english import OTHERWISE, english_of
from tests.guards.tree import ROOT

SENT = ("clients", "entries", "interventions")
# Where a refusal may be raised, and as what.
RAISED = {
    "parvis/exchange/rules/cells.py": "CellFault",
    "parvis/exchange/actions/loading.py": "CellFault",
    "parvis/exchange/rules/outside.py": "ForbiddenAddress",
    "parvis/exchange/actions/webhooks.py": "WebhookRefused",
    "parvis/documents/examination.py": "Refused",
    "parvis/documents/examiner.py": "FileRefused",
    "parvis/documents/actions/publishing.py": "PublicationRefused",
}
OF_FORMER_PASSWORDS = "Cette empreinte de mot de passe"  # never sent by a program


def sentence(node):
    """The text of a literal; 7 stands for what it takes in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(sentence(part) or "7" for part in node.values)
    return ""


def raised():
    for path, name in RAISED.items():
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield sentence(node.args[0])


def told():
    yield from (rule.reason for table in SENT for rule in RULES[table])
    yield from (text for text in raised() if text and not text.startswith(OF_FORMER_PASSWORDS))
    yield from (
        str(constraint.violation_error_message)
        for constraint in Document._meta.constraints
        if constraint.violation_error_message != constraint.default_violation_error_message
    )
    yield from (EMPLOYMENT, NO_FILE, TOO_LARGE, storing.INFECTED, OfAnotherAgency.message)


@pytest.mark.parametrize("french", sorted(set(told())))
def test_each_has_its_english_sentence(french):
    english = english_of(typographic(french))

    assert english != OTHERWISE
    assert "\\" not in english


def test_what_the_french_sentence_names_is_named_in_english():
    assert english_of("Le nombre est hors des limites\u00a0: de 1 à 32767.") == (
        "The number is out of bounds: from 1 to 32767."
    )


def test_a_file_too_large_is_told_by_its_limit():
    assert english_of(f"Ce fichier pèse plus de {examiner.LARGEST_BYTES // 1024**2}\u00a0Mo.").endswith("100 MB.")
