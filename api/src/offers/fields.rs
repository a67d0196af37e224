//! What an offer can be found by, declared once for the index.

use search::{FacetId, NumberId, Schema, TextId};

use crate::catalogue::resource::CommonFields;

/// The attributes of the offers' collection.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    pub(crate) common: CommonFields,
    pub(crate) diffusion: FacetId,
    pub(crate) kind: FacetId,
    pub(crate) partner: FacetId,
    pub(crate) establishment: FacetId,
    pub(crate) activity: FacetId,
    pub(crate) rome: FacetId,
    pub(crate) regime: FacetId,
    pub(crate) contract_kind: FacetId,
    pub(crate) permanent: FacetId,
    /// What has no position that everybody may know, which no place ever finds.
    pub(crate) unlocated: FacetId,
    pub(crate) tig: TigFields,
    pub(crate) numbers: Numbers,
    pub(crate) texts: Texts,
}

/// What a post alone has.
#[derive(Debug, Clone)]
pub(crate) struct TigFields {
    pub(crate) field: FacetId,
    pub(crate) form: FacetId,
    pub(crate) measure: FacetId,
    pub(crate) audience: FacetId,
    pub(crate) slot: FacetId,
    pub(crate) host_kind: FacetId,
    pub(crate) step_free: FacetId,
    pub(crate) licence_needed: FacetId,
    pub(crate) vehicle_needed: FacetId,
    pub(crate) particular_risks: FacetId,
    pub(crate) care_establishment: FacetId,
    /// The same as their namesakes, for what must all hold: a facet ignores its own filter, and
    /// keeps these.
    pub(crate) all: AllOf,
}

/// Lists of which all must hold.
#[derive(Debug, Clone)]
pub(crate) struct AllOf {
    pub(crate) measure: FacetId,
    pub(crate) audience: FacetId,
    pub(crate) slot: FacetId,
}

/// Numbers; days count from the beginning of the era.
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    /// The first day on which it is shown, however early.
    pub(crate) shown_from: NumberId,
    /// The last day on which it is shown, however late.
    pub(crate) shown_until: NumberId,
    /// Its first day, where it has one: what it is sorted by.
    pub(crate) starts_on: NumberId,
    /// Its first day, however early.
    pub(crate) starts: NumberId,
    /// Its last day, however late.
    pub(crate) ends: NumberId,
    pub(crate) places_left: NumberId,
    pub(crate) hours_per_week: NumberId,
    pub(crate) transport_m: NumberId,
    pub(crate) published_at: NumberId,
}

/// Texts, with their weight in relevance.
#[derive(Debug, Clone)]
pub(crate) struct Texts {
    pub(crate) title: TextId,
    pub(crate) label: TextId,
    pub(crate) host: TextId,
    pub(crate) description: TextId,
}

impl Fields {
    /// Declares every attribute.
    pub(crate) fn declare() -> (Schema, Self) {
        let mut schema = Schema::new();
        let fields = Self {
            common: CommonFields::declare(&mut schema, 3),
            diffusion: schema.facet("diffusion"),
            kind: schema.facet("kind"),
            partner: schema.facet("partner"),
            establishment: schema.facet("establishment"),
            activity: schema.facet("activity"),
            rome: schema.facet("rome"),
            regime: schema.facet("regime"),
            contract_kind: schema.facet("contract_kind"),
            permanent: schema.facet("permanent"),
            unlocated: schema.facet("unlocated"),
            tig: TigFields::declare(&mut schema),
            numbers: Numbers::declare(&mut schema),
            texts: Texts {
                title: schema.text("title", 8),
                label: schema.text("label", 4),
                host: schema.text("host", 4),
                description: schema.text("description", 1),
            },
        };
        (schema, fields)
    }
}

impl TigFields {
    fn declare(schema: &mut Schema) -> Self {
        Self {
            field: schema.facet("field"),
            form: schema.facet("form"),
            measure: schema.facet("measure"),
            audience: schema.facet("audience"),
            slot: schema.facet("slot"),
            host_kind: schema.facet("host_kind"),
            step_free: schema.facet("step_free"),
            licence_needed: schema.facet("licence_needed"),
            vehicle_needed: schema.facet("vehicle_needed"),
            particular_risks: schema.facet("particular_risks"),
            care_establishment: schema.facet("care_establishment"),
            all: AllOf {
                measure: schema.facet("measure_all"),
                audience: schema.facet("audience_all"),
                slot: schema.facet("slot_all"),
            },
        }
    }
}

impl Numbers {
    fn declare(schema: &mut Schema) -> Self {
        Self {
            shown_from: schema.number("shown_from"),
            shown_until: schema.number("shown_until"),
            starts_on: schema.number("starts_on"),
            starts: schema.number("starts"),
            ends: schema.number("ends"),
            places_left: schema.number("places_left"),
            hours_per_week: schema.number("hours_per_week"),
            transport_m: schema.number("transport_m"),
            published_at: schema.number("published_at"),
        }
    }
}
