DROP TABLE habilitation_notifications;
DROP TABLE habilitation_opinions;
DROP TABLE habilitation_proceedings;
DROP TABLE habilitation_changes;
DROP TABLE habilitation_incompletenesses;
DROP TABLE habilitation_documents;
DROP TABLE habilitations;
