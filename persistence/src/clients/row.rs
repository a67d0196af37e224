//! The row of a client, and its conversion to domain values.

use std::str::FromStr;

use diesel::prelude::*;
use domain::clients::{
    Client, ClientFacts, Organisation, OrganisationKind, Perimeter, PerimeterKind, Role, Scope,
};
use domain::kernel::{Code, Id, Record};
use domain::territories::DepartementCode;

use super::list::name_words;
use crate::kernel::DbError;
use crate::kernel::row::{Reading, record};
use crate::kernel::types::{DbInstant, DbKey};
use crate::schema::clients;

#[derive(Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = clients, treat_none_as_null = true)]
pub(super) struct ClientRow {
    pub(super) id: DbKey,
    name: String,
    role: String,
    function: Option<String>,
    partner_id: Option<DbKey>,
    establishment_id: Option<DbKey>,
    direction: Option<String>,
    departements: Option<String>,
    scopes: String,
    status: String,
    demo: bool,
    version: i64,
    created_at: DbInstant,
    updated_at: DbInstant,
    organisation: String,
    organisation_value: Option<String>,
    name_words: String,
}

impl ClientRow {
    /// The row of a client, with the version and dates it is to have.
    pub(super) fn new(client: &Client, record: Record) -> Self {
        let ClientFacts {
            name,
            organisation,
            role,
            function,
            perimeter,
            scopes,
            status,
            demo,
        } = &**client;
        let mut row = Self {
            id: DbKey(client.id.uuid()),
            name: name.to_string(),
            role: role.code().to_owned(),
            function: function.map(|function| function.code().to_owned()),
            partner_id: None,
            establishment_id: None,
            direction: None,
            departements: None,
            scopes: words(scopes.iter().map(|scope| scope.code())),
            status: status.code().to_owned(),
            demo: *demo,
            version: record.version,
            created_at: DbInstant::new(record.created_at),
            updated_at: DbInstant::new(record.updated_at),
            organisation: organisation.kind().key().to_owned(),
            organisation_value: organisation.value(),
            name_words: name_words(name.as_str()),
        };
        match perimeter {
            Perimeter::None | Perimeter::All => {}
            Perimeter::Partner(id) => row.partner_id = Some(DbKey(id.uuid())),
            Perimeter::Establishment(id) => row.establishment_id = Some(DbKey(id.uuid())),
            Perimeter::Direction(direction) => row.direction = Some(direction.code().to_owned()),
            Perimeter::Departements(codes) => {
                row.departements = Some(words(codes.iter().map(DepartementCode::as_str)));
            }
        }
        row
    }

    pub(super) fn into_client(self) -> Result<Client, DbError> {
        let reading = Reading {
            table: "clients",
            id: self.id,
        };
        let role = reading.code(&self.role)?;
        let function = self.function.as_deref();
        let facts = ClientFacts {
            name: reading.text(&self.name)?,
            organisation: self.organisation(reading)?,
            role,
            function: function.map(|code| reading.code(code)).transpose()?,
            perimeter: self.perimeter(reading, role)?,
            scopes: self
                .scopes
                .split_whitespace()
                .map(|code| reading.code::<Scope>(code))
                .collect::<Result<_, _>>()?,
            status: reading.code(&self.status)?,
            demo: self.demo,
        };
        let record = record(self.version, self.created_at, self.updated_at);
        reading.whole_value(Client::new(Id::new(self.id.0), record, facts))
    }

    fn organisation(&self, reading: Reading) -> Result<Organisation, DbError> {
        let kind = OrganisationKind::parse(&self.organisation);
        let found = kind.and_then(|it| Organisation::of(it, self.organisation_value.as_deref()));
        found.ok_or_else(|| reading.misfit("the organisation is none"))
    }

    /// The role says which column holds the perimeter; the others are empty.
    fn perimeter(&self, reading: Reading, role: Role) -> Result<Perimeter, DbError> {
        let missing = || reading.misfit("the perimeter of the role is missing");
        Ok(match role.perimeter_kind() {
            PerimeterKind::None => Perimeter::None,
            PerimeterKind::All => Perimeter::All,
            PerimeterKind::Partner => {
                let id = self.partner_id.ok_or_else(missing)?;
                Perimeter::Partner(Id::new(id.0))
            }
            PerimeterKind::Establishment => {
                let id = self.establishment_id.ok_or_else(missing)?;
                Perimeter::Establishment(Id::new(id.0))
            }
            PerimeterKind::Direction => {
                let code = self.direction.as_deref().ok_or_else(missing)?;
                Perimeter::Direction(reading.code(code)?)
            }
            PerimeterKind::Departements => {
                let codes = self.departements.as_deref().ok_or_else(missing)?;
                let codes = codes.split_whitespace().map(FromStr::from_str);
                let codes: Result<_, _> = codes.collect();
                Perimeter::Departements(codes.map_err(|error| reading.misfit(error))?)
            }
        })
    }
}

fn words<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    codes.collect::<Vec<_>>().join(" ")
}
