//! Contacts of an establishment.

use diesel::prelude::*;
use domain::establishments::{Contact, ContactFacts};
use domain::kernel::{Code, Id, Part};
use uuid::Uuid;

use super::parts::kept_in_one_row;
use crate::kernel::row::{Reading, record};
use crate::kernel::types::{DbInstant, DbKey};
use crate::kernel::{Conn, DbError};
use crate::schema::establishment_contacts;

#[derive(Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = establishment_contacts, treat_none_as_null = true)]
struct ContactRow {
    id: DbKey,
    establishment_id: DbKey,
    role: String,
    service_name: String,
    email: Option<String>,
    phone: Option<String>,
    demo: bool,
    version: i64,
    created_at: DbInstant,
    updated_at: DbInstant,
}

kept_in_one_row!(Contact, ContactRow, establishment_contacts, "contacts");

impl ContactRow {
    fn new(owner: Uuid, part: &Part<Contact>) -> Self {
        let Part {
            id,
            demo,
            record,
            value,
        } = part;
        Self {
            id: DbKey(id.uuid()),
            establishment_id: DbKey(owner),
            role: value.role.code().to_owned(),
            service_name: value.service_name.to_string(),
            email: value.email.as_ref().map(ToString::to_string),
            phone: value.phone.as_ref().map(ToString::to_string),
            demo: *demo,
            version: record.version,
            created_at: DbInstant::new(record.created_at),
            updated_at: DbInstant::new(record.updated_at),
        }
    }

    fn into_part(self) -> Result<Part<Contact>, DbError> {
        let reading = Reading {
            table: "establishment_contacts",
            id: self.id,
        };
        let facts = ContactFacts {
            role: reading.code(&self.role)?,
            service_name: reading.text(&self.service_name)?,
            email: reading.maybe_text(self.email.as_deref())?,
            phone: reading.maybe_text(self.phone.as_deref())?,
        };
        let value = reading.whole_value(Contact::new(facts))?;
        Ok(Part {
            id: Id::new(self.id.0),
            demo: self.demo,
            record: record(self.version, self.created_at, self.updated_at),
            value,
        })
    }
}
