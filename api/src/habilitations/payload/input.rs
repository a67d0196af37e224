//! What a host states of a dossier: a new one, or a merge patch.

use data::Reference;
use domain::{
    habilitations::{
        Document, DocumentKind, Habilitation, HabilitationAuthority, HabilitationFacts,
        Jurisdiction,
    },
    kernel::{Code, Id, Refusal, RefusalCode},
    partners::{HostKind, Partner},
    territories::DepartementCode,
};
use serde_json::json;

use crate::kernel::{
    body::{
        Fields, Node, Value,
        patch::{an_object, member, merge, tree},
        read_object,
    },
    dates::date,
};

/// The most documents in a dossier: one of each kind is all that is kept.
pub(super) const MAX_DOCUMENTS: usize = 50;

/// What the platform gives to a dossier.
const GIVEN: [&str; 17] = [
    "id",
    "status",
    "in_force",
    "valid_from",
    "valid_until",
    "filed_on",
    "required_documents",
    "incompletenesses",
    "instruction",
    "renewals",
    "withdrawals",
    "changes_declared",
    "allowed",
    "version",
    "created_at",
    "updated_at",
    "url",
];

/// The host that a body names, where it names one.
pub(crate) fn partner_of(body: &Node) -> Option<Id<Partner>> {
    match member(body, "partner")? {
        Node::Text(text) => text.parse().ok(),
        _ => None,
    }
}

/// What a client states of a new dossier.
pub(crate) fn new_facts(
    body: &Node,
    reference: &Reference,
) -> Result<HabilitationFacts, Vec<Refusal>> {
    read_object(body, |fields| {
        let facts = read_facts(fields, reference);
        for name in GIVEN {
            fields.read_only(name);
        }
        facts
    })
}

/// What a dossier says under a merge patch.
pub(crate) fn patched(
    kept: &Habilitation,
    patch: Node,
    reference: &Reference,
) -> Result<HabilitationFacts, Vec<Refusal>> {
    let merged = merge(tree(&written(kept)), an_object(patch)?);
    new_facts(&merged, reference)
}

/// A dossier as its host would write it.
fn written(facts: &HabilitationFacts) -> String {
    let HabilitationFacts {
        partner,
        jurisdiction,
        host_kind,
        presentation,
        documents,
    } = facts;
    let document = |it: &Document| {
        json!({
            "kind": it.kind.code(),
            "reference": it.reference.as_ref().map(ToString::to_string),
            "issued_on": it.issued_on.map(date),
        })
    };
    let whole = json!({
        "partner": partner.to_string(),
        "authority": jurisdiction.authority().code(),
        "departement": jurisdiction.departement().map(ToString::to_string),
        "host_kind": host_kind.code(),
        "presentation": presentation.as_ref().map(ToString::to_string),
        "documents": documents.iter().map(document).collect::<Vec<_>>(),
    });
    whole.to_string()
}

fn read_facts(fields: &mut Fields<'_>, reference: &Reference) -> Option<HabilitationFacts> {
    let partner = fields.required("partner", |value| value.id());
    let authority: Option<HabilitationAuthority> =
        fields.required("authority", |value| value.coded());
    let place = fields.optional("departement", |value| {
        // One that is refused is not one that is absent.
        Some(read_departement(&value, reference))
    });
    let host_kind: Option<HostKind> = fields.required("host_kind", |value| value.coded());
    let presentation = fields.optional("presentation", |value| value.parsed());
    let documents = fields.optional("documents", |value| {
        value.list(MAX_DOCUMENTS, |document| read_document(&document))
    });
    let departement = match place {
        Some(None) => return None,
        Some(Some(code)) => Some(code),
        None => None,
    };
    let jurisdiction = Jurisdiction::new(authority?, departement).map_err(|it| vec![it]);
    let jurisdiction = fields.check(jurisdiction);
    Some(HabilitationFacts {
        partner: partner?,
        jurisdiction: jurisdiction?,
        host_kind: host_kind?,
        presentation,
        documents: documents.unwrap_or_default(),
    })
}

/// A département that exists, bare or as it is written out.
fn read_departement(value: &Value<'_>, reference: &Reference) -> Option<DepartementCode> {
    if let Node::Object(_) = value.node() {
        return value.object(|fields| {
            fields.ignore("name");
            fields.required("code", |code| read_departement(&code, reference))
        });
    }
    let code: DepartementCode = value.parsed()?;
    if reference.territories().departement(&code).is_none() {
        let detail = format!("{code} is no département, as in /v1/territories");
        return value.refuse(RefusalCode::NotFound, detail);
    }
    Some(code)
}

/// A document, without the day it was filed, which the platform gives.
pub(super) fn read_document(value: &Value<'_>) -> Option<Document> {
    value.object(|fields| {
        let kind: Option<DocumentKind> = fields.required("kind", |value| value.coded());
        let reference = fields.optional("reference", |value| value.parsed());
        let issued_on = fields.optional("issued_on", |value| value.date());
        fields.read_only("filed_on");
        Some(Document {
            kind: kind?,
            reference,
            issued_on,
            filed_on: None,
        })
    })
}
