"""A client: the parent or guardian for whom the practice works."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from models.base import Base
from models.listing import Listing
from models.tenancy import TenantOwned, unique_in_practice


class Client(TenantOwned, Base):
    __tablename__ = "clients"
    __table_args__ = (Index("ix_clients_email", *unique_in_practice("email")),)

    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str | None]
    timezone: Mapped[str | None]
    preferred_channel: Mapped[str | None]
    notes: Mapped[str | None]


CLIENTS = Listing.of(Client, "email")
