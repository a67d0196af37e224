//! The rows of a partner and of its contacts, and their conversion to domain values.

use diesel::prelude::*;
use domain::establishments::Address;
use domain::kernel::{Code, Id, Record};
use domain::partners::{Partner, PartnerContact, PartnerContactFacts, PartnerFacts, PartnerRole};

use crate::kernel::DbError;
use crate::kernel::row::{Reading, record};
use crate::kernel::types::{DbInstant, DbKey};
use crate::schema::{partner_contacts, partners};

#[derive(Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = partners, treat_none_as_null = true)]
pub(super) struct PartnerRow {
    pub(super) id: DbKey,
    name: String,
    kind: String,
    roles: String,
    host_kind: Option<String>,
    siret: Option<String>,
    rna: Option<String>,
    local_register: Option<String>,
    legal_category: Option<String>,
    street: Option<String>,
    postcode: Option<String>,
    commune: String,
    demo: bool,
    version: i64,
    created_at: DbInstant,
    updated_at: DbInstant,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = partner_contacts)]
pub(super) struct ContactRow {
    pub(super) partner_id: DbKey,
    rank: i32,
    function: String,
    service_name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
}

impl PartnerRow {
    /// The row of a partner, with the version and dates it is to have.
    pub(super) fn new(partner: &Partner, record: Record) -> Self {
        let PartnerFacts {
            name,
            kind,
            roles,
            host_kind,
            siret,
            rna,
            local_register,
            legal_category,
            address,
            contacts: _,
            demo,
        } = &**partner;
        let Address {
            street,
            postcode,
            commune,
        } = address;
        let roles: Vec<&str> = roles.iter().map(|role| role.code()).collect();
        Self {
            id: DbKey(partner.id.uuid()),
            name: name.to_string(),
            kind: kind.code().to_owned(),
            roles: roles.join(" "),
            host_kind: host_kind.map(|kind| kind.code().to_owned()),
            siret: siret.as_ref().map(ToString::to_string),
            rna: rna.as_ref().map(ToString::to_string),
            local_register: local_register.as_ref().map(ToString::to_string),
            legal_category: legal_category.as_ref().map(ToString::to_string),
            street: street.as_ref().map(ToString::to_string),
            postcode: postcode.as_ref().map(ToString::to_string),
            commune: commune.to_string(),
            demo: *demo,
            version: record.version,
            created_at: DbInstant::new(record.created_at),
            updated_at: DbInstant::new(record.updated_at),
        }
    }

    /// The partner, once its contacts are read too.
    pub(super) fn into_partner(self, contacts: Vec<PartnerContact>) -> Result<Partner, DbError> {
        let reading = Reading {
            table: "partners",
            id: self.id,
        };
        let host_kind = self.host_kind.as_deref();
        let facts = PartnerFacts {
            name: reading.text(&self.name)?,
            kind: reading.code(&self.kind)?,
            roles: self
                .roles
                .split_whitespace()
                .map(|code| reading.code::<PartnerRole>(code))
                .collect::<Result<_, _>>()?,
            host_kind: host_kind.map(|code| reading.code(code)).transpose()?,
            siret: reading.maybe_text(self.siret.as_deref())?,
            rna: reading.maybe_text(self.rna.as_deref())?,
            local_register: reading.maybe_text(self.local_register.as_deref())?,
            legal_category: reading.maybe_text(self.legal_category.as_deref())?,
            address: Address {
                street: reading.maybe_text(self.street.as_deref())?,
                postcode: reading.maybe_text(self.postcode.as_deref())?,
                commune: reading.text(&self.commune)?,
            },
            contacts,
            demo: self.demo,
        };
        let record = record(self.version, self.created_at, self.updated_at);
        reading.whole_value(Partner::new(Id::new(self.id.0), record, facts))
    }
}

impl ContactRow {
    /// The rows of a partner's contacts, in their order.
    pub(super) fn all(partner: &Partner) -> Vec<Self> {
        let ranked = (0..).zip(&partner.contacts);
        ranked
            .map(|(rank, contact)| {
                let PartnerContactFacts {
                    function,
                    service_name,
                    email,
                    phone,
                } = &**contact;
                Self {
                    partner_id: DbKey(partner.id.uuid()),
                    rank,
                    function: function.to_string(),
                    service_name: service_name.as_ref().map(ToString::to_string),
                    email: email.as_ref().map(ToString::to_string),
                    phone: phone.as_ref().map(ToString::to_string),
                }
            })
            .collect()
    }

    pub(super) fn into_contact(self) -> Result<PartnerContact, DbError> {
        let reading = Reading {
            table: "partner_contacts",
            id: self.partner_id,
        };
        let facts = PartnerContactFacts {
            function: reading.text(&self.function)?,
            service_name: reading.maybe_text(self.service_name.as_deref())?,
            email: reading.maybe_text(self.email.as_deref())?,
            phone: reading.maybe_text(self.phone.as_deref())?,
        };
        reading.whole_value(PartnerContact::new(facts))
    }
}
