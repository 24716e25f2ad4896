"""What `followthrough worker` runs."""

from pathlib import Path

from commands import log
from commands.serving import now
from commands.settings import Settings
from mail.post import KeptPost, Post, SmtpPost
from mail.render import Sender
from models.database import connect
from models.files import Files
from models.link import Links
from scheduling.worker import Worker
from scheduling.workplace import Config

WORKER_NEEDS = (
    "DATABASE_URL",
    "DATABASE_POOLER",
    "SECRET_KEY",
    "SECRET_KEY_PREVIOUS",
    "BASE_URL",
    "SMTP_URL",
    "MAIL_FROM",
    "EGRESS_ALLOW",
    "FILES_URL",
    "DATA_DIR",
    "LOG_LEVEL",
    "LOG_FORMAT",
)


def work(settings: Settings, *, kept_mail: Path | None = None) -> Worker:
    """A worker made from the settings; mail is kept in a folder instead of sent, where one is named (the demo)."""
    log.start(settings["LOG_LEVEL"], settings["LOG_FORMAT"])
    post: Post = KeptPost(kept_mail) if kept_mail else SmtpPost(settings["SMTP_URL"])
    sender = Sender(Links(settings.secret_keys, settings.base_url), settings.mail_from)
    config = Config(sender, egress_allow=settings.egress_allow, files=Files(settings.files_url))
    return Worker(connect(settings["DATABASE_URL"], prepares=settings.prepares), now, post, config)
