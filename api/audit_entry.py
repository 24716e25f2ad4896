"""Who did what, as it was recorded; nothing here changes it, and the database lets nobody."""

from api.doors import StaffDoor
from models.audit_entry import AUDIT_ENTRIES
from schemas.audit_entry import AuditEntryQuery, AuditEntrySchema

audit_entries = StaffDoor(
    "audit-entries", __name__, "/audit-entries", description="Who changed what, and when.", takes_keys=False
)


@audit_entries.route("", role="owner")
@audit_entries.listing(AUDIT_ENTRIES, AuditEntrySchema, AuditEntryQuery)
def list_audit_entries() -> None:
    """Who did what

    Every change of a row of the practice, newest first: by whom, from which sign-in or key, and the names of the fields.
    """
