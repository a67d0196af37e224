-- The organisations the agency works with; roles are codes separated by spaces. Of a person nothing is kept.

CREATE TABLE partners (
    id text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    roles text NOT NULL,
    host_kind text,
    siret text,
    rna text,
    local_register text,
    legal_category text,
    street text,
    postcode text,
    commune text NOT NULL,
    demo integer NOT NULL,
    version integer NOT NULL,
    created_at text NOT NULL,
    updated_at text NOT NULL,
    CONSTRAINT partners_pkey PRIMARY KEY (id),
    CONSTRAINT partners_siret_key UNIQUE (siret),
    CONSTRAINT partners_version_check CHECK (version >= 1)
) STRICT;

-- Whom to write to in a partner, in the order in which they were given: functions, never persons.

CREATE TABLE partner_contacts (
    partner_id text NOT NULL,
    rank integer NOT NULL,
    function text NOT NULL,
    service_name text,
    email text,
    phone text,
    CONSTRAINT partner_contacts_pkey PRIMARY KEY (partner_id, rank),
    CONSTRAINT partner_contacts_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners (id),
    CONSTRAINT partner_contacts_reach_check CHECK (email IS NOT NULL OR phone IS NOT NULL)
) STRICT;

-- What is left of a partner that was deleted: that it was.

CREATE TABLE deleted_partners (
    id text NOT NULL,
    version integer NOT NULL,
    deleted_at text NOT NULL,
    CONSTRAINT deleted_partners_pkey PRIMARY KEY (id),
    CONSTRAINT deleted_partners_version_check CHECK (version >= 1)
) STRICT;

-- A partner that a client acts for is not deleted: the client is looked up.

CREATE INDEX clients_partner_id_idx ON clients (partner_id);
