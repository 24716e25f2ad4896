from models.team_member import ROLES
from schemas.base import PageQuery, Resource, change_of
from schemas.fields import Email, Id, OneOf, Phone, Text


class TeamMemberSchema(Resource):
    """A member of the IEP team at the school."""

    case_id = Id(required=True)
    name = Text(120, required=True, example="Terry Thompson")
    role = OneOf(ROLES, required=True)
    email = Email(allow_none=True, example="t.thompson@school.example")
    phone = Phone(allow_none=True)


class TeamMemberQuery(PageQuery):
    case_id = Id(example=None)
    role = OneOf(ROLES, example=None)


TeamMemberChange = change_of(TeamMemberSchema, "name", "role", "email", "phone")
