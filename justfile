# Names for the commands; every one works without `just`.

# What there is.
default:
    @just --list

# Serve with fictitious workshops and docks.
demo:
    cargo run --release -- serve --demo

# Every test, on SQLite; with TEST_POSTGRES_URL on PostgreSQL too.
test:
    cargo test --workspace

# Every lint, warnings being errors.
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings

# Write the generated files again.
generate:
    cargo run -- openapi

# The gate: what must hold before a change lands.
ci:
    .ci/run
