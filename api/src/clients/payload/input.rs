//! What an administrator writes of a client, read against the domain.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use domain::{
    clients::{
        ClientFacts, ClientKeys, ClientStatus, MagistrateFunction, Organisation, Perimeter, Role,
        Scope,
    },
    kernel::{Code, Refusal, RefusalCode, Text},
    territories::DepartementCode,
};
use serde_json::{Map, Value as Json, json};

use super::jwks::read_keys;
use crate::kernel::body::{
    Fields, Node, Refusals, Refuse, Value,
    patch::{an_object, merge, tree},
    read_object,
};

/// The most scopes, and départements, that a client may be given.
const MOST: usize = 200;
/// What the platform gives to a client, or gives at an address of its own.
const READ_ONLY: [&str; 7] = [
    "id",
    "status",
    "demo",
    "secrets",
    "version",
    "created_at",
    "updated_at",
];

/// What a client may be given, each value checked by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FactsInput {
    name: Text<200>,
    organisation: Organisation,
    role: Role,
    function: Option<MagistrateFunction>,
    perimeter: Perimeter,
    scopes: Vec<Scope>,
}

/// A client to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClientInput {
    /// What it is given.
    pub facts: FactsInput,
    /// Its keys; without them it is given a secret.
    pub keys: Option<ClientKeys>,
    /// When that secret ends.
    pub secret_expires_at: Option<DateTime<Utc>>,
}

impl FactsInput {
    /// The facts of a client in this state.
    pub(crate) fn facts(self, status: ClientStatus, demo: bool) -> ClientFacts {
        let Self {
            name,
            organisation,
            role,
            function,
            perimeter,
            scopes,
        } = self;
        ClientFacts {
            name,
            organisation,
            role,
            function,
            perimeter,
            scopes,
            status,
            demo,
        }
    }
}

/// Reads a client to be made.
pub(crate) fn new_client(body: &Node) -> Result<ClientInput, Vec<Refusal>> {
    read_object(body, |fields| {
        let facts = read_facts(fields);
        let keys = fields.optional("jwks", |keys| Some(read_keys(&keys)));
        let end = fields.optional("secret_expires_at", |end| end.instant());
        if keys.is_some() && end.is_some() {
            let detail = "a client that is given keys is given no secret";
            fields.refuse("secret_expires_at", RefusalCode::Inconsistent, detail);
        }
        Some(ClientInput {
            facts: facts?,
            keys: keys.flatten(),
            secret_expires_at: end,
        })
    })
}

/// What a client becomes under a merge patch.
pub(crate) fn patched(kept: &ClientFacts, patch: Node) -> Result<FactsInput, Vec<Refusal>> {
    let merged = merge(tree(&written(kept).to_string()), an_object(patch)?);
    read_object(&merged, |fields| {
        let facts = read_facts(fields);
        fields.read_only("jwks");
        facts
    })
}

/// Reads when a new secret ends, from a body that may say nothing.
pub(crate) fn new_secret(body: &Node) -> Result<Option<DateTime<Utc>>, Vec<Refusal>> {
    read_object(body, |fields| {
        Some(fields.optional("expires_at", |end| end.instant()))
    })
}

/// Reads keys to be registered.
pub(crate) fn key_set(body: &Node) -> Result<ClientKeys, Vec<Refusal>> {
    let refusals = Refusals::default();
    let keys = read_keys(&Value::root(body, &refusals));
    refusals.into_result(keys)
}

fn read_facts(fields: &mut Fields<'_>) -> Option<FactsInput> {
    for name in READ_ONLY {
        fields.read_only(name);
    }
    let name = fields.required("name", |value| value.parsed());
    let organisation = fields.required("organisation", |value| read_organisation(&value));
    let role = fields.required("role", |value| value.coded());
    let function = fields.optional("function", |value| Some(value.coded()));
    let perimeter = fields.required("perimeter", |value| read_perimeter(&value));
    let scopes = fields.required("scopes", |value| value.list(MOST, |it| it.coded()));
    Some(FactsInput {
        name: name?,
        organisation: organisation?,
        role: role?,
        function: match function {
            Some(function) => Some(function?),
            None => None,
        },
        perimeter: perimeter?,
        scopes: scopes?,
    })
}

/// The one key of an organisation.
fn read_organisation(value: &Value<'_>) -> Option<Organisation> {
    use Organisation as Of;
    value.object(|fields| {
        let mut there = Vec::new();
        there.extend(fields.optional("partner", |it| Some(it.id().map(Of::Partner))));
        there.extend(fields.optional("establishment", |it| Some(it.id().map(Of::Establishment))));
        there.extend(fields.optional("direction", |it| Some(it.coded().map(Of::Direction))));
        there.extend(fields.optional("probation_service", |it| {
            Some(natural(&it).map(Of::ProbationService))
        }));
        there.extend(fields.optional("court", |it| Some(natural(&it).map(Of::Court))));
        there.extend(fields.optional("agency", |it| Some(only_true(&it).map(|()| Of::Agency))));
        there.extend(fields.optional("ministry", |it| Some(it.parsed().map(Of::Ministry))));
        the_one(fields, there)
    })
}

/// The one key of a perimeter.
fn read_perimeter(value: &Value<'_>) -> Option<Perimeter> {
    use Perimeter as Within;
    value.object(|fields| {
        let mut there = Vec::new();
        there.extend(fields.optional("partner", |it| Some(it.id().map(Within::Partner))));
        there.extend(fields.optional("establishment", |it| {
            Some(it.id().map(Within::Establishment))
        }));
        there.extend(fields.optional("direction", |it| Some(it.coded().map(Within::Direction))));
        there.extend(fields.optional("departements", |it| {
            let codes = it.list(MOST, |code| code.parsed::<DepartementCode>());
            Some(codes.map(Within::Departements))
        }));
        there.extend(fields.optional("all", |it| Some(only_true(&it).map(|()| Within::All))));
        the_one(fields, there)
    })
}

/// The value of the one key that is there; nothing for one that was refused already.
fn the_one<T>(fields: &Fields<'_>, mut there: Vec<Option<T>>) -> Option<T> {
    if there.len() > 1 {
        let detail = "one key alone says which; a patch removes the other with null";
        fields.refuse("", RefusalCode::Inconsistent, detail);
        return None;
    }
    there.pop().unwrap_or_else(|| {
        fields.refuse("", RefusalCode::Required, "one key says which");
        None
    })
}

/// A code of a list that is data, bare or as it is told: with its label, which says nothing new.
fn natural<T: FromStr<Err: Refuse>>(value: &Value<'_>) -> Option<T> {
    match value.node() {
        Node::Object(_) => value.object(|fields| {
            fields.ignore("label");
            fields.required("code", |code| code.parsed())
        }),
        _ => value.parsed(),
    }
}

fn only_true(value: &Value<'_>) -> Option<()> {
    if value.bool()? {
        Some(())
    } else {
        value.refuse(RefusalCode::Range, "it is true, or absent")
    }
}

/// A client as it would be written.
fn written(kept: &ClientFacts) -> Json {
    let ClientFacts {
        name,
        organisation,
        role,
        function,
        perimeter,
        scopes,
        status: _,
        demo: _,
    } = kept;
    let mut whole = json!({
        "name": name.as_str(),
        "organisation": one_key(
            organisation.kind().key(),
            organisation.value().map_or(json!(true), Json::from),
        ),
        "role": role.code(),
        "perimeter": written_perimeter(perimeter),
        "scopes": scopes.iter().map(|scope| scope.code()).collect::<Vec<_>>(),
    });
    if let (Some(function), Some(members)) = (function, whole.as_object_mut()) {
        members.insert("function".to_owned(), json!(function.code()));
    }
    whole
}

fn written_perimeter(perimeter: &Perimeter) -> Json {
    let value = match perimeter {
        Perimeter::None => return json!({}),
        Perimeter::Partner(id) => json!(id.to_string()),
        Perimeter::Establishment(id) => json!(id.to_string()),
        Perimeter::Direction(direction) => json!(direction.code()),
        Perimeter::Departements(codes) => {
            let codes = codes.iter().map(DepartementCode::as_str);
            codes.collect::<Vec<_>>().into()
        }
        Perimeter::All => json!(true),
    };
    one_key(perimeter.kind().key().unwrap_or_default(), value)
}

fn one_key(key: &str, value: Json) -> Json {
    Json::Object(Map::from_iter([(key.to_owned(), value)]))
}
