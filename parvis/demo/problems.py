"""What breaks in the buildings of the demonstration, and who mends it."""

from dataclasses import dataclass

COMMON, PRIVATE = "common", "private"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that breaks, and who mends it."""

    title: str
    category: str
    place: str
    supplier: str
    description: str


PROBLEMS = {
    COMMON: (
        Problem(
            title="Ascenseur à l’arrêt",
            category="lift",
            place="Cage d’escalier",
            supplier="Ascenseurs Duval",
            description="La cabine reste bloquée au 2e étage, les portes ne s’ouvrent plus.",
        ),
        Problem(
            title="Fuite au plafond du parking",
            category="water",
            place="Sous-sol, près de la rampe",
            supplier="Plomberie du Canal",
            description="De l’eau coule le long du mur quand il pleut.",
        ),
        Problem(
            title="Éclairage du hall en panne",
            category="electricity",
            place="Hall d’entrée",
            supplier="Électricité Moreau",
            description="Le hall reste dans le noir le soir.",
        ),
        Problem(
            title="Porte d’entrée qui ne ferme plus",
            category="door",
            place="Porte sur rue",
            supplier="Serrurerie Bondynoise",
            description="Le groom ne retient plus la porte, n’importe qui peut entrer.",
        ),
        Problem(
            title="Interphone muet",
            category="door",
            place="Porte sur rue",
            supplier="Électricité Moreau",
            description="On ne s’entend plus depuis la rue.",
        ),
        Problem(
            title="Local à vélos encombré",
            category="cleanliness",
            place="Rez-de-chaussée",
            supplier="Propreté Services",
            description="Des meubles bloquent l’accès aux vélos.",
        ),
    ),
    PRIVATE: (
        Problem(
            title="Radiateur froid",
            category="heating",
            place="Chambre",
            supplier="Chauffage Lemaire",
            description="Le radiateur de la chambre reste froid, même après purge.",
        ),
        Problem(
            title="Chasse d’eau qui coule",
            category="water",
            place="Toilettes",
            supplier="Plomberie du Canal",
            description="L’eau coule sans arrêt dans la cuvette.",
        ),
        Problem(
            title="Volet roulant bloqué",
            category="other",
            place="Séjour",
            supplier="Menuiserie Perrin",
            description="Le volet ne remonte plus.",
        ),
        Problem(
            title="Trace d’humidité au plafond",
            category="water",
            place="Salle de bains",
            supplier="Plomberie du Canal",
            description="Une auréole grandit sous la salle de bains du voisin.",
        ),
        Problem(
            title="Prise électrique qui chauffe",
            category="electricity",
            place="Cuisine",
            supplier="Électricité Moreau",
            description="La prise du four noircit.",
        ),
    ),
}
