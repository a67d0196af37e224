//! Vector tiles (Mapbox Vector Tile 2.1), as far as points go: one layer, encoded as it is filled.
//!
//! The format is a protocol buffer of a dozen fields: written here, it needs no library.

use std::collections::HashMap;

/// Columns and rows of a tile.
pub(super) const EXTENT: u32 = 4_096;

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Value {
    /// A text.
    Text(String),
    /// A number of things.
    Count(u64),
}

/// A layer of points.
#[derive(Debug)]
pub(super) struct Layer {
    name: &'static str,
    features: Vec<Vec<u8>>,
    keys: Vec<&'static str>,
    values: Vec<Value>,
    /// Where each value stands, as it is written once.
    known: HashMap<Value, u32>,
}

impl Layer {
    /// A layer without points.
    pub(super) fn new(name: &'static str) -> Self {
        Self {
            name,
            features: Vec::new(),
            keys: Vec::new(),
            values: Vec::new(),
            known: HashMap::new(),
        }
    }

    /// Adds a point: its column and row among those of the tile, and what it says.
    pub(super) fn point(&mut self, (x, y): (u32, u32), said: Vec<(&'static str, Value)>) {
        let mut tags = Vec::with_capacity(said.len() * 2);
        for (key, value) in said {
            tags.push(self.key(key));
            tags.push(self.value(value));
        }
        let mut feature = Vec::new();
        packed(&mut feature, field::FEATURE_TAGS, &tags);
        number(&mut feature, field::FEATURE_TYPE, POINT);
        // From the corner, which is where the pen starts: what is not negative is doubled.
        packed(
            &mut feature,
            field::FEATURE_GEOMETRY,
            &[MOVE_ONCE, x * 2, y * 2],
        );
        self.features.push(feature);
    }

    /// The tile of this layer alone; of a layer without points, nothing at all.
    pub(super) fn tile(self) -> Vec<u8> {
        if self.features.is_empty() {
            return Vec::new();
        }
        let mut layer = Vec::new();
        number(&mut layer, field::LAYER_VERSION, 2);
        bytes(&mut layer, field::LAYER_NAME, self.name.as_bytes());
        for feature in &self.features {
            bytes(&mut layer, field::LAYER_FEATURES, feature);
        }
        for key in &self.keys {
            bytes(&mut layer, field::LAYER_KEYS, key.as_bytes());
        }
        for value in &self.values {
            let mut written = Vec::new();
            match value {
                Value::Text(text) => bytes(&mut written, field::VALUE_TEXT, text.as_bytes()),
                Value::Count(count) => number(&mut written, field::VALUE_COUNT, *count),
            }
            bytes(&mut layer, field::LAYER_VALUES, &written);
        }
        number(&mut layer, field::LAYER_EXTENT, u64::from(EXTENT));
        let mut tile = Vec::with_capacity(layer.len() + 8);
        bytes(&mut tile, field::TILE_LAYERS, &layer);
        tile
    }

    fn key(&mut self, key: &'static str) -> u32 {
        let place = self.keys.iter().position(|known| *known == key);
        let place = place.unwrap_or_else(|| {
            self.keys.push(key);
            self.keys.len() - 1
        });
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    fn value(&mut self, value: Value) -> u32 {
        if let Some(place) = self.known.get(&value) {
            return *place;
        }
        let place = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(value.clone());
        self.known.insert(value, place);
        place
    }
}

/// The numbers of the fields, as the specification gives them.
mod field {
    pub(super) const TILE_LAYERS: u32 = 3;
    pub(super) const LAYER_VERSION: u32 = 15;
    pub(super) const LAYER_NAME: u32 = 1;
    pub(super) const LAYER_FEATURES: u32 = 2;
    pub(super) const LAYER_KEYS: u32 = 3;
    pub(super) const LAYER_VALUES: u32 = 4;
    pub(super) const LAYER_EXTENT: u32 = 5;
    pub(super) const FEATURE_TAGS: u32 = 2;
    pub(super) const FEATURE_TYPE: u32 = 3;
    pub(super) const FEATURE_GEOMETRY: u32 = 4;
    pub(super) const VALUE_TEXT: u32 = 1;
    pub(super) const VALUE_COUNT: u32 = 5;
}

/// The type of geometry of a point.
const POINT: u64 = 1;
/// The command that moves the pen to one place.
const MOVE_ONCE: u32 = 1 << 3 | 1;
/// The kind of a field that is a number.
const NUMBER: u32 = 0;
/// The kind of a field that says how long it is.
const BYTES: u32 = 2;

fn number(out: &mut Vec<u8>, field: u32, value: u64) {
    varint(out, u64::from(field << 3 | NUMBER));
    varint(out, value);
}

fn bytes(out: &mut Vec<u8>, field: u32, value: &[u8]) {
    varint(out, u64::from(field << 3 | BYTES));
    varint(out, u64::try_from(value.len()).unwrap_or(u64::MAX));
    out.extend_from_slice(value);
}

fn packed(out: &mut Vec<u8>, field: u32, values: &[u32]) {
    let mut written = Vec::with_capacity(values.len());
    for value in values {
        varint(&mut written, u64::from(*value));
    }
    bytes(out, field, &written);
}

/// Seven bits a byte, the lowest first; the eighth says that more follow.
fn varint(out: &mut Vec<u8>, mut value: u64) {
    loop {
        let [low, ..] = value.to_le_bytes();
        value >>= 7;
        if value == 0 {
            out.push(low & 0x7f);
            return;
        }
        out.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_seven_bits_a_byte() {
        let written = |value| {
            let mut out = Vec::new();
            varint(&mut out, value);
            out
        };
        assert_eq!(written(0), [0]);
        assert_eq!(written(127), [0x7f]);
        assert_eq!(written(300), [0xac, 0x02]);
        assert_eq!(written(u64::MAX).len(), 10);
    }

    #[test]
    fn a_layer_without_points_is_nothing_at_all() {
        assert!(Layer::new("offers").tile().is_empty());
    }

    /// The bytes of the specification's own way, worked by hand.
    #[test]
    fn a_point_is_written_as_the_specification_says() {
        let mut layer = Layer::new("a");
        layer.point(
            (25, 17),
            vec![("n", Value::Count(300)), ("t", Value::Text("x".to_owned()))],
        );
        layer.point((25, 17), vec![("n", Value::Count(300))]);
        let expected = [
            &[0x1a, 52][..],
            &[0x78, 2],
            &[0x0a, 1, b'a'],
            &[0x12, 13, 0x12, 4, 0, 0, 1, 1, 0x18, 1, 0x22, 3, 9, 50, 34],
            &[0x12, 11, 0x12, 2, 0, 0, 0x18, 1, 0x22, 3, 9, 50, 34],
            &[0x1a, 1, b'n', 0x1a, 1, b't'],
            &[0x22, 3, 0x28, 0xac, 0x02],
            &[0x22, 3, 0x0a, 1, b'x'],
            &[0x28, 0x80, 0x20],
        ];
        let expected = expected.concat();
        let tile = layer.tile();
        assert_eq!(tile, expected);
        assert_eq!(usize::from(tile[1]), tile.len() - 2);
    }
}
