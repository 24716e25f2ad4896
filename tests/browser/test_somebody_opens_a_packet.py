"""The page behind the link to a packet that was shared, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import PHONE, House, Parent
from tests.cast import Practice
from tests.contracts.everything import CONTENT, is_built, packet_token


@pytest.fixture
def share(riverside: Practice) -> Any:
    ana = riverside.ana
    packet = ana.post("/packets", {"case_id": ana.opens_a_case()["id"], "purpose": "mediation", "redactions": {"names": ["A"]}})
    is_built(riverside, packet)
    return ana.post("/packet-shares", {"packet_id": packet["id"], "name": "Dana Torres", "email": "dana@mediation.example"})


@pytest.mark.parametrize("scripts", [True, False])
def test_a_mediator_downloads_the_packet_by_the_keyboard_alone(
    parents: Callable[..., Parent], house: House, riverside: Practice, share: Any, scripts: bool
) -> None:
    dana = parents(java_script_enabled=scripts)
    page = dana.opens(f"{house.address}/packets/{packet_token(riverside, share)}")
    dana.sees("A packet of documents")
    dana.is_shown("packet-en")
    page.get_by_label("The code").focus()
    page.keyboard.type("AAAA-AAAA")
    page.get_by_role("button", name="Download the PDF").press("Enter")
    dana.sees("This is not the code.")
    dana.is_shown("packet-wrong-en")
    page.get_by_label("The code").fill(share["code"].lower())
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download the ZIP").press("Enter")
    assert taken.value.suggested_filename == "packet-mediation-2026-10-05.zip"
    assert taken.value.path().read_bytes() == CONTENT
    assert riverside.ana.get(f"/packet-shares/{share['id']}")["opens"] == 1


def test_on_a_phone_in_spanish(parents: Callable[..., Parent], house: House, riverside: Practice, share: Any) -> None:
    dana = parents(viewport=PHONE, has_touch=True, is_mobile=True)
    page = dana.opens(f"{house.address}/packets/{packet_token(riverside, share)}?lang=es")
    dana.is_shown("packet-es-phone", finger=True)
    page.get_by_label("El código").fill("AAAA-AAAA")
    page.get_by_role("button", name="Descargar el PDF").click()
    dana.sees("Este no es el código.")
    dana.is_shown("packet-wrong-es-phone", finger=True)
