"""Keys for the practice's website and for its servers."""

from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.verbs import add, caller, find, now, work
from models.api_key import API_KEYS, ApiKey
from schemas.api_key import ApiKeyQuery, ApiKeySchema, MadeKeySchema

api_keys = StaffDoor(
    "api-keys", __name__, "/api-keys", description="Keys for the practice's website and for its servers.", takes_keys=False
)


@api_keys.route("", role="owner")
@api_keys.listing(API_KEYS, ApiKeySchema, ApiKeyQuery)
def list_api_keys() -> None:
    """Keys

    Newest first, the revoked ones too.
    """


@api_keys.route("/<uuid:api_key_id>", role="owner")
@api_keys.response(200, ApiKeySchema)
def show_api_key(api_key_id: UUID) -> ApiKey:
    """A key

    Its name, scopes and last use; never the key.
    """
    return find(ApiKey, api_key_id)


@api_keys.route("", methods=["POST"], role="owner")
@api_keys.arguments(ApiKeySchema)
@api_keys.response(201, MadeKeySchema)
def make_api_key(said: dict[str, Any]) -> dict[str, Any]:
    """Make a key

    The answer holds `key`, this once. A publishable key does what a visitor may, from the practice's `allowed_origins`. A
    secret key does what its scopes name, in the name of who made it, and works as long as they are an owner here.
    """
    row, key = ApiKey.make(work().practice_id, **said, by=caller().staff_id)
    return {**vars(add(row)), "key": key}


@api_keys.route("/<uuid:api_key_id>", methods=["DELETE"], role="owner")
@api_keys.response(204)
def revoke_api_key(api_key_id: UUID) -> None:
    """Revoke a key

    From the next request on it works no more. It stays in the list.
    """
    find(ApiKey, api_key_id).revoke(now=now())
