"""The mail of an answer to the council: whole, so that nobody has to sign in to read it."""

from parvis.compliance.models import QuestionMessage
from parvis.mail import frame
from parvis.notices.emails import Told, link_to
from parvis.threads.rules import paragraphs


def answered(message: QuestionMessage, *, target: tuple[str, str] | None) -> Told:
    """`target` leads to the line of the accounts, while it is in the books."""
    question = message.question
    button = [frame.Button(label="Voir la dépense", url=link_to(question.agency, target))] if target else []
    return Told(
        subject="Réponse de votre agence au conseil syndical",
        preview=f"Votre question sur la dépense « {question.label} ».",
        parts=[
            f"{message.staff_member} répond à votre question sur la dépense « {question.label} » :",
            *paragraphs(message.body),
            *button,
        ],
    )
