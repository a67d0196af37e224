//! What a partner can be found by, declared once for the index.

use search::{FacetId, Schema, TextId};

use crate::catalogue::resource::CommonFields;

/// The attributes of the partners' collection.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    pub(crate) common: CommonFields,
    pub(crate) kind: FacetId,
    pub(crate) role: FacetId,
    pub(crate) legal_category: FacetId,
    pub(crate) legal_level: FacetId,
    pub(crate) siret: FacetId,
    pub(crate) siren: FacetId,
    pub(crate) rna: FacetId,
    pub(crate) name_text: TextId,
    pub(crate) kind_text: TextId,
    pub(crate) role_text: TextId,
}

impl Fields {
    /// Declares every attribute; a text comes with its weight in relevance.
    pub(crate) fn declare() -> (Schema, Self) {
        let mut schema = Schema::new();
        let fields = Self {
            common: CommonFields::declare(&mut schema, 6),
            kind: schema.facet("kind"),
            role: schema.facet("role"),
            legal_category: schema.facet("legal_category"),
            legal_level: schema.facet("legal_level"),
            siret: schema.facet("siret"),
            siren: schema.facet("siren"),
            rna: schema.facet("rna"),
            name_text: schema.text("name", 8),
            kind_text: schema.text("kind", 1),
            role_text: schema.text("role", 1),
        };
        (schema, fields)
    }
}
