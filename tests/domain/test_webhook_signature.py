"""Signatures of hooks, with the example that Standard Webhooks itself gives."""

import pytest

from domain.webhook_signature import SecretInvalid, is_genuine, is_timely, key_of, sign

# From the specification's reference libraries.
SECRET, ID, SECONDS = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330
BODY, SIGNATURE = b'{"test": 2432232314}', "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_it_signs_as_the_standard_does() -> None:
    assert sign(key_of(SECRET), ID, SECONDS, BODY) == SIGNATURE


def test_one_signature_and_one_key_of_several_have_to_fit() -> None:
    keys = [b"another key, of enough bytes for it", key_of(SECRET)]
    assert is_genuine(keys, ID, str(SECONDS), f"v1,AAAA v2,xyz {SIGNATURE}", BODY)
    assert not is_genuine(keys, ID, str(SECONDS), "v1,AAAA é", BODY)
    assert not is_genuine(keys[:1], ID, str(SECONDS), SIGNATURE, BODY)
    assert not is_genuine(keys, ID, str(SECONDS), SIGNATURE, BODY + b" ")
    assert not is_genuine(keys, "msg_2", str(SECONDS), SIGNATURE, BODY)
    assert not is_genuine(keys, ID, str(SECONDS + 1), SIGNATURE, BODY)


@pytest.mark.parametrize(
    ("said", "timely"),
    [
        ("1000", True),
        ("700", True),
        ("1300", True),
        ("699", False),
        ("1301", False),
        ("", False),
        ("-5", False),
        ("1e3", False),
    ],
)
def test_a_hook_is_of_these_minutes(said: str, timely: bool) -> None:
    assert is_timely(said, 1000.0) is timely


@pytest.mark.parametrize(
    "wrong", ["", "whsec_", "whsec_AAAA", SECRET.removeprefix("whsec_"), "whsec_!!!!", "whsec_" + "A" * 200]
)
def test_what_is_no_secret_is_none(wrong: str) -> None:
    with pytest.raises(SecretInvalid):
        key_of(wrong)
