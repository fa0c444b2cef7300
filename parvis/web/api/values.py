"""What the description of a value refuses, as pydantic names it and tells it in English, and in French."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from parvis.web.api.problems import Detail

# {words} and the others are what pydantic tells of the limit.
WORDS = {
    "missing": "Cette valeur est obligatoire.",
    "extra_forbidden": "Ce champ n’est pas connu : corrigez son nom.",
    "string_too_long": "Le texte est trop long : {max_length} signes au plus.",
    "string_too_short": "Le texte est trop court : au moins {min_length}.",
    "string_pattern_mismatch": "La valeur n’a pas la forme attendue : {pattern}",
    "string_type": "Donnez un texte.",
    "string_unicode": "Le texte contient un signe qui n’existe pas.",
    "int_type": "Donnez un nombre entier.",
    "int_parsing": "Donnez un nombre entier.",
    "int_parsing_size": "Le nombre a trop de chiffres.",
    "int_from_float": "Donnez un nombre entier.",
    "bool_type": "Donnez true ou false.",
    "literal_error": "Ce mot n’est pas connu ici : {words}.",
    "enum": "Ce mot n’est pas connu ici : {words}.",
    "too_long": "La liste est trop longue : {max_length} éléments au plus, partagez l’envoi.",
    "too_short": "La liste est trop courte : au moins {min_length}.",
    "greater_than_equal": "Le nombre est trop petit : au moins {ge}.",
    "less_than_equal": "Le nombre est trop grand : au plus {le}.",
    "list_type": "Donnez une liste.",
    "dict_type": "Donnez un objet.",
    "model_attributes_type": "Donnez un objet.",
    "model_type": "Donnez un objet.",
}
OTHERWISE = "Cette valeur n’est pas celle attendue."
BODY = ("form", "file")


def details_of(errors: Sequence[dict[str, object]]) -> list[Detail]:
    """What ninja tells of a request that does not follow its description."""
    return [detail_of(error) for error in errors]


def detail_of(error: Mapping[str, object]) -> Detail:
    place = error["loc"]
    where, *steps = place if isinstance(place, tuple) else (str(place),)
    inner = steps[1:] if where == "body" else steps
    return Detail(
        where="body" if where in BODY else str(where),
        pointer="".join(f"/{escaped(step)}" for step in inner),
        english=str(error["msg"]),
        french=french_of(error),
    )


def escaped(step: object) -> str:
    """A step of a JSON pointer (RFC 6901)."""
    return str(step).replace("~", "~0").replace("/", "~1")


def french_of(error: Mapping[str, object]) -> str:
    limits = error.get("ctx")
    told = defaultdict(str, limits if isinstance(limits, dict) else {})
    told["words"] = ", ".join(re.findall(r"'([^']+)'", str(told["expected"])))
    return WORDS.get(str(error["type"]), OTHERWISE).format_map(told)
