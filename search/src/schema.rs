//! What the documents of a collection look like: the attributes they may have, fixed at creation.

/// A facet of documents: a coded attribute with any number of values a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FacetId(pub(crate) u16);

/// A number of documents: at most one finite value a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NumberId(pub(crate) u16);

/// A text field of documents, with its weight in relevance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextId(pub(crate) u16);

/// A kind of part: things a document has several of, whose attributes must meet on one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartId(pub(crate) u16);

/// A facet of one kind of part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartFacetId {
    pub(crate) part: PartId,
    pub(crate) facet: u16,
}

/// A number of one kind of part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartNumberId {
    pub(crate) part: PartId,
    pub(crate) number: u16,
}

impl PartFacetId {
    /// The kind of part that has this facet.
    #[must_use]
    pub fn part(self) -> PartId {
        self.part
    }
}

impl PartNumberId {
    /// The kind of part that has this number.
    #[must_use]
    pub fn part(self) -> PartId {
        self.part
    }
}

/// The attributes of a collection, each declared once and known by the identifier it was given.
///
/// At most 65,535 of each sort; names are for people and for [`Schema::facet_name`] and its like.
/// An identifier of another schema names nothing: no document has a value there.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    pub(crate) facets: Vec<String>,
    pub(crate) numbers: Vec<String>,
    pub(crate) texts: Vec<TextField>,
    pub(crate) parts: Vec<PartKind>,
}

/// A text field as declared.
#[derive(Clone, Debug)]
pub(crate) struct TextField {
    pub(crate) name: String,
    pub(crate) weight: u32,
}

/// A kind of part as declared.
#[derive(Clone, Debug)]
pub(crate) struct PartKind {
    pub(crate) name: String,
    pub(crate) facets: Vec<String>,
    pub(crate) numbers: Vec<String>,
}

impl Schema {
    /// A schema without attributes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Declares a facet of documents.
    pub fn facet(&mut self, name: &str) -> FacetId {
        FacetId(declare(&mut self.facets, name.to_owned()))
    }

    /// Declares a number of documents.
    pub fn number(&mut self, name: &str) -> NumberId {
        NumberId(declare(&mut self.numbers, name.to_owned()))
    }

    /// Declares a text field whose matches count `weight` times in relevance.
    pub fn text(&mut self, name: &str, weight: u32) -> TextId {
        let name = name.to_owned();
        TextId(declare(&mut self.texts, TextField { name, weight }))
    }

    /// Declares a kind of part.
    pub fn part(&mut self, name: &str) -> PartId {
        let kind = PartKind {
            name: name.to_owned(),
            facets: Vec::new(),
            numbers: Vec::new(),
        };
        PartId(declare(&mut self.parts, kind))
    }

    /// Declares a facet of a kind of part.
    pub fn part_facet(&mut self, part: PartId, name: &str) -> PartFacetId {
        let facet = self
            .parts
            .get_mut(usize::from(part.0))
            .map_or(u16::MAX, |kind| declare(&mut kind.facets, name.to_owned()));
        PartFacetId { part, facet }
    }

    /// Declares a number of a kind of part.
    pub fn part_number(&mut self, part: PartId, name: &str) -> PartNumberId {
        let number = self
            .parts
            .get_mut(usize::from(part.0))
            .map_or(u16::MAX, |kind| declare(&mut kind.numbers, name.to_owned()));
        PartNumberId { part, number }
    }

    /// The name a facet was declared with.
    #[must_use]
    pub fn facet_name(&self, facet: FacetId) -> Option<&str> {
        self.facets.get(usize::from(facet.0)).map(String::as_str)
    }

    /// The name a number was declared with.
    #[must_use]
    pub fn number_name(&self, number: NumberId) -> Option<&str> {
        self.numbers.get(usize::from(number.0)).map(String::as_str)
    }

    /// The name a text field was declared with.
    #[must_use]
    pub fn text_name(&self, text: TextId) -> Option<&str> {
        let field = self.texts.get(usize::from(text.0))?;
        Some(field.name.as_str())
    }

    /// The name a kind of part was declared with.
    #[must_use]
    pub fn part_name(&self, part: PartId) -> Option<&str> {
        Some(self.parts.get(usize::from(part.0))?.name.as_str())
    }

    /// The name a facet of a part was declared with.
    #[must_use]
    pub fn part_facet_name(&self, facet: PartFacetId) -> Option<&str> {
        let kind = self.parts.get(usize::from(facet.part.0))?;
        kind.facets
            .get(usize::from(facet.facet))
            .map(String::as_str)
    }

    /// The name a number of a part was declared with.
    #[must_use]
    pub fn part_number_name(&self, number: PartNumberId) -> Option<&str> {
        let kind = self.parts.get(usize::from(number.part.0))?;
        kind.numbers
            .get(usize::from(number.number))
            .map(String::as_str)
    }

    /// The relevance weight of each text field, in order of declaration.
    pub(crate) fn weights(&self) -> Vec<u32> {
        self.texts.iter().map(|field| field.weight).collect()
    }
}

/// Appends and gives the position it went to.
fn declare<T>(list: &mut Vec<T>, item: T) -> u16 {
    let position = u16::try_from(list.len()).unwrap_or(u16::MAX);
    list.push(item);
    position
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_is_known_by_the_identifier_it_was_given() {
        let mut schema = Schema::new();
        let kind = schema.facet("kind");
        let region = schema.facet("region");
        let area = schema.number("area_m2");
        let title = schema.text("title", 3);
        let zones = schema.part("zones");
        let docks = schema.part("docks");
        let status = schema.part_facet(zones, "status");
        let vehicle = schema.part_facet(docks, "vehicle");
        let height = schema.part_number(zones, "height_m");

        assert_ne!(kind, region);
        assert_eq!(schema.facet_name(region), Some("region"));
        assert_eq!(schema.number_name(area), Some("area_m2"));
        assert_eq!(schema.text_name(title), Some("title"));
        assert_eq!(schema.part_name(docks), Some("docks"));
        assert_eq!(schema.part_facet_name(status), Some("status"));
        assert_eq!(schema.part_facet_name(vehicle), Some("vehicle"));
        assert_eq!(schema.part_number_name(height), Some("height_m"));
        assert_eq!(vehicle.part(), docks);
        assert_eq!(height.part(), zones);
    }

    #[test]
    fn an_identifier_of_another_schema_names_nothing() {
        let mut larger = Schema::new();
        larger.facet("kind");
        let region = larger.facet("region");
        let mut smaller = Schema::new();
        smaller.facet("kind");

        assert_eq!(smaller.facet_name(region), None);
    }
}
