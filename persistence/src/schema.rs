//! The tables, as the queries know them; the same on both engines.

mod habilitation_tables;

pub(crate) use habilitation_tables::*;
mod posts;

pub(crate) use posts::{
    holds, offer_employment, offer_history, offer_opinions, offer_revisions, offer_sites,
    offer_suspensions, offer_sync_seen, offer_syncs, offer_tig, offer_training, offers,
};

diesel::table! {
    use diesel::sql_types::Text;

    meta (key) {
        key -> Text,
        value -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    changes (sequence) {
        sequence -> BigInt,
        #[sql_name = "type"]
        event -> Text,
        resource -> Text,
        resource_id -> Key,
        part -> Nullable<Text>,
        version -> BigInt,
        at -> Instant,
        actor -> Text,
        told_to -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Date, Double, Integer, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    establishments (id) {
        id -> Key,
        slug -> Text,
        name -> Text,
        kind -> Text,
        kind_as_of -> Date,
        status -> Text,
        closed_on -> Nullable<Date>,
        management -> Nullable<Text>,
        direction -> Text,
        street -> Nullable<Text>,
        postcode -> Nullable<Text>,
        commune -> Text,
        lat -> Double,
        lon -> Double,
        geo_precision -> Text,
        position_source -> Nullable<Text>,
        capacity_places -> Nullable<Integer>,
        capacity_as_of -> Nullable<Date>,
        capacity_source -> Nullable<Text>,
        working_hours -> Nullable<Text>,
        workforce_available -> Nullable<Integer>,
        statistics_label -> Nullable<Text>,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Double, Integer, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    production_zones (id) {
        id -> Key,
        establishment_id -> Key,
        name -> Nullable<Text>,
        kind -> Text,
        status -> Text,
        area_m2 -> Integer,
        available_area_m2 -> Nullable<Integer>,
        clear_height_m -> Nullable<Double>,
        floor_load_kg_m2 -> Nullable<Integer>,
        power_kva -> Nullable<Double>,
        ground_floor -> Nullable<Bool>,
        workstations -> Nullable<Integer>,
        demo -> Bool,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::kernel::types::Key;

    zone_equipment (zone_id, equipment) {
        zone_id -> Key,
        equipment -> Text,
        quantity -> Nullable<Integer>,
        rank -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Double, Integer, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    storage_areas (id) {
        id -> Key,
        establishment_id -> Key,
        zone_id -> Nullable<Key>,
        name -> Nullable<Text>,
        area_m2 -> Integer,
        clear_height_m -> Nullable<Double>,
        cold -> Nullable<Bool>,
        demo -> Bool,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    loading_docks (id) {
        id -> Key,
        establishment_id -> Key,
        zone_id -> Nullable<Key>,
        name -> Nullable<Text>,
        kind -> Text,
        number -> Nullable<Integer>,
        height_cm -> Nullable<Integer>,
        leveller -> Nullable<Bool>,
        max_vehicle -> Nullable<Text>,
        clearance_cm -> Nullable<Integer>,
        opening_hours -> Nullable<Text>,
        shared -> Nullable<Bool>,
        demo -> Bool,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    activities_in_place (id) {
        id -> Key,
        establishment_id -> Key,
        zone_id -> Nullable<Key>,
        activity -> Text,
        regime -> Text,
        workforce -> Nullable<Integer>,
        demo -> Bool,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    possible_activities (id) {
        id -> Key,
        establishment_id -> Key,
        activity -> Text,
        conditions -> Nullable<Text>,
        demo -> Bool,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    establishment_contacts (id) {
        id -> Key,
        establishment_id -> Key,
        role -> Text,
        service_name -> Text,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        demo -> Bool,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    clients (id) {
        id -> Key,
        name -> Text,
        role -> Text,
        function -> Nullable<Text>,
        partner_id -> Nullable<Key>,
        establishment_id -> Nullable<Key>,
        direction -> Nullable<Text>,
        departements -> Nullable<Text>,
        scopes -> Text,
        status -> Text,
        demo -> Bool,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
        organisation -> Text,
        organisation_value -> Nullable<Text>,
        name_words -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::kernel::types::Key;

    client_keys (client_id, kid) {
        client_id -> Key,
        kid -> Text,
        algorithm -> Text,
        x -> Nullable<Binary>,
        y -> Nullable<Binary>,
        modulus -> Nullable<Binary>,
        exponent -> Nullable<Binary>,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    client_secrets (id) {
        id -> Key,
        client_id -> Key,
        hash -> Text,
        created_at -> Instant,
        expires_at -> Nullable<Instant>,
        last_used_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::kernel::types::{Instant, Key};

    client_assertions (client_id, jti) {
        client_id -> Key,
        jti -> Text,
        expires_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::kernel::types::Instant;

    signing_keys (kid) {
        kid -> Text,
        algorithm -> Text,
        private -> Binary,
        public_jwk -> Text,
        created_at -> Instant,
        retires_at -> Nullable<Instant>,
        signs_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Date};
    use crate::kernel::types::Key;

    client_usage (client_id, day) {
        client_id -> Key,
        day -> Date,
        requests -> BigInt,
        refusals -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::kernel::types::Instant;

    revoked_tokens (sequence) {
        sequence -> BigInt,
        jti -> Text,
        expires_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    audit (sequence) {
        sequence -> BigInt,
        action -> Text,
        resource -> Text,
        resource_id -> Nullable<Key>,
        part -> Nullable<Text>,
        at -> Instant,
        actor -> Text,
        role -> Nullable<Text>,
        request -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    partners (id) {
        id -> Key,
        name -> Text,
        kind -> Text,
        roles -> Text,
        host_kind -> Nullable<Text>,
        siret -> Nullable<Text>,
        rna -> Nullable<Text>,
        local_register -> Nullable<Text>,
        legal_category -> Nullable<Text>,
        street -> Nullable<Text>,
        postcode -> Nullable<Text>,
        commune -> Text,
        demo -> Bool,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::kernel::types::Key;

    partner_contacts (partner_id, rank) {
        partner_id -> Key,
        rank -> Integer,
        function -> Text,
        service_name -> Nullable<Text>,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::BigInt;
    use crate::kernel::types::{Instant, Key};

    deleted_partners (id) {
        id -> Key,
        version -> BigInt,
        deleted_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::kernel::types::Instant;

    idempotency (request) {
        request -> Text,
        body_hash -> Text,
        status -> Integer,
        version -> Nullable<BigInt>,
        location -> Nullable<Text>,
        answer -> Text,
        expires_at -> Instant,
    }
}

diesel::joinable!(zone_equipment -> production_zones (zone_id));
diesel::allow_tables_to_appear_in_same_query!(production_zones, zone_equipment);
diesel::allow_tables_to_appear_in_same_query!(offers, offer_tig, offer_opinions, holds, clients);
diesel::allow_tables_to_appear_in_same_query!(changes, habilitations);
diesel::allow_tables_to_appear_in_same_query!(changes, habilitation_opinions);
diesel::allow_tables_to_appear_in_same_query!(changes, offers);
diesel::allow_tables_to_appear_in_same_query!(changes, holds);
