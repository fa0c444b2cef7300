"""Connexion and Première Connexion are two doors to the same action; whoever knows a secret goes where it leads."""

from django.contrib import auth, messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.kit.typography import format_phone
from parvis.people.access import agencies_at, letter_of_link
from parvis.people.actions import sign_in as actions
from parvis.people.actions.doors import admit_visitor
from parvis.people.actions.sessions import sign_out
from parvis.people.actions.shield import asks_key
from parvis.people.social_catalogue import offered
from parvis.web.entrance.factors.ceremony import offers_passkeys
from parvis.web.entrance.pages import entrance_page, page_of, posted, refusals_on
from parvis.web.entrance.session import browser_of, enter, home_of, safe_path, visit_of
from parvis.web.entrance.sign_in.forms import CredentialsForm, FirstConnectionForm, SignInForm
from parvis.web.ui.requests import PageRequest
from parvis.web.ui.visitors import visitor_address

WRONG_AT_BOTH = "L’identifiant est celui qui est sur vos appels de fonds ou de loyer."
KEY_AT_FIRST_CONNECTION = (
    "Pour utiliser votre mot de passe provisoire, choisissez «\u00a0Première Connexion\u00a0»\u00a0: la clé de votre "
    "lettre vous y sera demandée."
)
WRONG_AT_SIGN_IN = (
    "Si vous venez pour la première fois depuis l’ouverture du nouvel espace client, "
    "choisissez «\u00a0Première Connexion\u00a0»."
)


@entrance_page
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: PageRequest) -> HttpResponse:
    """Connexion: identifiant or confirmed courriel, and password."""
    form = SignInForm(posted(request))
    next_path = safe_path(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(next_path or home_of(request.user))
    response = try_door(request, form, hints=[WRONG_AT_BOTH, WRONG_AT_SIGN_IN], next_path=next_path)
    context = {
        "form": form,
        "next": next_path,
        "has_left": is_left_behind(request, next_path),
        "providers": offered(),
        "passkeys": offers_passkeys(request),
    }
    return response or page_of(request, "entrance/sign_in/sign_in.html", context)


@entrance_page
@require_http_methods(["GET", "HEAD", "POST"])
def first_connection(request: PageRequest) -> HttpResponse:
    """Première Connexion, step 1: identifiant and the provisional or former password."""
    sent = posted(request)
    letter = letter_of_link(sent.get("letter", "")) if sent else None
    form = FirstConnectionForm(sent, asks_key=letter is None and asks_key(agencies_at(request.get_host())))
    response = try_door(request, form, hints=[WRONG_AT_BOTH])
    return response or page_of(request, "entrance/sign_in/first_connection.html", {"form": form})


@entrance_page
@require_safe
def letter_link(request: PageRequest, token: str) -> HttpResponse:
    """The short link or QR code of a letter: Première Connexion, the identifiant filled in. Changes nothing."""
    letter = letter_of_link(token)
    known = {"identifier": letter.client.customer_reference, "letter": token} if letter else None
    form = FirstConnectionForm(initial=known, asks_key=letter is None and asks_key(agencies_at(request.get_host())))
    context = {"form": form, "from_letter": letter is not None, "letter_is_dead": letter is None}
    return page_of(request, "entrance/sign_in/first_connection.html", context)


@entrance_page
@require_POST
def logout(request: PageRequest) -> HttpResponse:
    """Se déconnecter: the session ends on the server, the browser forgets what it kept."""
    if request.user.is_authenticated:
        sign_out(user=request.user, session_key=str(request.session.session_key))
    auth.logout(request)
    messages.info(request, "Vous êtes déconnecté.")
    response = redirect("entrance:sign-in")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def try_door(
    request: PageRequest, form: CredentialsForm, *, hints: list[str], next_path: str = ""
) -> HttpResponse | None:
    """Try what was typed; the answer if it opens, nothing if the form must be shown (again)."""
    if request.method != "POST" or not form.is_valid():
        return None
    typed = actions.Typed(
        host=request.get_host(),
        identifier=form.cleaned_data["identifier"],
        secret=form.cleaned_data["password"],
        key=form.cleaned_data.get("key", ""),
        letter_token=form.cleaned_data.get("letter", ""),
        browser_token=visit_of(request).token,
    )
    with refusals_on(form):
        admit_visitor(visitor_address(request))
        return enter(request, actions.sign_in(typed=typed, browser=browser_of(request)), next_path=next_path)
    explain(request, form, hints=hints)
    return None


def explain(request: PageRequest, form: CredentialsForm, *, hints: list[str]) -> None:
    """Add to the refusal what a person can do about it."""
    refusal = getattr(form, "refusal", None)
    if isinstance(refusal, actions.WrongSecret):
        for hint in hints:
            form.add_error(None, hint)
    if isinstance(refusal, actions.KeyMissing):
        ask_key(form)
    if isinstance(refusal, actions.CodeDead):
        form.add_error(None, way_on_from(refusal, phone=request.branding.phone))


def ask_key(form: CredentialsForm) -> None:
    """Show the field of the key, or the door where it is."""
    if isinstance(form, FirstConnectionForm):
        form.asks_key = True
        form.add_error("key", "Renseignez la clé de 4\u00a0signes.")
    else:
        form.add_error(None, KEY_AT_FIRST_CONNECTION)


def way_on_from(refusal: actions.CodeDead, *, phone: str) -> str:
    if refusal.is_activated:
        return "Vous en avez choisi un\u00a0: utilisez-le, ou choisissez «\u00a0Mot de passe oublié\u00a0»."
    return f"Demandez-en un nouveau à votre agence\u00a0: {format_phone(phone)}."


def is_left_behind(request: PageRequest, next_path: str) -> bool:
    """Whether a page was asked for by somebody whose session is over."""
    return bool(next_path) and next_path != "/" and request.method == "GET"
