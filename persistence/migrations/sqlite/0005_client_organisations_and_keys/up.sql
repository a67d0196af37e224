-- The organisation that a client belongs to: its kind, and what tells it from others of the kind.
-- A client made before belongs to what its perimeter names; a service or a court is not known from
-- that, and it belongs to the ministry until somebody says better.

ALTER TABLE clients ADD COLUMN organisation text NOT NULL DEFAULT 'ministry';
ALTER TABLE clients ADD COLUMN organisation_value text;

-- The words of the name, folded, each after a space: what a search looks into.

ALTER TABLE clients ADD COLUMN name_words text NOT NULL DEFAULT '';

UPDATE clients SET
    organisation = CASE
        WHEN role IN ('partner', 'establishment', 'direction') THEN role
        WHEN role IN ('agency', 'administrator') THEN 'agency'
        ELSE 'ministry'
    END,
    organisation_value = CASE
        WHEN role = 'partner' THEN partner_id
        WHEN role = 'establishment' THEN establishment_id
        WHEN role = 'direction' THEN direction
        WHEN role IN ('agency', 'administrator') THEN NULL
        ELSE name
    END,
    name_words = ' ' || lower(name);

-- The public keys of a client, by which it proves who it is without a secret.

CREATE TABLE client_keys (
    client_id text NOT NULL,
    kid text NOT NULL,
    algorithm text NOT NULL,
    x blob,
    y blob,
    modulus blob,
    exponent blob,
    CONSTRAINT client_keys_pkey PRIMARY KEY (client_id, kid),
    CONSTRAINT client_keys_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id)
) STRICT;
