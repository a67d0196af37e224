//! The tables, as the queries know them; the same on both engines.

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

diesel::joinable!(zone_equipment -> production_zones (zone_id));
diesel::allow_tables_to_appear_in_same_query!(production_zones, zone_equipment);
