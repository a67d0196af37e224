//! A partner as clients write it: a new one, a whole one in its place, or a merge patch.

use data::Reference;
use domain::{
    establishments::Address,
    kernel::{Code, Id, Mailbox, Record, Refusal, RefusalCode, Telephone, Text},
    partners::{
        HostKind, LegalCategory, MAX_CONTACTS, Partner, PartnerContact, PartnerContactFacts,
        PartnerFacts, PartnerKind, PartnerRole, Rna, Siret,
    },
};

use super::record::PartnerRecord;
use crate::{
    kernel::{
        body::{
            Fields, Node, Refusals, Value,
            patch::{all, an_object, merge, tree, without},
        },
        clock::Making,
    },
    territories::{OF_AN_ADDRESS, read_address, read_only_of_address},
};

/// What the platform gives to a partner.
const GIVEN: [&str; 11] = [
    "id",
    "siren",
    "legal_level",
    "direction",
    "position",
    "demo",
    "version",
    "created_at",
    "updated_at",
    "url",
    "source",
];

/// The partner that a client describes.
pub(crate) fn new_partner(
    body: &Node,
    reference: &Reference,
    making: Making<'_>,
) -> Result<Partner, Vec<Refusal>> {
    let record = Record::created(making.clock.now());
    described(body, reference, Id::new(making.ids.next()), record, false)
}

/// What a partner becomes when a client replaces it.
pub(crate) fn replaced(
    kept: &Partner,
    body: &Node,
    reference: &Reference,
) -> Result<Partner, Vec<Refusal>> {
    described(body, reference, kept.id, kept.record, kept.demo)
}

/// What a partner becomes under a merge patch of its record.
pub(crate) fn patched(
    kept: &Partner,
    patch: Node,
    reference: &Reference,
) -> Result<Partner, Vec<Refusal>> {
    let record = PartnerRecord::new(kept, reference, "");
    let told = serde_json::to_string(&record).unwrap_or_default();
    let Node::Object(members) = without(tree(&told), &GIVEN) else {
        return Err(Vec::new());
    };
    let members = members.into_iter().map(|(name, node)| match name.as_str() {
        "address" => (name, without(node, &OF_AN_ADDRESS)),
        _ => (name, node),
    });
    let merged = merge(Node::Object(members.collect()), an_object(patch)?);
    replaced(kept, &merged, reference)
}

fn described(
    body: &Node,
    reference: &Reference,
    id: Id<Partner>,
    record: Record,
    demo: bool,
) -> Result<Partner, Vec<Refusal>> {
    let refusals = Refusals::default();
    let facts = Value::root(body, &refusals).object(|fields| {
        let facts = read_facts(fields, demo);
        for name in GIVEN {
            fields.read_only(name);
        }
        facts
    });
    for refusal in read_only_of_address(body) {
        refusals.push(refusal);
    }
    let facts = refusals.into_result(facts)?;
    all(unknown(&facts, reference), Partner::new(id, record, facts))
}

/// What no table knows.
fn unknown(facts: &PartnerFacts, reference: &Reference) -> Vec<Refusal> {
    let commune = &facts.address.commune;
    let nowhere = reference.territories().commune(commune).is_none().then(|| {
        let detail = format!("{commune} is no commune of France");
        Refusal::new("/address/commune", RefusalCode::NotFound, detail)
    });
    let categories = reference.legal_categories();
    let category = facts.legal_category.as_ref();
    let category = category.filter(|category| categories.details(category).is_none());
    let uncategorised = category.map(|category| {
        let detail = format!("{category} is no code of /v1/code-lists/legal-categories");
        Refusal::new("/legal_category", RefusalCode::Code, detail)
    });
    nowhere.into_iter().chain(uncategorised).collect()
}

fn read_facts(fields: &mut Fields<'_>, demo: bool) -> Option<PartnerFacts> {
    let name: Option<Text<200>> = fields.required("name", |value| value.parsed());
    let kind: Option<PartnerKind> = fields.required("kind", |value| value.coded());
    let roles: Option<Vec<PartnerRole>> =
        fields.optional("roles", |value| value.codes(PartnerRole::all().len()));
    let host_kind: Option<HostKind> = fields.optional("host_kind", |value| value.coded());
    let siret: Option<Siret> = fields.optional("siret", |value| value.parsed());
    let rna: Option<Rna> = fields.optional("rna", |value| value.parsed());
    let local_register: Option<Text<100>> =
        fields.optional("local_register", |value| value.parsed());
    let legal_category = fields.optional("legal_category", |value| read_category(&value));
    let address: Option<Address> = fields.required("address", |value| read_address(&value));
    let contacts = fields.optional("contacts", |value| {
        value.list(MAX_CONTACTS, |contact| read_contact(&contact))
    });
    Some(PartnerFacts {
        name: name?,
        kind: kind?,
        roles: roles.unwrap_or_default(),
        host_kind,
        siret,
        rna,
        local_register,
        legal_category,
        address: address?,
        contacts: contacts.unwrap_or_default(),
        demo,
    })
}

/// A category, bare or as it is written out: with its label, which says nothing new.
fn read_category(value: &Value<'_>) -> Option<LegalCategory> {
    match value.node() {
        Node::Object(_) => value.object(|fields| {
            fields.ignore("label");
            fields.required("code", |code| code.parsed())
        }),
        _ => value.parsed(),
    }
}

/// A function to write to in an organisation.
pub(crate) fn read_contact(value: &Value<'_>) -> Option<PartnerContact> {
    value.object(|fields| {
        let function: Option<Text<120>> = fields.required("function", |value| value.parsed());
        let service_name: Option<Text<200>> =
            fields.optional("service_name", |value| value.parsed());
        let email: Option<Mailbox> = fields.optional("email", |value| value.parsed());
        let phone: Option<Telephone> = fields.optional("phone", |value| value.parsed());
        let facts = PartnerContactFacts {
            function: function?,
            service_name,
            email,
            phone,
        };
        fields.check(PartnerContact::new(facts))
    })
}
