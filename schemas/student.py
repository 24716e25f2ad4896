from schemas.base import PageQuery, Resource, change_of
from schemas.fields import Date, Id, Many, Text


class StudentSchema(Resource):
    """The child, with the clients who speak for the child."""

    client_ids = Many(Id(), 10, required=True, least=1, description="Parents and guardians, 1 to 10.")
    name = Text(120, required=True, example="Sasha Petrov")
    birth_date = Date(allow_none=True, example="2017-03-21")
    grade = Text(20, allow_none=True, example="4")
    school = Text(120, allow_none=True, example="Alder Creek Elementary")
    district = Text(120, allow_none=True, example="Alder Creek School District")
    state = Text(2, least=2, allow_none=True, example="OR")
    disabilities = Many(Text(80), 20, load_default=list, example=["specific learning disability"])
    school_calendar_id = Id(
        allow_none=True, example=None, description="The calendar of the child's district; left out, the practice's own counts."
    )


class StudentQuery(PageQuery):
    client_id = Id(example=None)


StudentChange = change_of(
    StudentSchema,
    *("client_ids", "name", "birth_date", "grade", "school", "district", "state", "disabilities", "school_calendar_id"),
)
