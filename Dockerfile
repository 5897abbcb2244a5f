# The service with the published graph inside: docker build --tag keifu .
# Without it, for a graph on a volume:          docker build --target service --tag keifu .

FROM python:3.11-slim AS environment
WORKDIR /srv/keifu
RUN python -m venv /opt/keifu
ENV PATH=/opt/keifu/bin:$PATH
COPY requirements.lock ./
RUN python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY ontology/ ontology/
COPY shapes/ shapes/
COPY mappings/ mappings/
COPY graph_builder/ graph_builder/
COPY sparql/ sparql/
COPY api/ api/
RUN python -m pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation --editable .
RUN python -m compileall -q api graph_builder sparql

FROM environment AS graph
RUN keifu build --out /srv/build

FROM python:3.11-slim AS service
RUN useradd --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin keifu \
    && install --directory --owner keifu --group keifu /srv/build
COPY --from=environment /opt/keifu /opt/keifu
COPY --from=environment /srv/keifu /srv/keifu
ENV PATH=/opt/keifu/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    KEIFU_HOST=0.0.0.0 \
    KEIFU_PORT=8000 \
    KEIFU_OUT=/srv/build
WORKDIR /srv/keifu
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health', timeout=4)"]
ENTRYPOINT ["keifu"]
CMD ["serve"]

FROM service
COPY --from=graph --chown=keifu:keifu /srv/build /srv/build
