//! What an establishment can be found by, declared once for the index.

use search::{FacetId, NumberId, PartFacetId, PartId, PartNumberId, Schema, TextId};

use crate::catalogue::resource::CommonFields;

/// The attributes of the establishments' collection.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    pub(crate) common: CommonFields,
    pub(crate) slug: FacetId,
    pub(crate) status: FacetId,
    pub(crate) kind: FacetId,
    pub(crate) management: FacetId,
    pub(crate) possible_activity: FacetId,
    pub(crate) any_activity: FacetId,
    /// The same codes again: a facet ignores its own filter, and keeps what must all hold.
    pub(crate) all: AllFields,
    pub(crate) production_area: NumberId,
    pub(crate) available_area: NumberId,
    pub(crate) storage_area: NumberId,
    pub(crate) places: NumberId,
    pub(crate) zone_count: NumberId,
    pub(crate) dock_count: NumberId,
    pub(crate) zones: ZoneFields,
    pub(crate) docks: DockFields,
    pub(crate) activities: ActivityFields,
    pub(crate) text: TextFields,
}

/// What the filters `…_all` look at.
#[derive(Debug, Clone)]
pub(crate) struct AllFields {
    pub(crate) activity: FacetId,
    pub(crate) possible_activity: FacetId,
    pub(crate) any_activity: FacetId,
}

/// Attributes that must meet on one production zone.
#[derive(Debug, Clone)]
pub(crate) struct ZoneFields {
    pub(crate) part: PartId,
    pub(crate) kind: PartFacetId,
    pub(crate) status: PartFacetId,
    pub(crate) equipment: PartFacetId,
    /// The same codes again, for `zone_equipment_all`.
    pub(crate) equipment_all: PartFacetId,
    pub(crate) area: PartNumberId,
    pub(crate) available: PartNumberId,
    pub(crate) height: PartNumberId,
    pub(crate) power: PartNumberId,
}

/// Attributes that must meet on one loading dock.
#[derive(Debug, Clone)]
pub(crate) struct DockFields {
    pub(crate) part: PartId,
    pub(crate) kind: PartFacetId,
    /// Every size that the dock takes, so that a filter on one size finds larger docks.
    pub(crate) vehicle: PartFacetId,
    pub(crate) leveller: PartFacetId,
    pub(crate) height: PartNumberId,
    pub(crate) clearance: PartNumberId,
}

/// Attributes that must meet on one activity in place.
#[derive(Debug, Clone)]
pub(crate) struct ActivityFields {
    pub(crate) part: PartId,
    pub(crate) activity: PartFacetId,
    pub(crate) regime: PartFacetId,
}

/// Texts, each with its weight in relevance.
#[derive(Debug, Clone)]
pub(crate) struct TextFields {
    pub(crate) name: TextId,
    pub(crate) activities: TextId,
    pub(crate) kind: TextId,
}

impl Fields {
    /// Declares every attribute.
    pub(crate) fn declare() -> (Schema, Self) {
        let mut schema = Schema::new();
        let fields = Self {
            common: CommonFields::declare(&mut schema, 6),
            slug: schema.facet("slug"),
            status: schema.facet("status"),
            kind: schema.facet("kind"),
            management: schema.facet("management"),
            possible_activity: schema.facet("possible_activity"),
            any_activity: schema.facet("any_activity"),
            all: AllFields::declare(&mut schema),
            production_area: schema.number("production_area_m2"),
            available_area: schema.number("available_area_m2"),
            storage_area: schema.number("storage_area_m2"),
            places: schema.number("places"),
            zone_count: schema.number("zones"),
            dock_count: schema.number("docks"),
            zones: ZoneFields::declare(&mut schema),
            docks: DockFields::declare(&mut schema),
            activities: ActivityFields::declare(&mut schema),
            text: TextFields::declare(&mut schema),
        };
        (schema, fields)
    }
}

impl AllFields {
    fn declare(schema: &mut Schema) -> Self {
        Self {
            activity: schema.facet("activity_all"),
            possible_activity: schema.facet("possible_activity_all"),
            any_activity: schema.facet("any_activity_all"),
        }
    }
}

impl ZoneFields {
    fn declare(schema: &mut Schema) -> Self {
        let part = schema.part("zones");
        Self {
            part,
            kind: schema.part_facet(part, "zone_kind"),
            status: schema.part_facet(part, "zone_status"),
            equipment: schema.part_facet(part, "zone_equipment"),
            equipment_all: schema.part_facet(part, "zone_equipment_all"),
            area: schema.part_number(part, "area_m2"),
            available: schema.part_number(part, "available_area_m2"),
            height: schema.part_number(part, "clear_height_m"),
            power: schema.part_number(part, "power_kva"),
        }
    }
}

impl DockFields {
    fn declare(schema: &mut Schema) -> Self {
        let part = schema.part("docks");
        Self {
            part,
            kind: schema.part_facet(part, "dock_kind"),
            vehicle: schema.part_facet(part, "dock_vehicle"),
            leveller: schema.part_facet(part, "dock_leveller"),
            height: schema.part_number(part, "height_cm"),
            clearance: schema.part_number(part, "clearance_cm"),
        }
    }
}

impl ActivityFields {
    fn declare(schema: &mut Schema) -> Self {
        let part = schema.part("activities");
        Self {
            part,
            activity: schema.part_facet(part, "activity"),
            regime: schema.part_facet(part, "regime"),
        }
    }
}

impl TextFields {
    fn declare(schema: &mut Schema) -> Self {
        Self {
            name: schema.text("name", 8),
            activities: schema.text("activities", 4),
            kind: schema.text("kind", 1),
        }
    }
}
