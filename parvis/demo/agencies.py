"""The two agencies of the demonstration, and who works there. They are invented."""

from dataclasses import dataclass

from parvis.demo.ways import WAYS

TILLEULS, MOULIN = "tilleuls", "moulin"
DESK_ALONE = frozenset({"administrator", "assistant"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A member of the staff; `buildings` are those they look after, all of them when empty.

    Who runs the desk or helps there (`DESK_ALONE`) looks after none.
    """

    reference: str
    first_name: str
    last_name: str
    role: str
    duty: str
    phone: str
    civility: str = "madam"
    buildings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAgency:
    """What `agency.csv` says, and how many people the demonstration invents."""

    code: str
    slug: str
    name: str
    legal_name: str
    domain: str
    hue: int
    is_host_owner: bool
    phone: str
    emergency_phone: str
    weekly_hours: str
    street: str
    postal_code: str
    city: str
    first_reference: int
    applicants: int
    case_states: tuple[str, ...]
    staff: tuple[Colleague, ...]
    absent: str
    stand_in: str


AGENCIES = (
    DemoAgency(
        code=TILLEULS,
        slug="cabinet-des-tilleuls",
        name="Cabinet des Tilleuls",
        legal_name="Cabinet des Tilleuls, société imaginaire",
        domain="tilleuls.exemple.fr",
        hue=222,
        is_host_owner=True,
        phone="01 99 00 14 00",
        emergency_phone="01 99 00 14 99",
        weekly_hours="lundi-vendredi 09:00-12:00 14:00-18:00",
        street="3 rue des Tilleuls",
        postal_code="93140",
        city="Bondy",
        first_reference=10_420_000,
        applicants=16,
        case_states=tuple(WAYS) * 2,
        staff=(
            Colleague(
                reference="EH",
                first_name="Élise",
                last_name="Hamon",
                role="manager",
                duty="Responsable d’immeuble",
                phone="01 99 00 14 11",
                buildings=("001", "002", "003", "004", "005", "006"),
            ),
            Colleague(
                reference="KB",
                first_name="Karim",
                last_name="Benali",
                role="manager",
                duty="Responsable d’immeuble",
                phone="01 99 00 14 12",
                civility="sir",
                buildings=("007", "008", "009", "010", "011", "012"),
            ),
            Colleague(
                reference="SD",
                first_name="Sandrine",
                last_name="Dumas",
                role="rental_manager",
                duty="Gestionnaire locatif",
                phone="01 99 00 14 21",
            ),
            Colleague(
                reference="MP",
                first_name="Michel",
                last_name="Poirier",
                role="accountant",
                duty="Comptable",
                phone="01 99 00 14 31",
                civility="sir",
            ),
            Colleague(
                reference="AC",
                first_name="Aminata",
                last_name="Coulibaly",
                role="caretaker",
                duty="Gardienne",
                phone="06 39 98 14 41",
                buildings=("001",),
            ),
            Colleague(
                reference="NG",
                first_name="Nadia",
                last_name="Gauthier",
                role="administrator",
                duty="Administratrice",
                phone="01 99 00 14 51",
            ),
            Colleague(
                reference="LB",
                first_name="Léo",
                last_name="Bastien",
                role="assistant",
                duty="Assistant",
                phone="01 99 00 14 61",
                civility="sir",
            ),
        ),
        absent="EH",
        stand_in="KB",
    ),
    DemoAgency(
        code=MOULIN,
        slug="agence-du-vieux-moulin",
        name="Agence du Vieux Moulin",
        legal_name="Agence du Vieux Moulin, société imaginaire",
        domain="moulin.exemple.fr",
        hue=150,
        is_host_owner=False,
        phone="01 99 00 62 00",
        emergency_phone="01 99 00 62 99",
        weekly_hours="lundi-vendredi 09:00-12:00 14:00-18:00",
        street="9 place du Marché",
        postal_code="69100",
        city="Villeurbanne",
        first_reference=20_810_000,
        applicants=1,
        case_states=("acknowledged", "scheduled", "closed"),
        staff=(
            Colleague(
                reference="JV",
                first_name="Juliette",
                last_name="Vasseur",
                role="manager",
                duty="Responsable d’immeuble",
                phone="01 99 00 62 11",
            ),
        ),
        absent="JV",
        stand_in="",
    ),
)
