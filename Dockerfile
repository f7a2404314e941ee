FROM python:3.13-slim AS packages

RUN python -m venv /opt/packages
COPY requirements.lock .
RUN /opt/packages/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements.lock


FROM python:3.13-slim

# Nothing is written beside the code, so that the file system can be read-only; /data is for SQLite.
ENV PATH=/opt/packages/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin finops \
    && install --directory --owner=finops --group=finops --mode=0700 /data
COPY --from=packages /opt/packages /opt/packages
WORKDIR /srv
COPY LICENSE ./
COPY migrations ./migrations
COPY bot ./bot
RUN python -m compileall -q bot

USER finops
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ.get('PORT', '3000') + '/healthz', timeout=4)"]
CMD ["python", "-m", "bot", "run"]
