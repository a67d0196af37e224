-- Who may act. The columns of the perimeter hold what its role bounds it to, and at most one is there;
-- lists of codes are separated by spaces.

CREATE TABLE clients (
    id text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    function text,
    partner_id text,
    establishment_id text,
    direction text,
    departements text,
    scopes text NOT NULL,
    status text NOT NULL,
    demo integer NOT NULL,
    version integer NOT NULL,
    created_at text NOT NULL,
    updated_at text NOT NULL,
    CONSTRAINT clients_pkey PRIMARY KEY (id),
    CONSTRAINT clients_establishment_id_fkey FOREIGN KEY (establishment_id) REFERENCES establishments (id),
    CONSTRAINT clients_perimeter_check CHECK (CASE WHEN partner_id IS NULL THEN 0 ELSE 1 END + CASE WHEN establishment_id IS NULL THEN 0 ELSE 1 END + CASE WHEN direction IS NULL THEN 0 ELSE 1 END + CASE WHEN departements IS NULL THEN 0 ELSE 1 END <= 1),
    CONSTRAINT clients_version_check CHECK (version >= 1)
) STRICT;

CREATE INDEX clients_establishment_id_idx ON clients (establishment_id);

-- What is kept of a client's secrets: a hash that says nothing of them.

CREATE TABLE client_secrets (
    id text NOT NULL,
    client_id text NOT NULL,
    hash text NOT NULL,
    created_at text NOT NULL,
    expires_at text,
    last_used_at text,
    CONSTRAINT client_secrets_pkey PRIMARY KEY (id),
    CONSTRAINT client_secrets_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id),
    CONSTRAINT client_secrets_hash_check CHECK (hash LIKE '$argon2id$%')
) STRICT;

CREATE INDEX client_secrets_client_id_idx ON client_secrets (client_id);

-- The assertions that were presented: each is accepted once.

CREATE TABLE client_assertions (
    client_id text NOT NULL,
    jti text NOT NULL,
    expires_at text NOT NULL,
    CONSTRAINT client_assertions_pkey PRIMARY KEY (client_id, jti),
    CONSTRAINT client_assertions_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id)
) STRICT;

CREATE INDEX client_assertions_expires_at_idx ON client_assertions (expires_at);

-- The keys that sign access tokens; the private half is encrypted under a key that is not here.

CREATE TABLE signing_keys (
    kid text NOT NULL,
    algorithm text NOT NULL,
    private blob NOT NULL,
    public_jwk text NOT NULL,
    created_at text NOT NULL,
    retires_at text,
    CONSTRAINT signing_keys_pkey PRIMARY KEY (kid)
) STRICT;

-- The access tokens that were revoked before their end, numbered as they were, for every node to follow.

CREATE TABLE revoked_tokens (
    sequence integer NOT NULL,
    jti text NOT NULL,
    expires_at text NOT NULL,
    CONSTRAINT revoked_tokens_pkey PRIMARY KEY (sequence),
    CONSTRAINT revoked_tokens_jti_key UNIQUE (jti)
) STRICT;
