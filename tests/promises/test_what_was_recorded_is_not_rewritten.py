"""What was recorded is not rewritten: a programme in force, what was said, the steps of a concern, who did what.

Who was wrong records something new, and both stand. Over HTTP nothing else is offered; of what is only ever added to, the
role of the application may change nothing in the database either.
"""

import psycopg
import pytest

from tests.cast import Staff
from tests.promises.conftest import Admin
from tests.promises.digests import changed, digest
from tests.promises.racing import problem

# What is only ever added to, and a column of each.
ADDED_TO = {
    "communications": "summary",
    "communication_team_members": "team_member_id",
    "concern_steps": "note",
    "audit_entries": "action",
    "statement_entries": "canonical",
}


def test_a_programme_in_force_and_its_provisions_stay_and_a_correction_is_a_new_version(ana: Staff, admin: Admin) -> None:
    """Red without `version.must_be_draft()` in `models.provision` or `self.must_be_draft()` in `models.iep_version`."""
    case = ana.opens_a_case()
    version = ana.puts_in_force(ana.drafts_an_iep(case, "A reader for all tests."))
    [provision] = ana.provisions_of(version)
    before = digest(admin)
    place = f"/iep-versions/{version['id']}"
    for path, said in (
        (place, {"text": "Never said."}),
        (place, {"effective_from": "2026-01-01"}),
        (f"/provisions/{provision['id']}", {"text": "No reader."}),
    ):
        answer = ana.ask("PATCH", path, said)
        assert (answer.status_code, problem(answer)) == (409, "immutable"), path
    more = {"iep_version_id": version["id"], "kind": "goal", "text": "Reads alone."}
    assert problem(ana.ask("POST", "/provisions", more)) == "immutable"
    assert ana.ask("POST", f"{place}/activate").status_code == 409
    assert ana.ask("DELETE", place).status_code == 405
    gone = ana.ask("DELETE", f"/provisions/{provision['id']}")
    assert (gone.status_code, problem(gone)) == (409, "immutable")
    assert changed(before, digest(admin)) == []

    corrected = ana.puts_in_force(ana.drafts_an_iep(case, "A reader for all tests and quizzes."))
    assert corrected["number"] == version["number"] + 1
    assert ana.get(f"/provisions/{provision['id']}") == provision
    after = ana.get(place)
    kept = [name for name in version if name not in ("state", "version", "updated_at", "superseded_at")]
    assert {name: after[name] for name in kept} == {name: version[name] for name in kept}
    assert problem(ana.ask("PATCH", place, {"text": "Never said."})) == "immutable"


def test_over_http_nothing_changes_what_was_said_done_and_kept_on_record(ana: Staff, olga: Staff, admin: Admin) -> None:
    case = ana.opens_a_case()
    said = ana.tells(case, "The aide reads.")
    concern = ana.opens_a_concern(case)
    ana.takes("verify", concern, finding="Seen in class.", skip_reason="Seen by Ana herself.")
    entry = olga.entries()[0]
    before = digest(admin)
    for path in (f"/communications/{said['id']}", f"/concerns/{concern['id']}/steps", f"/audit-entries/{entry['id']}"):
        for method in ("PUT", "PATCH", "DELETE"):
            assert olga.ask(method, path, {"summary": "Never said."}).status_code in (404, 405), (method, path)
    for path in ("/communications", "/audit-entries"):
        for method in ("PUT", "PATCH", "DELETE"):
            assert olga.ask(method, path, {}).status_code == 405, (method, path)
    assert olga.ask("POST", "/audit-entries", {}).status_code == 405
    assert changed(before, digest(admin)) == []

    ana.tells(case, "The aide does not read: I was wrong.")
    summaries = [row["summary"] for row in ana.everything(f"/communications?case_id={case['id']}")]
    assert sorted(summaries) == ["The aide does not read: I was wrong.", "The aide reads."]


@pytest.mark.parametrize("table", ADDED_TO)
@pytest.mark.parametrize("statement", ["update {table} set {column} = {column}", "delete from {table}"])
def test_the_role_of_the_application_may_only_add_to_it(ana: Staff, app_url: str, table: str, statement: str) -> None:
    """Red with `lock(table)` alone, without `"select, insert"`, in the migration that makes the table."""
    practice_id = ana.get("/practice")["id"]
    with psycopg.connect(app_url) as connection:
        connection.execute("select enter_practice(%s)", [practice_id])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement.format(table=table, column=ADDED_TO[table]).encode())


@pytest.mark.parametrize("column", ["case_id", "file_type", "size_bytes", "sha256", "is_kept", "uploaded_by_id", "created_at"])
def test_of_a_document_the_role_of_the_application_changes_what_is_said_of_it_alone(
    ana: Staff, app_url: str, column: str
) -> None:
    """Red without the grant on columns of `documents` in migration 0010."""
    practice_id = ana.get("/practice")["id"]
    with psycopg.connect(app_url) as connection:
        connection.execute("select enter_practice(%s)", [practice_id])
        connection.execute("update documents set kind = kind, name = name, note = note")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"update documents set {column} = {column}".encode())
