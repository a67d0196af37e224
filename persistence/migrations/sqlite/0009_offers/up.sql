-- Offers: what all kinds have in common, and where each is in its life. Without a last day, an
-- offer is permanent, as its author said. Of those who do the work nothing is kept.

CREATE TABLE offers (
    id text NOT NULL,
    partner_id text,
    reference text,
    demo integer NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    commune text NOT NULL,
    departement text NOT NULL,
    region text NOT NULL,
    centre_lat real,
    centre_lon real,
    diffusion text NOT NULL,
    starts_on text,
    ends_on text,
    places integer NOT NULL,
    hours_per_week real,
    establishment_id text,
    status text NOT NULL,
    filed_on text,
    withdrawn_at text,
    published_at text,
    last_confirmed_at text,
    places_taken integer NOT NULL,
    told_decidable integer NOT NULL,
    told_expired integer NOT NULL,
    told_habilitation_lost integer NOT NULL,
    version integer NOT NULL,
    created_at text NOT NULL,
    updated_at text NOT NULL,
    CONSTRAINT offers_pkey PRIMARY KEY (id),
    CONSTRAINT offers_reference_key UNIQUE (partner_id, reference),
    CONSTRAINT offers_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners (id),
    CONSTRAINT offers_establishment_id_fkey FOREIGN KEY (establishment_id) REFERENCES establishments (id),
    CONSTRAINT offers_reference_check CHECK (reference IS NULL OR partner_id IS NOT NULL),
    CONSTRAINT offers_days_check CHECK (starts_on <= ends_on),
    CONSTRAINT offers_places_check CHECK (places_taken BETWEEN 0 AND places),
    CONSTRAINT offers_centre_check CHECK ((centre_lat IS NULL) = (centre_lon IS NULL)),
    CONSTRAINT offers_version_check CHECK (version >= 1)
) STRICT;

-- A partner's own, page by page; what ends soon; what time has to tell.

CREATE INDEX offers_partner_id_idx ON offers (partner_id, id);
CREATE INDEX offers_ends_on_idx ON offers (ends_on, id);
CREATE INDEX offers_status_idx ON offers (status, id);
CREATE INDEX offers_establishment_id_idx ON offers (establishment_id);

-- Where exactly one goes, when that is said: restricted, for a post.

CREATE TABLE offer_sites (
    offer_id text NOT NULL,
    street text,
    postcode text,
    lat real,
    lon real,
    geo_precision text,
    CONSTRAINT offer_sites_pkey PRIMARY KEY (offer_id),
    CONSTRAINT offer_sites_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES offers (id),
    CONSTRAINT offer_sites_position_check CHECK ((lat IS NULL) = (lon IS NULL) AND (lat IS NULL) = (geo_precision IS NULL))
) STRICT;

-- What a post of community service says besides; lists are codes separated by spaces. For whom it
-- is registered is decided an audience at a time. The supervisor is a function, never a person.

CREATE TABLE offer_tig (
    offer_id text NOT NULL,
    measures text NOT NULL,
    form text NOT NULL,
    field text NOT NULL,
    audiences text NOT NULL,
    slots text NOT NULL,
    step_free integer,
    transport_m integer,
    licence_needed integer NOT NULL,
    vehicle_needed integer NOT NULL,
    particular_risks integer NOT NULL,
    care_establishment integer NOT NULL,
    formative_character text,
    host_named integer NOT NULL,
    supervisor_function text,
    supervisor_service_name text,
    supervisor_email text,
    supervisor_phone text,
    exclusions text,
    registered_for text NOT NULL,
    refused_for text NOT NULL,
    CONSTRAINT offer_tig_pkey PRIMARY KEY (offer_id),
    CONSTRAINT offer_tig_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES offers (id),
    CONSTRAINT offer_tig_supervisor_check CHECK ((supervisor_function IS NULL) = (supervisor_email IS NULL AND supervisor_phone IS NULL))
) STRICT;

-- What the host of a registered post wants to change of it, until that is decided.

CREATE TABLE offer_revisions (
    offer_id text NOT NULL,
    field text NOT NULL,
    commune text NOT NULL,
    departement text NOT NULL,
    region text NOT NULL,
    centre_lat real,
    centre_lon real,
    street text,
    postcode text,
    lat real,
    lon real,
    geo_precision text,
    hours_per_week real,
    slots text NOT NULL,
    places integer NOT NULL,
    CONSTRAINT offer_revisions_pkey PRIMARY KEY (offer_id),
    CONSTRAINT offer_revisions_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES offers (id),
    CONSTRAINT offer_revisions_places_check CHECK (places >= 1),
    CONSTRAINT offer_revisions_position_check CHECK ((lat IS NULL) = (lon IS NULL) AND (lat IS NULL) = (geo_precision IS NULL) AND (centre_lat IS NULL) = (centre_lon IS NULL))
) STRICT;

-- What a job in detention says besides; its establishment is the offer's.

CREATE TABLE offer_employment (
    offer_id text NOT NULL,
    regime text NOT NULL,
    activity text NOT NULL,
    rome text NOT NULL,
    pay_class text NOT NULL,
    smic_percent real NOT NULL,
    contract text NOT NULL,
    fixed_term_reason text,
    CONSTRAINT offer_employment_pkey PRIMARY KEY (offer_id),
    CONSTRAINT offer_employment_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES offers (id)
) STRICT;

-- What a training says besides; occupations are codes separated by spaces.

CREATE TABLE offer_training (
    offer_id text NOT NULL,
    region text NOT NULL,
    certification_title text,
    certification_code text,
    activity text,
    rome text NOT NULL,
    session_first text,
    session_last text,
    CONSTRAINT offer_training_pkey PRIMARY KEY (offer_id),
    CONSTRAINT offer_training_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES offers (id),
    CONSTRAINT offer_training_certification_check CHECK (certification_title IS NOT NULL OR certification_code IS NULL),
    CONSTRAINT offer_training_session_check CHECK ((session_first IS NULL) = (session_last IS NULL) AND (session_first IS NULL OR session_first <= session_last))
) STRICT;

-- The opinions that were asked for on a post, in order; one that is closed counts no more.

CREATE TABLE offer_opinions (
    offer_id text NOT NULL,
    rank integer NOT NULL,
    subject text NOT NULL,
    giver text NOT NULL,
    requested_on text NOT NULL,
    outcome text,
    given_on text,
    statement text,
    closed integer NOT NULL,
    CONSTRAINT offer_opinions_pkey PRIMARY KEY (offer_id, rank),
    CONSTRAINT offer_opinions_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES offers (id),
    CONSTRAINT offer_opinions_given_check CHECK ((outcome IS NULL) = (given_on IS NULL) AND (statement IS NULL OR outcome IS NOT NULL))
) STRICT;

-- What suspends an offer: its host, an authority, or both.

CREATE TABLE offer_suspensions (
    offer_id text NOT NULL,
    origin text NOT NULL,
    since text NOT NULL,
    reasons text NOT NULL,
    statement text,
    until text,
    CONSTRAINT offer_suspensions_pkey PRIMARY KEY (offer_id, origin),
    CONSTRAINT offer_suspensions_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES offers (id)
) STRICT;

-- What happened to an offer, in order. The signatory is the author of a decision, by law.

CREATE TABLE offer_history (
    offer_id text NOT NULL,
    rank integer NOT NULL,
    at text NOT NULL,
    event text NOT NULL,
    decided_on text,
    origin text,
    until text,
    reasons text,
    statement text,
    first_name text,
    last_name text,
    capacity text,
    CONSTRAINT offer_history_pkey PRIMARY KEY (offer_id, rank),
    CONSTRAINT offer_history_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES offers (id),
    CONSTRAINT offer_history_signatory_check CHECK ((first_name IS NULL) = (last_name IS NULL) AND (first_name IS NULL) = (capacity IS NULL)),
    CONSTRAINT offer_history_statement_check CHECK (statement IS NULL OR reasons IS NOT NULL)
) STRICT;

-- Synchronisations: a partner sends all its offers, and what was not seen is withdrawn. One is
-- open at a time: while it is, its partner is written again, in a column without doubles.

CREATE TABLE offer_syncs (
    id text NOT NULL,
    partner_id text NOT NULL,
    open_for text,
    status text NOT NULL,
    created integer NOT NULL,
    updated integer NOT NULL,
    unchanged integer NOT NULL,
    refused integer NOT NULL,
    withdrawn integer NOT NULL,
    version integer NOT NULL,
    created_at text NOT NULL,
    updated_at text NOT NULL,
    CONSTRAINT offer_syncs_pkey PRIMARY KEY (id),
    CONSTRAINT offer_syncs_open_key UNIQUE (open_for),
    CONSTRAINT offer_syncs_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partners (id),
    CONSTRAINT offer_syncs_open_check CHECK (open_for = partner_id),
    CONSTRAINT offer_syncs_version_check CHECK (version >= 1)
) STRICT;

CREATE INDEX offer_syncs_partner_id_idx ON offer_syncs (partner_id);

-- What was seen in a synchronisation.

CREATE TABLE offer_sync_seen (
    sync_id text NOT NULL,
    reference text NOT NULL,
    CONSTRAINT offer_sync_seen_pkey PRIMARY KEY (sync_id, reference),
    CONSTRAINT offer_sync_seen_sync_id_fkey FOREIGN KEY (sync_id) REFERENCES offer_syncs (id)
) STRICT;
