"""What `followthrough serve` runs in each of its processes: the application, made from the environment."""

import gc
import os
from pathlib import Path

from flask import Flask

from api.application import create_app
from api.config import Config
from commands import log
from commands.database import revisions
from commands.serving import METRICS_FOLDER, SERVE_NEEDS, end_with_parent, now
from commands.settings import read
from models.database import connect
from models.files import Files


def make() -> Flask:
    """The application; each process has its own pool of connections, one for each thread."""
    end_with_parent()
    settings = read(os.environ, *SERVE_NEEDS)
    log.start(settings["LOG_LEVEL"], settings["LOG_FORMAT"])
    config = Config(
        secret_keys=settings.secret_keys,
        base_url=settings.base_url,
        allowed_hosts=settings.allowed_hosts,
        signup=settings["SIGNUP"],
        mail_from=settings.mail_from,
        inbound_mail_domain=settings["INBOUND_MAIL_DOMAIN"].lower(),
        inbound_mail_keys=settings.inbound_mail_keys,
        kept_mail=os.environ.get("FOLLOWTHROUGH_KEPT_MAIL"),
        demo_slug=os.environ.get("FOLLOWTHROUGH_DEMO_SLUG"),
        trusted_proxies=int(settings["TRUSTED_PROXIES"]),
        rate_limit_url=settings.rate_limit_url,
        posts_a_minute=int(settings["PUBLIC_POSTS_A_MINUTE"]),
        posts_an_hour=int(settings["PUBLIC_POSTS_AN_HOUR"]),
        gets_a_minute=int(settings["PUBLIC_GETS_A_MINUTE"]),
        key_requests_a_minute=int(settings["KEY_REQUESTS_A_MINUTE"]),
        egress_allow=settings.egress_allow,
        files=Files(settings.files_url),
        metrics_token=settings["METRICS_TOKEN"] or None,
        metrics_folder=Path(folder) if (folder := os.environ.get(METRICS_FOLDER)) else None,
        migrations=revisions(),
    )
    # A request needs one connection at a time: no more than one for each thread is ever open.
    engine = connect(settings["DATABASE_URL"], pool_size=int(settings["THREADS"]), max_overflow=0, prepares=settings.prepares)
    app = create_app(engine, now, config)
    # What is there now stays: the collector of garbage need not look at it again and again.
    gc.collect()
    gc.freeze()
    return app
