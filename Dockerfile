# syntax=docker/dockerfile:1

FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \
    cargo build --locked --release --package simlane --bin simlane \
    && install -D target/release/simlane /out/simlane

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin simlane \
    && install -d -o simlane -g simlane /data
COPY --from=build /out/simlane /usr/local/bin/simlane
COPY --chmod=755 deploy/entrypoint /usr/local/bin/entrypoint
ENV DATABASE_URL="sqlite:///data/simlane.db?mode=rwc" LOG_FORMAT=json
EXPOSE 8080
VOLUME /data
# Starts as root only to make the mount writable; the service itself never runs as root.
ENTRYPOINT ["entrypoint"]
CMD ["serve"]
