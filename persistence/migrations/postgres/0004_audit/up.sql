-- The journal: who did or read what, and when. Identifiers, never values. Nothing is changed in it, and
-- nothing leaves it before 180 days, the shortest time that the settings allow.

CREATE TABLE audit (
    sequence bigint NOT NULL,
    action text NOT NULL,
    resource text NOT NULL,
    resource_id uuid,
    part text,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    role text,
    request text,
    CONSTRAINT audit_pkey PRIMARY KEY (sequence),
    CONSTRAINT audit_sequence_check CHECK (sequence >= 1)
);

CREATE INDEX audit_at_idx ON audit (at, sequence);
CREATE INDEX audit_actor_idx ON audit (actor, at, sequence);
CREATE INDEX audit_action_idx ON audit (action, at, sequence);
CREATE INDEX audit_resource_idx ON audit (resource, at, sequence);
CREATE INDEX audit_resource_id_idx ON audit (resource_id, at, sequence);

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'an entry of the journal is never changed';
    ELSIF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'the journal is never emptied';
    ELSIF OLD.at > now() - interval '180 days' THEN
        RAISE EXCEPTION 'a recent entry of the journal is never removed';
    END IF;
    RETURN OLD;
END;
$$;

CREATE TRIGGER audit_keeps_what_it_says BEFORE UPDATE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_refuse();

CREATE TRIGGER audit_keeps_what_is_recent BEFORE DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_refuse();

CREATE TRIGGER audit_keeps_all BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
