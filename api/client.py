"""Clients: the parents and guardians."""

from typing import Any
from uuid import UUID

from api.doors import StaffDoor
from api.verbs import add, change, find
from models.client import CLIENTS, Client
from schemas.client import ClientChange, ClientQuery, ClientSchema

clients = StaffDoor("clients", __name__, "/clients", description="Parents and guardians.")


@clients.route("")
@clients.listing(CLIENTS, ClientSchema, ClientQuery)
def list_clients() -> None:
    """Clients

    Newest first; `email` finds one by address.
    """


@clients.route("", methods=["POST"])
@clients.arguments(ClientSchema)
@clients.response(201, ClientSchema)
def create_client(said: dict[str, Any]) -> Client:
    """Add a client

    Being a client subscribes nobody to the mailing list.
    """
    return add(Client(**said))


@clients.route("/<uuid:client_id>")
@clients.response(200, ClientSchema)
def show_client(client_id: UUID) -> Client:
    """A client

    With the ETag of its version.
    """
    return find(Client, client_id)


@clients.route("/<uuid:client_id>", methods=["PATCH"])
@clients.arguments(ClientChange)
@clients.response(200, ClientSchema)
def change_client(said: dict[str, Any], client_id: UUID) -> Client:
    """Change a client

    The fields that are named; the others stay.
    """
    return change(find(Client, client_id), said)
