-- The journal: who did or read what, and when. Identifiers, never values. Nothing is changed in it, and
-- nothing leaves it before 180 days, the shortest time that the settings allow.

CREATE TABLE audit (
    sequence integer NOT NULL,
    action text NOT NULL,
    resource text NOT NULL,
    resource_id text,
    part text,
    at text NOT NULL,
    actor text NOT NULL,
    role text,
    request text,
    CONSTRAINT audit_pkey PRIMARY KEY (sequence),
    CONSTRAINT audit_sequence_check CHECK (sequence >= 1)
) STRICT;

CREATE INDEX audit_at_idx ON audit (at, sequence);
CREATE INDEX audit_actor_idx ON audit (actor, at, sequence);
CREATE INDEX audit_action_idx ON audit (action, at, sequence);
CREATE INDEX audit_resource_idx ON audit (resource, at, sequence);
CREATE INDEX audit_resource_id_idx ON audit (resource_id, at, sequence);

CREATE TRIGGER audit_keeps_what_it_says BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'an entry of the journal is never changed');
END;

CREATE TRIGGER audit_keeps_what_is_recent BEFORE DELETE ON audit
WHEN OLD.at > strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-180 days')
BEGIN
    SELECT RAISE(ABORT, 'a recent entry of the journal is never removed');
END;
