# schemadiff with its embedded PostgreSQL. The folder of a project lies at /work:
#   docker run --rm -v "$PWD:/work" -e DATABASE_URL IMAGE check

FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN python -m venv /opt/schemadiff && /opt/schemadiff/bin/pip install --no-cache-dir '.[diagram]'

FROM python:3.13-slim
# git is for sources such as git:main:schema/schema.sql. Any version of it will do.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends git && rm -rf /var/lib/apt/lists/* \
    && git config --system safe.directory /work
# What is written to /work belongs to this user. PostgreSQL runs as it, and needs it to have a name.
ARG UID=1000
RUN useradd --create-home --uid "$UID" schemadiff
COPY --from=build /opt/schemadiff /opt/schemadiff
ENV PATH=/opt/schemadiff/bin:$PATH
USER $UID
# Unpacks PostgreSQL once for all containers, and fails where the image does not work.
RUN schemadiff doctor && schemadiff scratch stop
WORKDIR /work
ENTRYPOINT ["schemadiff"]
CMD ["--help"]
