"""What exists is in the documentation: a setting, command, scope or problem that it forgets fails here."""

import re
from pathlib import Path

from api.problems import KINDS
from commands.command_line import main
from commands.settings import SETTINGS
from models.api_key import SCOPES
from tests.walks import each

HOUSE = Path(__file__).parents[2]
OPERATORS, INTEGRATORS = HOUSE / "docs" / "operators.md", HOUSE / "docs" / "integrators.md"
PAGES = sorted([HOUSE / "README.md", HOUSE / "CHANGELOG.md", *(HOUSE / "docs").rglob("*.md")])


@each("setting", SETTINGS, ids=lambda setting: setting.name)
def test_operators_read_of_every_setting(setting: object) -> None:
    row = re.search(rf"^\| `{setting.name}` \| (.*?) \|", OPERATORS.read_text(), re.M)  # type: ignore[attr-defined]
    assert row, "it is missing in the table of settings"
    default = setting.default  # type: ignore[attr-defined]
    assert default in (None, "") or f"`{default}`" in row[1], "the table names another default"


def test_the_table_of_settings_names_none_that_are_gone() -> None:
    named = set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATORS.read_text(), re.M))
    assert named == {setting.name for setting in SETTINGS}


@each("command", sorted(main.commands))
def test_the_readme_names_every_command(command: str) -> None:
    assert f"`{command}`" in (HOUSE / "README.md").read_text()


@each("resource", sorted({scope.partition(":")[0] for scope in SCOPES}))
def test_integrators_read_of_every_scope(resource: str) -> None:
    assert f"`{resource}`" in INTEGRATORS.read_text() or f"`{resource}:" in INTEGRATORS.read_text()


def test_the_documentation_names_no_problem_that_is_none() -> None:
    named = {name for page in PAGES for name in re.findall(r"/problems/([a-z-]+)", page.read_text())}
    assert named <= KINDS.keys() | {"name"}


@each("page", PAGES, ids=lambda page: str(page.relative_to(HOUSE)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:)([^)#\s]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []
