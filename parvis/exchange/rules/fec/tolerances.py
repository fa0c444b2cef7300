"""What reading went past though the norm does not: counted, and told once by kind."""

from parvis.exchange.rules.fec.lines import FecTolerance
from parvis.kit.typography import typographic

MISSING = "missing "
LABELS = {
    "name": "Le nom du fichier n’est pas de la forme SirenFECAAAAMMJJ.",
    "mark": "Le fichier commence par une marque d’ordre des octets (BOM).",
    "encoding": "Le fichier n’est ni en ASCII, ni en ISO 8859-15, ni en UTF-8 : il a été lu en {}.",
    "encoding-doubt": "Ses lettres accentuées se lisent aussi bien en {} : il a été lu en ISO 8859-15 ou Windows-1252.",
    "line-ends": "Des lignes finissent par CR CR LF ou LF CR.",
    "nulls": "Des signes nuls (NUL) ont été retirés.",
    "invisible": "Des signes invisibles (caractères de commande) ont été lus comme des espaces.",
    "empty-lines": "Des lignes sont vides.",
    "header-names": "Des noms de colonnes ne sont pas écrits comme dans la norme : {}.",
    "header-order": "Les colonnes ne sont pas dans l’ordre de la norme.",
    "header-more": "Des colonnes ne sont pas de la norme et n’ont pas été lues : {}.",
    "trailing": "Des lignes finissent par des séparateurs de trop.",
    "shorter": "Des lignes s’arrêtent avant les dernières colonnes facultatives.",
    "quotes": "Des champs sont entre guillemets.",
    "separator-in-text": "Le séparateur figure dans un libellé ; la ligne ne se lit que d’une façon.",
    "bar-in-text": "Un « | » figure dans un libellé, dans un fichier à tabulations.",
    "amount-empty": "Des montants vides ont été lus comme zéro.",
    "amount-point": "Des montants ont un point au lieu de la virgule.",
    "amount-thousands": "Des montants ont des séparateurs de milliers.",
    "amount-decimals": "Des montants ont plus de deux décimales, nulles au-delà de la deuxième.",
    "amount-exponent": "Des montants sont écrits avec un exposant.",
    "amount-minus": "Des montants ont le signe moins de la typographie.",
    "side-word": "Des sens ne sont pas écrits D, C, +1 ou -1.",
    "side-both": "Des lignes portent un débit et un crédit.",
    "side-none": "Des lignes ont un débit et un crédit nuls.",
    "date-separated": "Des dates ont des séparateurs (2026-11-23, 23/11/2026…).",
    "date-day-first": "Des dates commencent par le jour (23112026).",
    "date-time": "Des dates portent une heure.",
    "date-zero": "Des dates faites de zéros ou de tirets ont été lues comme vides.",
    "date-year": "Des dates sont hors des années 1900 à 2099.",
    "after-closing": "Des écritures sont après la clôture que dit le nom du fichier.",
    "account-number": "Des numéros de compte ne commencent pas par trois chiffres.",
    "number-zero": "EcritureNum vaut 0 : ces écritures ne se distinguent pas les unes des autres.",
    "entry-numbers": "EcritureNum ne dit pas où finit une écriture : l’équilibre a été vérifié par journal et jour.",
}


class Tolerances:
    """Keeps one `FecTolerance` a kind, in the order in which they were met."""

    def __init__(self) -> None:
        self.by_kind: dict[str, FecTolerance] = {}

    def note(self, kind: str, *, line: int = 0, count: int = 1, detail: str = "") -> None:
        found = self.by_kind.get(kind)
        if found:
            found.count += count
            return
        label = f"La colonne {kind.removeprefix(MISSING)} est vide." if kind.startswith(MISSING) else LABELS[kind]
        label = typographic(label.format(detail))
        self.by_kind[kind] = FecTolerance(kind=kind, label=label, count=count, first_line=line)

    def as_list(self) -> list[FecTolerance]:
        return list(self.by_kind.values())
