"""What the messages of people say in the same words."""

from parvis.agencies.models import Agency
from parvis.kit.typography import format_phone
from parvis.mail import frame
from parvis.people.models import Client, User

COPY_THE_LINK = (
    "Le lien ne fonctionne pas ? Copiez l’adresse ci-dessus (« Copier le lien hypertexte ») et collez-la dans "
    "Chrome, Firefox, Safari ou Edge."
)


def call_us(agency: Agency) -> str:
    return f"Ce n’est pas vous ? Appelez-nous tout de suite : {format_phone(agency.phone)}."


def not_you(agency: Agency, *, url: str) -> list[frame.Part]:
    """What to do when it was somebody else: the link that blocks the access, where this reader has one; the phone."""
    if not url:
        return [call_us(agency)]
    return [
        "Ce n’est pas vous ? Bloquez l’accès tout de suite, sans mot de passe :",
        frame.Link(label="Ce n’est pas moi", url=url),
        f"Vous pouvez aussi nous appeler : {format_phone(agency.phone)}.",
    ]


def access_closed(*, client: Client, parts: list[frame.Part]) -> frame.Written:
    """To the courriel of the login that does not open this client any more: `parts` say when, and who closed it."""
    return frame.write(
        agency=client.agency,
        subject="Votre accès en ligne est fermé",
        preview="Votre agence continue de vous écrire par courrier.",
        greeting=client.salutation,
        parts=[
            *parts,
            f"Pour un nouvel accès, demandez une lettre à votre agence : {format_phone(client.agency.phone)}.",
            call_us(client.agency),
        ],
    )


def name_of(user: User) -> str:
    """How a login is greeted: by the name of its first client, of the staff member, of the person of a household."""
    grant = user.grants.filter(ended_at=None).select_related("client").order_by("pk").first()
    if grant:
        return grant.client.salutation
    if hasattr(user, "staffmember"):
        return str(user.staffmember)
    access = user.household_accesses.filter(ended_at=None).order_by("pk").first()
    return access.name if access else user.agency.name
