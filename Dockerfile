# The API in a small image, with TLS towards PostgreSQL.

FROM rust:1.95-slim-bookworm AS build
# libpq is compiled from source; feature `tls` links it to the system's OpenSSL.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libssl-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --profile dist --locked --features tls --package api --bin atigip

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates libssl3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home-dir /var/lib/atigip --create-home --shell /usr/sbin/nologin atigip
COPY --from=build /src/target/dist/atigip /usr/local/bin/atigip
USER atigip
# Without DATABASE_URL a SQLite file is kept here, in var/: mount a volume to keep it.
WORKDIR /var/lib/atigip
# Loopback would be out of reach from outside the container. Set ATIGIP_PUBLIC_URL to the
# address that callers use: every link begins with it.
ENV ATIGIP_BIND=0.0.0.0:8080
EXPOSE 8080
# SIGTERM stops accepting, lets requests finish for 20 seconds, then ends: give it 30.
# No HEALTHCHECK: the image has no HTTP client, and whoever runs it probes /health/live and
# /health/ready itself.
ENTRYPOINT ["atigip"]
CMD ["serve"]
