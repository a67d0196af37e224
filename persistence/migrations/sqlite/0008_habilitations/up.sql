-- The dossiers of habilitation. What is told of them comes of their parts, and is written with them so that lists can
-- ask for it: the last day of what was granted, the first on which the decision that is waited for may be taken, the
-- first on which time moves the dossier. Lists of codes are separated by spaces.

CREATE TABLE habilitations (
    id text NOT NULL,
    partner_id text NOT NULL,
    authority text NOT NULL,
    departement text,
    host_kind text NOT NULL,
    presentation text,
    status text NOT NULL,
    filed_on text,
    valid_until text,
    decidable_on text,
    due_on text,
    version integer NOT NULL,
    created_at text NOT NULL,
    updated_at text NOT NULL,
    CONSTRAINT habilitations_pkey PRIMARY KEY (id),
    CONSTRAINT habilitations_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners (id),
    CONSTRAINT habilitations_departement_check CHECK ((authority = 'garde_des_sceaux') = (departement IS NULL)),
    CONSTRAINT habilitations_filed_on_check CHECK ((status = 'draft') = (filed_on IS NULL)),
    CONSTRAINT habilitations_version_check CHECK (version >= 1)
) STRICT;

-- A host has one open dossier before an authority, for a place.

CREATE UNIQUE INDEX habilitations_open_key ON habilitations (partner_id, authority, coalesce(departement, ''))
WHERE status NOT IN ('refused', 'withdrawn', 'expired');

CREATE INDEX habilitations_partner_id_idx ON habilitations (partner_id, id);
CREATE INDEX habilitations_filed_on_idx ON habilitations (filed_on, id);
CREATE INDEX habilitations_valid_until_idx ON habilitations (valid_until, id);
CREATE INDEX habilitations_due_on_idx ON habilitations (due_on, id);

-- What the host says of each document: never the document.

CREATE TABLE habilitation_documents (
    habilitation_id text NOT NULL,
    kind text NOT NULL,
    rank integer NOT NULL,
    reference text,
    issued_on text,
    filed_on text,
    CONSTRAINT habilitation_documents_pkey PRIMARY KEY (habilitation_id, kind),
    CONSTRAINT habilitation_documents_habilitation_id_fkey FOREIGN KEY (habilitation_id) REFERENCES habilitations (id)
) STRICT;

-- The times a dossier was found incomplete.

CREATE TABLE habilitation_incompletenesses (
    habilitation_id text NOT NULL,
    rank integer NOT NULL,
    declared_on text NOT NULL,
    missing_documents text NOT NULL,
    statement text,
    answer_by text,
    answered_on text,
    CONSTRAINT habilitation_incompletenesses_pkey PRIMARY KEY (habilitation_id, rank),
    CONSTRAINT habilitation_incompletenesses_habilitation_id_fkey FOREIGN KEY (habilitation_id) REFERENCES habilitations (id)
) STRICT;

-- The changes that a habilitated host declared.

CREATE TABLE habilitation_changes (
    habilitation_id text NOT NULL,
    rank integer NOT NULL,
    declared_on text NOT NULL,
    changed_on text NOT NULL,
    documents text NOT NULL,
    statement text,
    CONSTRAINT habilitation_changes_pkey PRIMARY KEY (habilitation_id, rank),
    CONSTRAINT habilitation_changes_habilitation_id_fkey FOREIGN KEY (habilitation_id) REFERENCES habilitations (id)
) STRICT;

-- What was or is under way: a request, a renewal or a withdrawal, with its decision.

CREATE TABLE habilitation_proceedings (
    habilitation_id text NOT NULL,
    rank integer NOT NULL,
    stage text NOT NULL,
    opened_on text NOT NULL,
    announced_on text,
    lapsed_on text,
    opening_reasons text,
    opening_statement text,
    observations_invited_on text,
    observations_recorded_on text,
    observations_received_on text,
    observations_statement text,
    ruling text,
    decided_on text,
    signatory_first_name text,
    signatory_last_name text,
    signatory_capacity text,
    order_reference text,
    valid_from text,
    valid_until text,
    reasons text,
    statement text,
    CONSTRAINT habilitation_proceedings_pkey PRIMARY KEY (habilitation_id, rank),
    CONSTRAINT habilitation_proceedings_habilitation_id_fkey FOREIGN KEY (habilitation_id) REFERENCES habilitations (id),
    CONSTRAINT habilitation_proceedings_case_check CHECK ((stage = 'withdrawal') = (observations_invited_on IS NOT NULL)),
    CONSTRAINT habilitation_proceedings_decision_check CHECK ((ruling IS NULL) = (decided_on IS NULL)),
    CONSTRAINT habilitation_proceedings_ended_check CHECK (ruling IS NULL OR lapsed_on IS NULL),
    CONSTRAINT habilitation_proceedings_period_check CHECK (
        (valid_from IS NULL) = (valid_until IS NULL) AND (valid_from IS NULL OR valid_from <= valid_until)
    )
) STRICT;

-- The opinions that were asked for in a proceeding.

CREATE TABLE habilitation_opinions (
    habilitation_id text NOT NULL,
    proceeding integer NOT NULL,
    giver text NOT NULL,
    rank integer NOT NULL,
    requested_on text NOT NULL,
    outcome text,
    given_on text,
    statement text,
    CONSTRAINT habilitation_opinions_pkey PRIMARY KEY (habilitation_id, proceeding, giver),
    CONSTRAINT habilitation_opinions_habilitation_id_fkey FOREIGN KEY (habilitation_id) REFERENCES habilitations (id),
    CONSTRAINT habilitation_opinions_given_check CHECK ((outcome IS NULL) = (given_on IS NULL))
) STRICT;

-- Who was told of the decision of a proceeding.

CREATE TABLE habilitation_notifications (
    habilitation_id text NOT NULL,
    proceeding integer NOT NULL,
    recipient text NOT NULL,
    rank integer NOT NULL,
    notified_on text NOT NULL,
    CONSTRAINT habilitation_notifications_pkey PRIMARY KEY (habilitation_id, proceeding, recipient),
    CONSTRAINT habilitation_notifications_habilitation_id_fkey FOREIGN KEY (habilitation_id) REFERENCES habilitations (id)
) STRICT;
