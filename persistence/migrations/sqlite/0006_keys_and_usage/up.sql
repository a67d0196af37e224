-- A new key is published for some time before it signs; without an instant of its own it signs once made.

ALTER TABLE signing_keys ADD COLUMN signs_at text;

-- How much each client asked on a day (in Paris), the nodes together.

CREATE TABLE client_usage (
    client_id text NOT NULL,
    day text NOT NULL,
    requests integer NOT NULL,
    refusals integer NOT NULL,
    CONSTRAINT client_usage_pkey PRIMARY KEY (client_id, day),
    CONSTRAINT client_usage_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id)
) STRICT;
