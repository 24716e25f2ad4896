"""The digest: everybody sees to their own."""

from typing import Any

from api.doors import StaffDoor
from api.verbs import add, as_it_was_read, caller, colleague, find, now, practice, work
from models.digest import DIGEST_OF, Digest
from models.transaction import NotFound
from schemas.digest import DigestSchema

digests = StaffDoor("digest", __name__, "/digest", description="A mail on working mornings with what is due.", takes_keys=False)


@digests.route("", problems=["not-found"])
@digests.response(200, DigestSchema)
def show_digest() -> Digest:
    """Your digest

    When it comes; 404 while you have not asked for one.
    """
    found = work().rows(DIGEST_OF, staff_id=caller().staff_id)
    if not found:
        raise NotFound("You have not asked for a digest.")
    return find(Digest, found[0].id)


@digests.route("", methods=["PUT"])
@digests.arguments(DigestSchema)
@digests.response(200, DigestSchema)
def want_digest(said: dict[str, Any]) -> Digest:
    """Ask for a digest

    On every follow-up day, at this time by the clock of the practice's zone, a mail with what is due and overdue: titles and
    times. On a day with nothing to do there is none.
    """
    # The member's row is held, so that two who ask at once come one after the other.
    member = colleague(caller().staff_id, lock=True)
    present: list[Digest] = work().all(Digest.of(member.id))
    if not present:
        return add(Digest.want(member.id, at=said["at"], practice=practice(), now=now()))
    digest = as_it_was_read(present[0])
    digest.at = said["at"]
    digest.schedule(practice(), now=now())
    return digest


@digests.route("", methods=["DELETE"], role="assistant")
@digests.response(204)
def stop_digest() -> None:
    """Stop your digest

    No further one is written.
    """
    for digest in work().all(Digest.of(caller().staff_id)):
        work().delete(as_it_was_read(digest))
