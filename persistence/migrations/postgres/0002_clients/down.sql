DROP TABLE revoked_tokens;
DROP TABLE signing_keys;
DROP TABLE client_assertions;
DROP TABLE client_secrets;
DROP TABLE clients;
