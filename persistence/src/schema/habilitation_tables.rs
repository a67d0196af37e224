//! The tables of habilitations.

diesel::table! {
    use diesel::sql_types::{BigInt, Date, Nullable, Text};
    use crate::kernel::types::{Instant, Key};

    habilitations (id) {
        id -> Key,
        partner_id -> Key,
        authority -> Text,
        departement -> Nullable<Text>,
        host_kind -> Text,
        presentation -> Nullable<Text>,
        status -> Text,
        filed_on -> Nullable<Date>,
        valid_until -> Nullable<Date>,
        decidable_on -> Nullable<Date>,
        due_on -> Nullable<Date>,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Integer, Nullable, Text};
    use crate::kernel::types::Key;

    habilitation_documents (habilitation_id, kind) {
        habilitation_id -> Key,
        kind -> Text,
        rank -> Integer,
        reference -> Nullable<Text>,
        issued_on -> Nullable<Date>,
        filed_on -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Integer, Nullable, Text};
    use crate::kernel::types::Key;

    habilitation_incompletenesses (habilitation_id, rank) {
        habilitation_id -> Key,
        rank -> Integer,
        declared_on -> Date,
        missing_documents -> Text,
        statement -> Nullable<Text>,
        answer_by -> Nullable<Date>,
        answered_on -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Integer, Nullable, Text};
    use crate::kernel::types::Key;

    habilitation_changes (habilitation_id, rank) {
        habilitation_id -> Key,
        rank -> Integer,
        declared_on -> Date,
        changed_on -> Date,
        documents -> Text,
        statement -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Integer, Nullable, Text};
    use crate::kernel::types::Key;

    habilitation_proceedings (habilitation_id, rank) {
        habilitation_id -> Key,
        rank -> Integer,
        stage -> Text,
        opened_on -> Date,
        announced_on -> Nullable<Date>,
        lapsed_on -> Nullable<Date>,
        opening_reasons -> Nullable<Text>,
        opening_statement -> Nullable<Text>,
        observations_invited_on -> Nullable<Date>,
        observations_recorded_on -> Nullable<Date>,
        observations_received_on -> Nullable<Date>,
        observations_statement -> Nullable<Text>,
        ruling -> Nullable<Text>,
        decided_on -> Nullable<Date>,
        signatory_first_name -> Nullable<Text>,
        signatory_last_name -> Nullable<Text>,
        signatory_capacity -> Nullable<Text>,
        order_reference -> Nullable<Text>,
        valid_from -> Nullable<Date>,
        valid_until -> Nullable<Date>,
        reasons -> Nullable<Text>,
        statement -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Integer, Nullable, Text};
    use crate::kernel::types::Key;

    habilitation_opinions (habilitation_id, proceeding, giver) {
        habilitation_id -> Key,
        proceeding -> Integer,
        giver -> Text,
        rank -> Integer,
        requested_on -> Date,
        outcome -> Nullable<Text>,
        given_on -> Nullable<Date>,
        statement -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::{Date, Integer, Text};
    use crate::kernel::types::Key;

    habilitation_notifications (habilitation_id, proceeding, recipient) {
        habilitation_id -> Key,
        proceeding -> Integer,
        recipient -> Text,
        rank -> Integer,
        notified_on -> Date,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    habilitations,
    habilitation_opinions,
    habilitation_proceedings,
);
