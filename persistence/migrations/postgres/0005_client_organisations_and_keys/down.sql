DROP TABLE client_keys;
ALTER TABLE clients DROP COLUMN name_words;
ALTER TABLE clients DROP COLUMN organisation_value;
ALTER TABLE clients DROP COLUMN organisation;
