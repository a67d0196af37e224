//! The tables of offers, of what belongs to them, and of holds.

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Date, Double, Integer, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    offers (id) {
        id -> Key,
        partner_id -> Nullable<Key>,
        reference -> Nullable<Text>,
        demo -> Bool,
        kind -> Text,
        title -> Text,
        description -> Text,
        commune -> Text,
        departement -> Text,
        region -> Text,
        centre_lat -> Nullable<Double>,
        centre_lon -> Nullable<Double>,
        diffusion -> Text,
        starts_on -> Nullable<Date>,
        ends_on -> Nullable<Date>,
        places -> Integer,
        hours_per_week -> Nullable<Double>,
        establishment_id -> Nullable<Key>,
        status -> Text,
        filed_on -> Nullable<Date>,
        withdrawn_at -> Nullable<Instant>,
        published_at -> Nullable<Instant>,
        last_confirmed_at -> Nullable<Instant>,
        places_taken -> Integer,
        told_decidable -> Bool,
        told_expired -> Bool,
        told_habilitation_lost -> Bool,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{Double, Nullable, Text};
    use crate::kernel::types::Key;

    offer_sites (offer_id) {
        offer_id -> Key,
        street -> Nullable<Text>,
        postcode -> Nullable<Text>,
        lat -> Nullable<Double>,
        lon -> Nullable<Double>,
        geo_precision -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Integer, Nullable, Text};
    use crate::kernel::types::Key;

    offer_tig (offer_id) {
        offer_id -> Key,
        measures -> Text,
        form -> Text,
        field -> Text,
        audiences -> Text,
        slots -> Text,
        step_free -> Nullable<Bool>,
        transport_m -> Nullable<Integer>,
        licence_needed -> Bool,
        vehicle_needed -> Bool,
        particular_risks -> Bool,
        care_establishment -> Bool,
        formative_character -> Nullable<Text>,
        host_named -> Bool,
        supervisor_function -> Nullable<Text>,
        supervisor_service_name -> Nullable<Text>,
        supervisor_email -> Nullable<Text>,
        supervisor_phone -> Nullable<Text>,
        exclusions -> Nullable<Text>,
        registered_for -> Text,
        refused_for -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Double, Integer, Nullable, Text};
    use crate::kernel::types::Key;

    offer_revisions (offer_id) {
        offer_id -> Key,
        field -> Text,
        commune -> Text,
        departement -> Text,
        region -> Text,
        centre_lat -> Nullable<Double>,
        centre_lon -> Nullable<Double>,
        street -> Nullable<Text>,
        postcode -> Nullable<Text>,
        lat -> Nullable<Double>,
        lon -> Nullable<Double>,
        geo_precision -> Nullable<Text>,
        hours_per_week -> Nullable<Double>,
        slots -> Text,
        places -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{Double, Nullable, Text};
    use crate::kernel::types::Key;

    offer_employment (offer_id) {
        offer_id -> Key,
        regime -> Text,
        activity -> Text,
        rome -> Text,
        pay_class -> Text,
        smic_percent -> Double,
        contract -> Text,
        fixed_term_reason -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::kernel::types::Key;

    offer_training (offer_id) {
        offer_id -> Key,
        region -> Text,
        certification_title -> Nullable<Text>,
        certification_code -> Nullable<Text>,
        activity -> Nullable<Text>,
        rome -> Text,
        session_first -> Nullable<Date>,
        session_last -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Date, Integer, Nullable, Text};
    use crate::kernel::types::Key;

    offer_opinions (offer_id, rank) {
        offer_id -> Key,
        rank -> Integer,
        subject -> Text,
        giver -> Text,
        requested_on -> Date,
        outcome -> Nullable<Text>,
        given_on -> Nullable<Date>,
        statement -> Nullable<Text>,
        closed -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    offer_suspensions (offer_id, origin) {
        offer_id -> Key,
        origin -> Text,
        since -> Instant,
        reasons -> Text,
        statement -> Nullable<Text>,
        until -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Integer, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    offer_history (offer_id, rank) {
        offer_id -> Key,
        rank -> Integer,
        at -> Instant,
        event -> Text,
        decided_on -> Nullable<Date>,
        origin -> Nullable<Text>,
        until -> Nullable<Date>,
        reasons -> Nullable<Text>,
        statement -> Nullable<Text>,
        first_name -> Nullable<Text>,
        last_name -> Nullable<Text>,
        capacity -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    offer_syncs (id) {
        id -> Key,
        partner_id -> Key,
        open_for -> Nullable<Key>,
        status -> Text,
        created -> Integer,
        updated -> Integer,
        unchanged -> Integer,
        refused -> Integer,
        withdrawn -> Integer,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::kernel::types::Key;

    offer_sync_seen (sync_id, reference) {
        sync_id -> Key,
        reference -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    holds (id) {
        id -> Key,
        offer_id -> Key,
        holder_id -> Key,
        places -> Integer,
        hours -> Integer,
        starts_on -> Date,
        framework -> Nullable<Text>,
        case_hash -> Text,
        status -> Text,
        expires_at -> Instant,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}
