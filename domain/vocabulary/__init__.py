"""The words of American special education: who acts, what is given, where; and the abbreviations people write for them.

Sources: 34 CFR 300.34, 300.39, 300.42, 300.321 and the forms of WI, TX, NY, CA, FL and MN.
"""

from domain.vocabulary.in_full import spelled_out
from domain.vocabulary.phrases import all_roles, all_services, all_settings
from domain.vocabulary.roles import ROLES, Role
from domain.vocabulary.services import SERVICES, Service
from domain.vocabulary.settings import SETTINGS, Setting

__all__ = [
    "ROLES",
    "SERVICES",
    "SETTINGS",
    "Role",
    "Service",
    "Setting",
    "all_roles",
    "all_services",
    "all_settings",
    "spelled_out",
]
