DROP TABLE client_usage;

ALTER TABLE signing_keys DROP COLUMN signs_at;
