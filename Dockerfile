# syntax=docker/dockerfile:1
# One image with the three programs: meta, manager and plumb. The compose file says which one runs.
#
#   docker build -t plumbline .

FROM node:22-bookworm-slim AS console
WORKDIR /build
COPY crates/console/ui .
RUN --mount=type=cache,target=/root/.npm \
    npm ci --ignore-scripts --no-audit --no-fund && npm run build

FROM rust:1.95-slim-bookworm AS builder
WORKDIR /build
# Static SQL is checked against the committed data: there is no store while building. Nor is there Node: the console
# comes from the stage before.
ENV SQLX_OFFLINE=true PLUMBLINE_CONSOLE=/console
COPY --from=console /build/dist /console
COPY . .
# The caches stay with the builder, so that a second build compiles only what changed.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked --package meta --package manager --package cli \
    && install -D --target-directory=/out \
        target/release/meta target/release/manager target/release/plumb

FROM debian:bookworm-slim
# The authorities that TLS connections to data sources are checked against.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --user-group --uid 10001 --no-create-home --shell /usr/sbin/nologin plumbline
COPY --from=builder /out/ /usr/local/bin/
# By number, so that a cluster can tell that it is not root.
USER 10001:10001
EXPOSE 8081 8082
CMD ["plumb", "--help"]
