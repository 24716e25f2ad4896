"""What a new password may not be."""

import pytest

from domain.password import PasswordCommon, must_not_be_common
from tests.walks import each

OLGA = ("Olga Owens", "olga.owens@riverside.example", "olga.owens", "Riverside Advocacy", "riverside-advocacy")


@each(
    "password",
    [
        *("password", "PASSWORD", "iloveyou", "qwertyuiop", "123456789", "trustno1"),  # what others try first
        *("followthrough", "FollowThrough2026", "follow-through!", "Follow Through"),  # our own name
        *("Olga Owens", "olga owens 1", "owens2026!", "olga.owens", "OLGA.OWENS@riverside.example"),  # a name of hers
        *("Riverside1", "riverside-advocacy", "--Advocacy--", "Riverside Advocacy 2026"),  # the name of the firm
    ],
)
def test_what_others_try_first_is_refused(password: str) -> None:
    with pytest.raises(PasswordCommon) as refused:
        must_not_be_common(password, OLGA, pointer="/new_password")
    assert [error["pointer"] for error in refused.value.extra["errors"]] == ["/new_password"]  # type: ignore[attr-defined]


@each(
    "password",
    [
        "a sentence that only I know",
        "correct horse battery staple",
        "Olga Owens reads with the children on Fridays",  # a name within a sentence is fine
        "zxcv-7Q!pL",
        "пароль, который знаю я",
        "        spaces are taken as typed        ",
    ],
)
def test_a_sentence_is_welcome_and_nothing_is_asked_of_its_characters(password: str) -> None:
    must_not_be_common(password, OLGA)


def test_a_name_of_two_letters_is_no_word() -> None:
    must_not_be_common("al-and-bo-and-al", ("Al Bo", "", "a@b.example", "a"))
