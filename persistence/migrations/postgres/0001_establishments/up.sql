-- The same tables as on SQLite, in the native types of PostgreSQL.

-- What is told of the installation itself, such as whether the reference data was loaded.

CREATE TABLE meta (
    key text NOT NULL,
    value text NOT NULL,
    CONSTRAINT meta_pkey PRIMARY KEY (key)
);

-- The log of every write: consecutive numbers, in the order of commits.

CREATE TABLE changes (
    sequence bigint NOT NULL,
    type text NOT NULL,
    resource text NOT NULL,
    resource_id uuid NOT NULL,
    part text,
    version bigint NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    CONSTRAINT changes_pkey PRIMARY KEY (sequence),
    CONSTRAINT changes_sequence_check CHECK (sequence >= 1),
    CONSTRAINT changes_version_check CHECK (version >= 1)
);

CREATE INDEX changes_resource_idx ON changes (resource, resource_id, sequence);

CREATE TABLE establishments (
    id uuid NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    kind_as_of date NOT NULL,
    status text NOT NULL,
    closed_on date,
    management text,
    direction text NOT NULL,
    street text,
    postcode text,
    commune text NOT NULL,
    lat double precision NOT NULL,
    lon double precision NOT NULL,
    geo_precision text NOT NULL,
    position_source text,
    capacity_places integer,
    capacity_as_of date,
    capacity_source text,
    working_hours text,
    workforce_available integer,
    statistics_label text,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT establishments_pkey PRIMARY KEY (id),
    CONSTRAINT establishments_slug_key UNIQUE (slug),
    CONSTRAINT establishments_closed_check CHECK ((status = 'closed') = (closed_on IS NOT NULL)),
    CONSTRAINT establishments_position_check CHECK (lat BETWEEN -90 AND 90 AND lon BETWEEN -180 AND 180),
    CONSTRAINT establishments_capacity_check CHECK ((capacity_places IS NULL) = (capacity_as_of IS NULL) AND (capacity_places IS NULL) = (capacity_source IS NULL)),
    CONSTRAINT establishments_version_check CHECK (version >= 1)
);

CREATE TABLE production_zones (
    id uuid NOT NULL,
    establishment_id uuid NOT NULL,
    name text,
    kind text NOT NULL,
    status text NOT NULL,
    area_m2 integer NOT NULL,
    available_area_m2 integer,
    clear_height_m double precision,
    floor_load_kg_m2 integer,
    power_kva double precision,
    ground_floor boolean,
    workstations integer,
    demo boolean NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT production_zones_pkey PRIMARY KEY (id),
    CONSTRAINT production_zones_establishment_id_fkey FOREIGN KEY (establishment_id) REFERENCES establishments (id),
    CONSTRAINT production_zones_area_check CHECK (area_m2 >= 0),
    CONSTRAINT production_zones_available_area_check CHECK (available_area_m2 BETWEEN 0 AND area_m2),
    CONSTRAINT production_zones_version_check CHECK (version >= 1)
);

CREATE INDEX production_zones_establishment_id_idx ON production_zones (establishment_id);

-- The rank keeps the order in which a sheet names its equipment.

CREATE TABLE zone_equipment (
    zone_id uuid NOT NULL,
    equipment text NOT NULL,
    quantity integer,
    rank integer NOT NULL,
    CONSTRAINT zone_equipment_pkey PRIMARY KEY (zone_id, equipment),
    CONSTRAINT zone_equipment_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES production_zones (id),
    CONSTRAINT zone_equipment_quantity_check CHECK (quantity >= 1)
);

CREATE TABLE storage_areas (
    id uuid NOT NULL,
    establishment_id uuid NOT NULL,
    zone_id uuid,
    name text,
    area_m2 integer NOT NULL,
    clear_height_m double precision,
    cold boolean,
    demo boolean NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT storage_areas_pkey PRIMARY KEY (id),
    CONSTRAINT storage_areas_establishment_id_fkey FOREIGN KEY (establishment_id) REFERENCES establishments (id),
    CONSTRAINT storage_areas_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES production_zones (id),
    CONSTRAINT storage_areas_area_check CHECK (area_m2 >= 0),
    CONSTRAINT storage_areas_version_check CHECK (version >= 1)
);

CREATE INDEX storage_areas_establishment_id_idx ON storage_areas (establishment_id);

CREATE INDEX storage_areas_zone_id_idx ON storage_areas (zone_id);

CREATE TABLE loading_docks (
    id uuid NOT NULL,
    establishment_id uuid NOT NULL,
    zone_id uuid,
    name text,
    kind text NOT NULL,
    number integer,
    height_cm integer,
    leveller boolean,
    max_vehicle text,
    clearance_cm integer,
    opening_hours text,
    shared boolean,
    demo boolean NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT loading_docks_pkey PRIMARY KEY (id),
    CONSTRAINT loading_docks_establishment_id_fkey FOREIGN KEY (establishment_id) REFERENCES establishments (id),
    CONSTRAINT loading_docks_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES production_zones (id),
    CONSTRAINT loading_docks_version_check CHECK (version >= 1)
);

CREATE INDEX loading_docks_establishment_id_idx ON loading_docks (establishment_id);

CREATE INDEX loading_docks_zone_id_idx ON loading_docks (zone_id);

CREATE TABLE activities_in_place (
    id uuid NOT NULL,
    establishment_id uuid NOT NULL,
    zone_id uuid,
    activity text NOT NULL,
    regime text NOT NULL,
    workforce integer,
    demo boolean NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT activities_in_place_pkey PRIMARY KEY (id),
    CONSTRAINT activities_in_place_establishment_id_fkey FOREIGN KEY (establishment_id) REFERENCES establishments (id),
    CONSTRAINT activities_in_place_zone_id_fkey FOREIGN KEY (zone_id) REFERENCES production_zones (id),
    CONSTRAINT activities_in_place_version_check CHECK (version >= 1)
);

CREATE INDEX activities_in_place_establishment_id_idx ON activities_in_place (establishment_id);

CREATE INDEX activities_in_place_zone_id_idx ON activities_in_place (zone_id);

CREATE TABLE possible_activities (
    id uuid NOT NULL,
    establishment_id uuid NOT NULL,
    activity text NOT NULL,
    conditions text,
    demo boolean NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT possible_activities_pkey PRIMARY KEY (id),
    CONSTRAINT possible_activities_establishment_id_fkey FOREIGN KEY (establishment_id) REFERENCES establishments (id),
    CONSTRAINT possible_activities_version_check CHECK (version >= 1)
);

CREATE INDEX possible_activities_establishment_id_idx ON possible_activities (establishment_id);

CREATE TABLE establishment_contacts (
    id uuid NOT NULL,
    establishment_id uuid NOT NULL,
    role text NOT NULL,
    service_name text NOT NULL,
    email text,
    phone text,
    demo boolean NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT establishment_contacts_pkey PRIMARY KEY (id),
    CONSTRAINT establishment_contacts_establishment_id_fkey FOREIGN KEY (establishment_id) REFERENCES establishments (id),
    CONSTRAINT establishment_contacts_reach_check CHECK (email IS NOT NULL OR phone IS NOT NULL),
    CONSTRAINT establishment_contacts_version_check CHECK (version >= 1)
);

CREATE INDEX establishment_contacts_establishment_id_idx ON establishment_contacts (establishment_id);
