"""Observations: the evidence, each with its source and weight; kept as they were recorded."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from api.case import taken_up
from api.concern import stepped
from api.doors import StaffDoor
from api.proceeding import limits_follow
from api.verbs import add, caller, find, work
from models.case import Case
from models.check_in import CheckIn
from models.concern import ADOPTED_BY, HISTORY, Concern, Taken, since
from models.document import Document
from models.iep_version import IepVersion, same_student
from models.observation import OBSERVATIONS, Observation, ObservationDocument
from models.provision import Provision
from schemas.observation import ObservationQuery, ObservationSchema

observations = StaffDoor(
    "observations", __name__, "/observations", description="What the child, the family, the school or a document showed."
)


@observations.route("")
@observations.listing(OBSERVATIONS, ObservationSchema, ObservationQuery)
def list_observations() -> None:
    """Observations

    The latest recorded first; by case, concern, support, source, weight, and the days on which they were made.
    """


@observations.route("", methods=["POST"])
@observations.arguments(ObservationSchema)
@observations.response(201, ObservationSchema)
def record_observation(said: dict[str, Any]) -> Observation:
    """Record what was observed

    By whom, when, about which support, and in whose words. It is kept as it was recorded: what was wrong is corrected by
    another one with `corrects_id`, and the old one then shows `corrected_by_id`. One that was corrected already: 409.
    """
    corrected, document, concern, provision, attached = (said.pop(name, None) for name in _NAMED)
    # Of two that correct the same, or move the limits of the same concern, the second sees the first.
    case = find(Case, said.pop("case_id"), lock=corrected is not None or concern is not None)
    if provision:
        same_student(case, find(IepVersion, find(Provision, provision).iep_version_id))
    corrects = find(Observation, corrected) if corrected else None
    if corrects and not (concern or corrects.concern_id):
        # Its correction is found where a step put what it corrects.
        adopted = work().rows(ADOPTED_BY, case_id=case.id, observation_id=str(corrects.id))
        concern = adopted[0].id if adopted else None
    observation = Observation.record(
        case=taken_up(case),
        by=caller().staff_id,
        concern=find(Concern, concern) if concern else None,
        document=find(Document, document) if document else None,
        corrects=corrects,
        provision_id=provision,
        **said,
    )
    if attached is None and corrects:
        return _added(case, observation, observation.attach_those_of(corrects))
    return _added(case, observation, observation.attach(case, [find(Document, one) for one in attached or ()]))


def _added(case: Case, observation: Observation, attached: Sequence[ObservationDocument] = ()) -> Observation:
    """With it, the limits of the proceedings of its concern follow, if nothing so early was known."""
    if observation.concern_id is None:
        return add(observation, *attached)
    concern = find(Concern, observation.concern_id)
    before = since(work(), concern, work().rows(HISTORY, concern_id=concern.id))
    add(observation, *attached)
    limits_follow(case, concern, before)
    return observation


_NAMED = ("corrects_id", "document_id", "concern_id", "provision_id", "document_ids")


@observations.route("/<uuid:observation_id>")
@observations.response(200, ObservationSchema)
def show_observation(observation_id: UUID) -> Observation:
    """An observation

    As it was recorded, and what corrects it.
    """
    return find(Observation, observation_id)


def heard_at_check_in(
    case: Case,
    concern: Concern | None,
    check_in: CheckIn,
    *,
    checked_on: date,
    is_happening: str,
    answers: Sequence[Mapping[str, str]] = (),
    text: str | None = None,
) -> tuple[Observation, Taken | None]:
    """What was said at a check-in. Of a concern that is watched it is a step too, and the step makes the observation."""
    if concern is not None and concern.state == "monitoring":
        facts: dict[str, Any] = {
            "checked_on": checked_on.isoformat(),
            "party": check_in.party,
            "is_happening": is_happening,
            "check_in_id": str(check_in.id),
        }
        facts |= {"answers": [dict(answer) for answer in answers]} if answers else {}
        facts |= {"what_was_said": text} if text else {}
        taken = stepped(concern, case, "check_in", facts)
        assert taken.observation is not None, "the step makes one"
        return taken.observation, taken
    observation = Observation.heard(
        case=case,
        by=caller().staff_id,
        concern=concern,
        party=check_in.party,
        checked_on=checked_on,
        is_happening=is_happening,
        answers=answers,
        text=text,
        provision_id=check_in.provision_id,
        check_in_id=check_in.id,
    )
    return _added(case, observation), None
