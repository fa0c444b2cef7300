"""Passwords of the former portal: wrapped in Argon2id before the transaction begins, for it takes 25 ms each."""

from collections.abc import Iterator

from parvis.agencies.models import Agency
from parvis.exchange.actions.figures import counted
from parvis.exchange.actions.loading import Progress
from parvis.exchange.actions.staging import Staging
from parvis.people import former_hashes
from parvis.people.actions.former import as_secret, wrap_former_hash
from parvis.people.hashers import is_secret
from parvis.people.models import FormerPassword, Grant

COLUMNS = (("reference_key", "text"), ("scheme", "text"), ("wrapped", "text"))
GIVEN = "SELECT s.line, s.reference_key, s.password_hash FROM stage_clients s WHERE s.password_hash <> ''"
Handful = list[tuple[int, str, str]]


def wrap_passwords(staging: Staging, *, agency: Agency | None, progress: Progress) -> None:
    """Put in `stage_former` what has to be written: old hashes that are new, or not what they were."""
    staging.create("stage_former", COLUMNS)
    done = 0
    for handful in staging.each(GIVEN):
        wrapped = list(wrap_needed(handful, agency=agency))
        done += len(wrapped)
        if wrapped:
            staging.load("stage_former", COLUMNS, [list(zip(*wrapped, strict=True))])
            progress(f"clients.csv : {counted(done, 'mot de passe repris', 'mots de passe repris')}")


def wrap_needed(handful: Handful, *, agency: Agency | None) -> Iterator[tuple[str, str, str]]:
    """Leave out clients who chose their own password here, and hashes already taken over."""
    keys = [key for _line, key, _hash in handful]
    mine = {"client__agency": agency, "client__reference_key__in": keys}
    former = {row.client.reference_key: row for row in FormerPassword.objects.filter(**mine).select_related("client")}
    activated = set(Grant.objects.filter(**mine, ended_at=None).values_list("client__reference_key", flat=True))
    for _line, key, old_hash in handful:
        known = former.get(key)
        if key not in activated and not (known and is_same(old_hash, known=known)):
            wrap = wrap_former_hash(old_hash)
            yield key, wrap.scheme, wrap.wrapped


def is_same(old_hash: str, *, known: FormerPassword) -> bool:
    """A new password has a new salt, so comparing salts is enough; without salt the slow comparison decides."""
    scheme, digest = former_hashes.parse(old_hash)
    if known.scheme != scheme.to_text():
        return False
    return bool(scheme.salt) or is_secret(as_secret(digest), encoded=known.wrapped)


def write_passwords(staging: Staging, *, agency: Agency) -> int:
    """Write what was wrapped, except for clients who have meanwhile signed in; how many."""
    return staging.run(
        "INSERT INTO people_formerpassword (client_id, scheme, wrapped) SELECT c.id, f.scheme, f.wrapped "
        "FROM stage_former f JOIN people_client c ON c.agency_id = %s AND c.reference_key = f.reference_key "
        "WHERE NOT EXISTS (SELECT 1 FROM people_grant g WHERE g.client_id = c.id AND g.ended_at IS NULL) "
        "ON CONFLICT (client_id) DO UPDATE SET scheme = EXCLUDED.scheme, wrapped = EXCLUDED.wrapped",
        [agency.pk],
    )
