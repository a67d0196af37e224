-- Each filter of the lists of restricted data, by itself, finds what answers to it and nothing else.

CREATE INDEX habilitations_status_idx ON habilitations (status, valid_until, id);
CREATE INDEX habilitations_authority_idx ON habilitations (authority, filed_on, id);
CREATE INDEX habilitations_host_kind_idx ON habilitations (host_kind, filed_on, id);
CREATE INDEX habilitations_departement_idx ON habilitations (departement, filed_on, id);
CREATE INDEX habilitations_decidable_on_idx ON habilitations (decidable_on, status, valid_until, id);
CREATE INDEX habilitations_updated_at_idx ON habilitations (updated_at, id);

CREATE INDEX habilitation_proceedings_valid_until_idx ON habilitation_proceedings (valid_until, habilitation_id);
CREATE INDEX habilitation_proceedings_ruling_idx ON habilitation_proceedings (ruling, decided_on, habilitation_id);

CREATE INDEX holds_starts_on_idx ON holds (starts_on, id);
CREATE INDEX holds_updated_at_idx ON holds (updated_at, id);

CREATE INDEX clients_role_idx ON clients (role, id);
CREATE INDEX clients_status_idx ON clients (status, id);
CREATE INDEX clients_updated_at_idx ON clients (updated_at, id);
