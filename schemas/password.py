from schemas.base import Schema
from schemas.fields import Email, Secret, Text


class PasswordForgottenSchema(Schema):
    email = Email(required=True, example="ana@example.org")


class PasswordResetSchema(Schema):
    token = Text(200, required=True, example="AZLwwSNFerze8BI0VniavQ0b3x1Q2v9sWm4kT8uYpLrC7dEaFgHjKl")
    password = Secret(required=True)


class PasswordChangeSchema(Schema):
    password = Secret(1, required=True, description="The present one.")
    new_password = Secret(required=True, example="another sentence that only I know")
