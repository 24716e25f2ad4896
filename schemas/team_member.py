from models.team_member import ROLES
from schemas.base import PageQuery, Resource, change_of
from schemas.fields import Date, Email, Id, OneOf, Phone, QueryBoolean, Text


class TeamMemberSchema(Resource):
    """A member of the IEP team at the school."""

    case_id = Id(required=True)
    name = Text(120, required=True, example="Terry Thompson")
    role = OneOf(ROLES, required=True)
    email = Email(allow_none=True, example="t.thompson@school.example")
    phone = Phone(allow_none=True)
    left_on = Date(
        allow_none=True, example=None, description="From that day on they must have no copy of the IEP, and are not chased."
    )


class TeamMemberQuery(PageQuery):
    case_id = Id(example=None)
    role = OneOf(ROLES, example=None)
    is_present = QueryBoolean(example=None, description="Whether they have not left.")


TeamMemberChange = change_of(TeamMemberSchema, "name", "role", "email", "phone", "left_on")
