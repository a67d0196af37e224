-- Places of a post that are kept for somebody of whom nothing is known here: of the case, a mark
-- that its holder alone can read.

CREATE TABLE holds (
    id uuid NOT NULL,
    offer_id uuid NOT NULL,
    holder_id uuid NOT NULL,
    places integer NOT NULL,
    hours integer NOT NULL,
    starts_on date NOT NULL,
    framework text,
    case_hash text NOT NULL,
    status text NOT NULL,
    expires_at timestamptz NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT holds_pkey PRIMARY KEY (id),
    CONSTRAINT holds_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES offers (id),
    CONSTRAINT holds_holder_id_fkey FOREIGN KEY (holder_id) REFERENCES clients (id),
    CONSTRAINT holds_places_check CHECK (places >= 1),
    CONSTRAINT holds_hours_check CHECK (hours >= 1),
    CONSTRAINT holds_case_hash_check CHECK (length(case_hash) = 64),
    CONSTRAINT holds_version_check CHECK (version >= 1)
);

-- Those of a post, those that expire, those of a holder page by page.

CREATE INDEX holds_offer_id_idx ON holds (offer_id, status);
CREATE INDEX holds_status_idx ON holds (status, expires_at);
CREATE INDEX holds_holder_id_idx ON holds (holder_id, id);
