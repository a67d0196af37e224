//! Positions: a column by ordinal, and a tree over points of the unit sphere.

use roaring::RoaringBitmap;
use rstar::{AABB, RTree, primitives::GeomWithData};

use super::ordinals::{set, slot};
use crate::geometry::{Disc, Unit};
use crate::{BoundingBox, Point};

type Leaf = GeomWithData<Unit, u32>;

/// Where everything is.
#[derive(Debug, Default)]
pub(crate) struct Places {
    column: Vec<Option<Place>>,
    tree: RTree<Leaf>,
}

/// A position in both of its forms.
#[derive(Clone, Copy, Debug)]
struct Place {
    point: Point,
    unit: Unit,
}

impl Places {
    /// Puts an ordinal without a position somewhere.
    pub(crate) fn insert(&mut self, ordinal: u32, point: Point) {
        let unit = point.unit();
        set(
            &mut self.column,
            ordinal,
            Some(Place { point, unit }),
            &None,
        );
        self.tree.insert(Leaf::new(unit, ordinal));
    }

    /// Takes an ordinal away from where it was.
    pub(crate) fn remove(&mut self, ordinal: u32) {
        let place = self.column.get_mut(slot(ordinal)).and_then(Option::take);
        if let Some(place) = place {
            self.tree.remove(&Leaf::new(place.unit, ordinal));
        }
    }

    /// How far an ordinal is from the centre of a disc.
    pub(crate) fn distance_km(&self, ordinal: u32, disc: &Disc) -> Option<f64> {
        let place = self.place(ordinal)?;
        Some(disc.distance_km(&place.unit))
    }

    /// Whether an ordinal lies in a disc.
    pub(crate) fn in_disc(&self, ordinal: u32, disc: &Disc) -> bool {
        self.place(ordinal)
            .is_some_and(|place| disc.contains(&place.unit))
    }

    /// Whether an ordinal lies in a box.
    pub(crate) fn in_box(&self, ordinal: u32, bbox: &BoundingBox) -> bool {
        self.place(ordinal)
            .is_some_and(|place| bbox.contains(place.point))
    }

    /// All that lies in a disc.
    pub(crate) fn all_in_disc(&self, disc: &Disc) -> RoaringBitmap {
        let around = self
            .tree
            .locate_within_distance(disc.center(), disc.reach())
            .filter(|leaf| disc.contains(leaf.geom()));
        collect(around.map(|leaf| leaf.data))
    }

    /// All that lies in a box.
    pub(crate) fn all_in_box(&self, bbox: &BoundingBox) -> RoaringBitmap {
        let (lower, upper) = bbox.envelope();
        let around = self
            .tree
            .locate_in_envelope(AABB::from_corners(lower, upper))
            .map(|leaf| leaf.data);
        collect(around.filter(|ordinal| self.in_box(*ordinal, bbox)))
    }

    fn place(&self, ordinal: u32) -> Option<&Place> {
        self.column.get(slot(ordinal))?.as_ref()
    }
}

/// A bitmap is built fastest from what is sorted, which a tree's order is not.
fn collect(ordinals: impl Iterator<Item = u32>) -> RoaringBitmap {
    let mut ordinals: Vec<u32> = ordinals.collect();
    ordinals.sort_unstable();
    ordinals.into_iter().collect()
}
