//! The wire shapes of an establishment, in both directions.
//!
//! Output: the whole sheet, the item of a list, the GeoJSON feature, the CSV row. Input: the
//! same sheet, as itself or as a feature, and the same row, read back into domain values.

mod codes;
mod csv;
mod feature;
mod input;
mod input_parts;
mod item;
mod output;
mod parts;
mod resolve;
mod row_input;
mod sheet_feature;
mod written;
mod written_schemas;

#[cfg(test)]
mod schema_tests;
#[cfg(test)]
mod tests;

pub use csv::{CSV_COLUMNS, csv_row};
pub use feature::{EstablishmentFeature, EstablishmentProperties};
pub use input::{FactsInput, SheetInput, read_sheet};
pub use input_parts::PartsInput;
pub use item::{EstablishmentItem, ItemAddress, Matched, PartId};
pub use output::{CapacityOutput, EstablishmentSheet, KindOutput, OpeningOutput};
pub use parts::{
    ActivityOutput, ContactOutput, DockOutput, EquipmentOutput, PossibleActivityOutput,
    StorageAreaOutput, ZoneOutput,
};
pub use resolve::resolve;
pub use row_input::{check_columns, column_of, row_tree};
pub use sheet_feature::{SheetFeature, read_feature};
pub(crate) use written::{WrittenPart, new_sheet, patch_part, patch_sheet, read_part};
pub use written_schemas::{
    ActivityInput, ActivityPatch, CapacityInput, CapacityPatch, ContactInput, ContactPatch,
    DockInput, DockPatch, EquipmentInput, EstablishmentInput, EstablishmentPatch, KindInput,
    KindPatch, OpeningInput, PositionInput, PositionPatch, PossibleActivityInput,
    PossibleActivityPatch, StorageAreaInput, StorageAreaPatch, ZoneInput, ZonePatch,
};
