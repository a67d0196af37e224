-- The answers to requests that named a key, for whoever sends them again. A request is known by the
-- hash of its caller, its route and its key; what it carried, by the hash of its body.

CREATE TABLE idempotency (
    request text NOT NULL,
    body_hash text NOT NULL,
    status integer NOT NULL,
    version integer,
    location text,
    answer text NOT NULL,
    expires_at text NOT NULL,
    CONSTRAINT idempotency_pkey PRIMARY KEY (request),
    CONSTRAINT idempotency_status_check CHECK (status BETWEEN 200 AND 299)
) STRICT;

CREATE INDEX idempotency_expires_at_idx ON idempotency (expires_at);
