# One image for `serve`, `worker` and `migrate`. Every package comes by its hash from the lock files; none is compiled.
FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ONLY_BINARY=:all: PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
COPY requirements.lock requirements-dev.lock ./
# What the project runs with, and apart from it what builds the project.
RUN python -m venv /venv \
    && /venv/bin/pip install --require-hashes -r requirements.lock \
    && sed -n '/^setuptools==/,/[^\\]$/p' requirements-dev.lock >/tmp/build.lock \
    && pip install --require-hashes -r /tmp/build.lock
COPY pyproject.toml README.md ./
COPY api api
COPY commands commands
COPY domain domain
COPY mail mail
COPY migrations migrations
COPY models models
COPY scheduling scheduling
COPY schemas schemas
COPY web web
RUN pip wheel --no-build-isolation --no-deps --wheel-dir /tmp/wheel . \
    && /venv/bin/pip install --no-deps --no-index /tmp/wheel/*.whl \
    && /venv/bin/pip uninstall --yes setuptools pip

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin followthrough \
    # A volume that is mounted here belongs to who writes to it.
    && install --directory --owner followthrough --mode 0700 /files
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOST=0.0.0.0 FILES_URL=file:///files
USER followthrough
WORKDIR /tmp
EXPOSE 8000
# For `serve`, which answers only for the host of BASE_URL; switch it off for `worker`. It fails while the database is away.
HEALTHCHECK --interval=15s --timeout=6s --start-period=30s --retries=3 CMD ["python", "-c", "\
import os; from urllib.parse import urlsplit; from urllib.request import Request, urlopen; \
urlopen(Request('http://127.0.0.1:' + os.environ.get('PORT', '8000') + '/health/ready', \
headers={'Host': urlsplit(os.environ['BASE_URL']).netloc}), timeout=5)"]
ENTRYPOINT ["followthrough"]
CMD ["serve"]
