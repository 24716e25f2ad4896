"""Who looked at a child's record, in a line that the practice can show to the family; in English and Spanish."""

from collections.abc import Mapping
from dataclasses import dataclass

ROLES: Mapping[str, Mapping[str, str]] = {
    "en": {"owner": "owner", "advocate": "advocate", "assistant": "assistant"},
    "es": {"owner": "responsable", "advocate": "defensor o defensora", "assistant": "asistente"},
}
# What is read, by its path; of a path that is not here, the one above it is said.
WHAT: Mapping[str, Mapping[str, str]] = {
    "en": {
        "agenda": "the list of what is due",
        "bookings": "a consultation",
        "cases": "the case",
        "cases/timeline": "the timeline of the case",
        "check-ins": "the regular check-ins",
        "communications": "the communications",
        "compensatory-claims": "the minutes asked back",
        "concerns": "the concerns",
        "deadlines": "the deadlines",
        "documents": "the documents",
        "documents/content": "the file of a document",
        "documents/preview": "the picture of a document",
        "documents/reading": "what was read in a document",
        "enquiries": "what was written through the contact form",
        "iep-copies": "who has a copy of the IEP",
        "iep-versions": "the IEP",
        "iep-versions/changes": "the changes between versions of the IEP",
        "iep-versions/copies": "who has a copy of the IEP",
        "iep-versions/wording": "the wording of the IEP",
        "inbound-mails": "mail that came in",
        "letter-templates": "a letter that was tried out",
        "letters": "the letters",
        "letters/content": "the file of a letter",
        "observations": "the observations",
        "packet-shares": "who was given a packet of evidence",
        "packets": "the packets of evidence",
        "proceedings": "the proceedings",
        "provisions": "the supports of the IEP",
        "provisions/delivery": "what was provided of a support",
        "reminders": "the reminders",
        "service-log-imports": "the school's service log",
        "service-sessions": "the service log",
        "statements": "the statements",
        "students": "the child's details",
        "students/access-log": "this log",
        "students/delivery": "what was provided of all supports",
        "students/disclosures": "to whom the record was disclosed",
        "team-members": "the IEP team",
    },
    "es": {
        "agenda": "la lista de pendientes",
        "bookings": "una consulta",
        "cases": "el caso",
        "cases/timeline": "la cronología del caso",
        "check-ins": "los seguimientos regulares",
        "communications": "las comunicaciones",
        "compensatory-claims": "los minutos reclamados",
        "concerns": "las preocupaciones",
        "deadlines": "los plazos",
        "documents": "los documentos",
        "documents/content": "el archivo de un documento",
        "documents/preview": "la imagen de un documento",
        "documents/reading": "lo que se leyó en un documento",
        "enquiries": "lo que se escribió en el formulario de contacto",
        "iep-copies": "quién tiene una copia del IEP",
        "iep-versions": "el IEP",
        "iep-versions/changes": "los cambios entre versiones del IEP",
        "iep-versions/copies": "quién tiene una copia del IEP",
        "iep-versions/wording": "la redacción del IEP",
        "inbound-mails": "correo recibido",
        "letter-templates": "una carta de prueba",
        "letters": "las cartas",
        "letters/content": "el archivo de una carta",
        "observations": "las observaciones",
        "packet-shares": "a quién se dio un paquete de pruebas",
        "packets": "los paquetes de pruebas",
        "proceedings": "los procedimientos",
        "provisions": "los apoyos del IEP",
        "provisions/delivery": "lo que se dio de un apoyo",
        "reminders": "los recordatorios",
        "service-log-imports": "el registro de servicios de la escuela",
        "service-sessions": "el registro de servicios",
        "statements": "las declaraciones",
        "students": "los datos del niño o la niña",
        "students/access-log": "este registro",
        "students/delivery": "lo que se dio de todos los apoyos",
        "students/disclosures": "a quién se dio a conocer el expediente",
        "team-members": "el equipo del IEP",
    },
}
_DID: Mapping[str, Mapping[str, str]] = {
    "en": {
        "read": "{who} looked at {what}.",
        "packet_made": "{who} made a packet of evidence.",
        "packet_downloaded": "{who} downloaded a packet of evidence.",
        "packet_shared": "{who} shared a packet of evidence with {to}.",
        "share_opened": "{to} opened the packet of evidence that was shared with them.",
        "share_withdrawn": "{who} withdrew the packet of evidence that was shared with {to}.",
        "packet_discarded": "{who} deleted a packet of evidence.",
        "exported": "{who} wrote out all that the practice keeps, this record with it.",
        "why": "Purpose: {purpose}.",
        "program": "A program of the practice ({name})",
        "operator": "Whoever runs the system",
        "worker": "The system",
        "somebody": "Somebody",
    },
    "es": {
        "read": "{who} consultó {what}.",
        "packet_made": "{who} hizo un paquete de pruebas.",
        "packet_downloaded": "{who} descargó un paquete de pruebas.",
        "packet_shared": "{who} compartió un paquete de pruebas con {to}.",
        "share_opened": "{to} abrió el paquete de pruebas que se le compartió.",
        "share_withdrawn": "{who} retiró el paquete de pruebas compartido con {to}.",
        "packet_discarded": "{who} eliminó un paquete de pruebas.",
        "exported": "{who} exportó todo lo que guarda la oficina, y con ello este expediente.",
        "why": "Motivo: {purpose}.",
        "program": "Un programa de la oficina ({name})",
        "operator": "Quien administra el sistema",
        "worker": "El sistema",
        "somebody": "Alguien",
    },
}
PURPOSES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "team_meeting": "team meeting",
        "mediation": "mediation",
        "state_complaint": "state complaint",
        "due_process": "due process",
    },
    "es": {
        "team_meeting": "reunión del equipo",
        "mediation": "mediación",
        "state_complaint": "queja ante el estado",
        "due_process": "debido proceso",
    },
}


@dataclass(frozen=True)
class Access:
    """What an entry says: what was done, with what, by whom, to whom and why."""

    kind: str
    resource: str
    actor: str
    name: str | None = None
    role: str | None = None
    key_name: str | None = None
    to: str | None = None
    purpose: str | None = None


def in_words(access: Access, language: str) -> str:
    did = _DID[language]
    who = f"{access.name} ({ROLES[language][access.role]})" if access.name and access.role else did["somebody"]
    if access.actor == "api_key":
        who = did["program"].format(name=access.key_name)
    elif access.actor in ("operator", "worker"):
        who = did[access.actor]
    said = did[access.kind].format(who=who, what=what(access.resource, language), to=access.to or did["somebody"])
    if not access.purpose:
        return said
    purpose = PURPOSES[language].get(access.purpose, access.purpose.rstrip(". "))
    return f"{said} {did['why'].format(purpose=purpose)}"


def what(resource: str, language: str) -> str:
    """What was read, as a family calls it; the path itself where nobody has found words for it yet."""
    parts = resource.split("/")
    paths = ("/".join(parts[:many]) for many in range(len(parts), 0, -1))
    return next((WHAT[language][path] for path in paths if path in WHAT[language]), resource)
