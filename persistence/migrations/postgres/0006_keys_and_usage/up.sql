-- A new key is published for some time before it signs; without an instant of its own it signs once made.

ALTER TABLE signing_keys ADD COLUMN signs_at timestamptz;

-- How much each client asked on a day (in Paris), the nodes together.

CREATE TABLE client_usage (
    client_id uuid NOT NULL,
    day date NOT NULL,
    requests bigint NOT NULL,
    refusals bigint NOT NULL,
    CONSTRAINT client_usage_pkey PRIMARY KEY (client_id, day),
    CONSTRAINT client_usage_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id)
);
