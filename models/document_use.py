"""What was recorded and rests on a document, so that it cannot be deleted."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import BindParameter, Text, bindparam, cast, exists, func, select
from sqlalchemy.dialects.postgresql import JSONB

from models.communication import CommunicationDocument
from models.deadline import Deadline
from models.iep_version import IepVersion
from models.observation import Observation, ObservationDocument
from models.packet import Packet
from models.prepared import Prepared
from models.service_log_import import ServiceLogImport
from models.service_session import ServiceSession

# By what is said of it. What was withdrawn is on record too, with the file that it came of.
_RESTING = {
    "An IEP version": (IepVersion.document_id,),
    "An observation": (Observation.document_id, ObservationDocument.document_id),
    "A service log that was taken in": (ServiceLogImport.document_id,),
    "An entry of the service log": (ServiceSession.document_id,),
    "A communication": (CommunicationDocument.document_id,),
    "A deadline": (Deadline.document_id,),
}


_document: BindParameter[UUID] = bindparam("document_id")
_PLACES = [
    *((called, select(column).where(column == _document)) for called, columns in _RESTING.items() for column in columns),
    # One that was built holds the file itself.
    (
        "A packet that is to be built",
        select(Packet.id).where(
            Packet.state == "waiting",
            cast(Packet.exhibits, JSONB).contains(
                func.jsonb_build_array(func.jsonb_build_object("document_id", cast(_document, Text)))
            ),
        ),
    ),
]
RESTING_ON = Prepared(select(*(exists(resting).label(f"place_{number}") for number, (_, resting) in enumerate(_PLACES))))


def in_words(found: Iterable[bool]) -> list[str]:
    """What rests on it, of a row of `RESTING_ON`."""
    return [called for (called, _), is_there in zip(_PLACES, found, strict=True) if is_there]
