"""What `followthrough worker` runs."""

from pathlib import Path

from commands.serving import now, start_log
from commands.settings import Settings
from mail.post import KeptPost, Post, SmtpPost
from mail.render import Sender
from models.database import connect
from models.link import Links
from scheduling.worker import Worker
from scheduling.workplace import Config

WORKER_NEEDS = ("DATABASE_URL", "SECRET_KEY", "SECRET_KEY_PREVIOUS", "BASE_URL", "SMTP_URL", "MAIL_FROM", "LOG_LEVEL")


def work(settings: Settings, *, kept_mail: Path | None = None) -> Worker:
    """A worker made from the settings; mail is kept in a folder instead of sent, where one is named (the demo)."""
    start_log(settings)
    post: Post = KeptPost(kept_mail) if kept_mail else SmtpPost(settings["SMTP_URL"])
    sender = Sender(Links(settings.secret_keys, settings.base_url), settings.mail_from)
    return Worker(connect(settings["DATABASE_URL"]), now, post, Config(sender))
