from schemas.base import Schema
from schemas.fields import Code, Many, Secret, Text


class EnrolmentSchema(Schema):
    """Shown once: for an authenticator app, as text and as what its QR code holds."""

    secret = Text(64, example="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", description="Base32, for typing it in.")
    uri = Text(500, example="otpauth://totp/Followthrough:ana%40example.org?secret=JBSWY3DPEHPK3PXP&issuer=Followthrough")


class PasswordAgainSchema(Schema):
    password = Secret(1, required=True)


class ConfirmationSchema(Schema):
    otp = Code(required=True)


class RecoveryCodesSchema(Schema):
    """Shown once: each signs in once in place of a one-time code."""

    recovery_codes = Many(Text(40), 10, example=["abcd-efgh-jkmn-pqrs-tuvw-xyz2"])


class DisableSchema(Schema):
    password = Secret(1, required=True)
    otp = Code(required=True)
