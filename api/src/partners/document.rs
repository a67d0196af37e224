//! A partner as the index holds it: what finds it, and its card, rendered once.

use std::sync::Arc;

use data::Reference;
use domain::{
    clients::Perimeter,
    kernel::{Code, Id},
    partners::Partner,
    territories::{CommuneCode, DepartementCode, Direction},
};
use search::{Document, FacetId, Point, TextId};

use super::{fields::Fields, payload::PartnerCard};
use crate::catalogue::resource::seconds;

/// What the index gives back for a partner: nothing of what is not public.
#[derive(Debug)]
pub(crate) struct PartnerBody {
    /// The card.
    pub(crate) card: PartnerCard,
    /// The same as JSON, a whole object.
    pub(crate) card_json: String,
    id: Id<Partner>,
    departement: DepartementCode,
    direction: Option<Direction>,
}

impl PartnerBody {
    /// Whether it lies within a perimeter.
    pub(super) fn is_within(&self, perimeter: &Perimeter) -> bool {
        perimeter.holds_partner(self.id, &self.departement, self.direction)
    }
}

/// Prepares a partner for the index.
pub(super) fn document(
    partner: &Partner,
    reference: &Reference,
    fields: &Fields,
    base: &str,
) -> Result<Document<Arc<PartnerBody>>, serde_json::Error> {
    let card = PartnerCard::new(partner, reference, base);
    let body = PartnerBody {
        card_json: serde_json::to_string(&card)?,
        id: partner.id,
        departement: partner.address.commune.departement(),
        direction: direction_of(&partner.address.commune, reference),
        card,
    };
    let position = body.card.position();
    Ok(Document {
        id: partner.id.uuid(),
        position: position.map(|position| Point {
            lat: position.lat,
            lon: position.lon,
        }),
        facets: facets(partner, reference, fields),
        numbers: vec![(fields.common.updated_at, seconds(partner.record.updated_at))],
        parts: Vec::new(),
        text: texts(partner, reference, fields),
        sort_key: partner.name.to_string(),
        body: Arc::new(body),
    })
}

fn facets(partner: &Partner, reference: &Reference, fields: &Fields) -> Vec<(FacetId, String)> {
    let (commune, common) = (&partner.address.commune, &fields.common);
    let direction = direction_of(commune, reference);
    let mut facets = common.facets(commune, direction, reference);
    facets.push((common.demo, partner.demo.to_string()));
    facets.push((fields.kind, partner.kind.code().to_owned()));
    let roles = partner.roles.iter();
    facets.extend(roles.map(|role| (fields.role, role.code().to_owned())));
    let told = [
        (
            fields.legal_level,
            partner.legal_level().map(|it| it.code().to_owned()),
        ),
        (
            fields.legal_category,
            partner.legal_category.as_ref().map(ToString::to_string),
        ),
        (
            fields.siret,
            partner.siret.as_ref().map(ToString::to_string),
        ),
        (fields.siren, partner.siren().map(|it| it.to_string())),
        (fields.rna, partner.rna.as_ref().map(ToString::to_string)),
    ];
    facets.extend(told.into_iter().filter_map(|(id, code)| Some((id, code?))));
    facets
}

fn texts(partner: &Partner, reference: &Reference, fields: &Fields) -> Vec<(TextId, String)> {
    let commune = &partner.address.commune;
    let direction = direction_of(commune, reference);
    let mut texts = fields.common.texts(commune, direction, reference);
    texts.push((fields.name_text, partner.name.to_string()));
    texts.push((fields.kind_text, partner.kind.label().to_owned()));
    let roles = partner.roles.iter();
    texts.extend(roles.map(|role| (fields.role_text, role.label().to_owned())));
    texts
}

/// The directorate of the region of a commune.
pub(super) fn direction_of(commune: &CommuneCode, reference: &Reference) -> Option<Direction> {
    let known = reference.territories().commune(commune);
    known.map(|commune| commune.direction)
}
