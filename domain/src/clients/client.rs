//! A client, which cannot have more than its role allows.

use std::{collections::BTreeSet, ops::Deref};

use super::{MagistrateFunction, Organisation, OrganisationKind, Perimeter, Role, Scope};
use crate::kernel::{Code, Id, Record, Refusal, RefusalCode, Text, code_list};

code_list! {
    /// Whether a client may act.
    pub ClientStatus, "client-statuses", "États des clients", closed, unordered {
        Active = "active", "Actif";
        Suspended = "suspended", "Suspendu";
    }
}

/// Everything that is known of a client, but its secrets and its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientFacts {
    /// The name of its software or of what it is for; never a person's.
    pub name: Text<200>,
    /// The organisation it belongs to.
    pub organisation: Organisation,
    /// Its role.
    pub role: Role,
    /// The function, of a magistrate.
    pub function: Option<MagistrateFunction>,
    /// The rows within its reach.
    pub perimeter: Perimeter,
    /// The operations within its reach.
    pub scopes: Vec<Scope>,
    /// Whether it may act.
    pub status: ClientStatus,
    /// Whether it was made for demonstration, and is refused elsewhere.
    pub demo: bool,
}

/// A client of the platform.
///
/// Invariants: its organisation and its perimeter are of its role's kinds and agree, its scopes are among those of its role,
/// scopes and départements are sorted and none is there twice, a magistrate alone has a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Its identifier, which is also its `client_id`.
    pub id: Id<Client>,
    /// Its version and dates.
    pub record: Record,
    facts: ClientFacts,
}

impl Client {
    /// Checks the whole; every broken rule is returned, with its place.
    pub fn new(id: Id<Self>, record: Record, mut facts: ClientFacts) -> Result<Self, Vec<Refusal>> {
        let mut refusals = Vec::new();
        check_role(&facts, &mut refusals);
        check_organisation(&facts, &mut refusals);
        check_perimeter(&facts, &mut refusals);
        check_scopes(&facts, &mut refusals);
        if !refusals.is_empty() {
            return Err(refusals);
        }
        facts.scopes.sort_unstable();
        if let Perimeter::Departements(codes) = &mut facts.perimeter {
            codes.sort_unstable();
        }
        Ok(Self { id, record, facts })
    }

    /// The facts, to be changed and checked again.
    #[must_use]
    pub fn into_facts(self) -> ClientFacts {
        self.facts
    }

    /// Whether it may act.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.facts.status == ClientStatus::Active
    }
}

impl Deref for Client {
    type Target = ClientFacts;

    fn deref(&self) -> &ClientFacts {
        &self.facts
    }
}

fn check_role(facts: &ClientFacts, refusals: &mut Vec<Refusal>) {
    let mut refuse = |pointer, code, detail: &str| {
        refusals.push(Refusal::new(pointer, code, detail));
    };
    if facts.role == Role::Public {
        refuse(
            "/role",
            RefusalCode::Inconsistent,
            "the role public is that of callers without a client",
        );
    }
    match (facts.role, facts.function) {
        (Role::Magistrate, None) => refuse(
            "/function",
            RefusalCode::Required,
            "a magistrate has a function",
        ),
        (Role::Magistrate, Some(_)) | (_, None) => {}
        (_, Some(_)) => refuse(
            "/function",
            RefusalCode::Inconsistent,
            "a magistrate alone has a function",
        ),
    }
}

fn check_organisation(facts: &ClientFacts, refusals: &mut Vec<Refusal>) {
    let allowed = facts.role.organisations();
    if allowed.is_empty() {
        return;
    }
    let detail = if !allowed.contains(&facts.organisation.kind()) {
        let keys: Vec<&str> = allowed.iter().copied().map(OrganisationKind::key).collect();
        let (role, keys) = (facts.role.code(), keys.join(" or "));
        format!("a client of role {role} belongs to an organisation of key {keys}")
    } else if facts.organisation.agrees_with(&facts.perimeter) {
        return;
    } else {
        "the organisation is not that of the perimeter".to_owned()
    };
    let refusal = Refusal::new("/organisation", RefusalCode::Inconsistent, detail);
    refusals.push(refusal);
}

fn check_perimeter(facts: &ClientFacts, refusals: &mut Vec<Refusal>) {
    let wanted = facts.role.perimeter_kind();
    if facts.perimeter.kind() != wanted {
        let role = facts.role.code();
        let detail = match wanted.key() {
            Some(key) => format!("a client of role {role} has a perimeter of key {key}"),
            None => format!("the role {role} has no perimeter"),
        };
        refusals.push(Refusal::new(
            "/perimeter",
            RefusalCode::Inconsistent,
            detail,
        ));
    }
    let Perimeter::Departements(codes) = &facts.perimeter else {
        return;
    };
    if codes.is_empty() {
        refusals.push(Refusal::new(
            "/perimeter/departements",
            RefusalCode::Required,
            "at least one département is named",
        ));
    }
    let mut seen = BTreeSet::new();
    for (i, code) in codes.iter().enumerate() {
        if !seen.insert(code) {
            refusals.push(Refusal::new(
                format!("/perimeter/departements/{i}"),
                RefusalCode::Duplicate,
                format!("{code} is named twice"),
            ));
        }
    }
}

fn check_scopes(facts: &ClientFacts, refusals: &mut Vec<Refusal>) {
    if facts.scopes.is_empty() {
        let detail = "a client has at least one scope";
        refusals.push(Refusal::new("/scopes", RefusalCode::Required, detail));
    }
    let mut seen = BTreeSet::new();
    for (i, scope) in facts.scopes.iter().enumerate() {
        let pointer = format!("/scopes/{i}");
        if !seen.insert(scope) {
            let detail = format!("{} is there twice", scope.code());
            refusals.push(Refusal::new(pointer, RefusalCode::Duplicate, detail));
        } else if let Some(detail) = why_not(facts, *scope) {
            refusals.push(Refusal::new(pointer, RefusalCode::Inconsistent, detail));
        }
    }
}

/// Why a client cannot have this scope.
fn why_not(facts: &ClientFacts, scope: Scope) -> Option<String> {
    let (role, code) = (facts.role.code(), scope.code());
    if !facts.role.allowed_scopes().contains(&scope) {
        return Some(format!("the role {role} cannot have the scope {code}"));
    }
    let opinion = matches!(scope, Scope::HabilitationsOpine | Scope::OffersOpine);
    let mute = facts.function.is_some_and(|it| !it.gives_opinions());
    (opinion && mute).then(|| format!("a juvenile judge cannot have the scope {code}"))
}

#[cfg(test)]
mod tests;
