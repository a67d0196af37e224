//! Positions: sites, where one document or many are, and the cells that hold them.

use std::collections::HashMap;

use roaring::{MultiOps, RoaringBitmap};

use super::documents::Documents;
use super::ordinals::{Ordinals, set, slot};
use super::quadtree::{Covering, Quadtree, to_box, to_disc};
use crate::geometry::{Disc, Unit};
use crate::squares::Spot;
use crate::{BoundingBox, Point};

/// Where everything is.
///
/// What is at one and the same point is one site: offers that say no more than their commune are
/// at its centre, thousands of them in a large one.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// The site of each ordinal.
    column: Vec<Option<u32>>,
    by_point: HashMap<[u64; 2], u32>,
    sites: Vec<Site>,
    numbers: Ordinals,
    tree: Quadtree,
    /// Sites whose coordinates are those of no point of the sphere: they are looked at one by one.
    astray: Vec<u32>,
}

/// A point in all its forms, and what is there.
#[derive(Clone, Debug)]
struct Site {
    point: Point,
    unit: Unit,
    spot: Spot,
    documents: Documents,
}

impl Places {
    /// Puts an ordinal without a position somewhere; it is not found there before
    /// [`Self::insert`].
    pub(crate) fn note(&mut self, ordinal: u32, point: Point) {
        let known = self.by_point.get(&bits(point)).copied();
        let site = known.unwrap_or_else(|| self.found(point));
        set(&mut self.column, ordinal, Some(site), &None);
    }

    /// Makes an ordinal found where it was put.
    pub(crate) fn insert(&mut self, ordinal: u32) {
        let number = self.column.get(slot(ordinal)).copied().flatten();
        let Some((number, site)) = number.and_then(|number| {
            let site = self.sites.get_mut(slot(number))?;
            Some((number, site))
        }) else {
            return;
        };
        let (point, is_new) = (site.point, site.documents.is_empty());
        site.documents.insert(ordinal);
        if point.is_on_the_sphere() {
            let sites = &self.sites;
            let held = |site| {
                let site = sites.get(slot(site));
                site.map_or((point, RoaringBitmap::new()), |site| {
                    (site.point, site.documents.iter().collect())
                })
            };
            self.tree.insert((number, point), ordinal, is_new, held);
        } else if is_new {
            self.astray.push(number);
        }
    }

    /// Takes an ordinal away from where it was.
    pub(crate) fn remove(&mut self, ordinal: u32) {
        let site = self.column.get_mut(slot(ordinal)).and_then(Option::take);
        let Some((number, site)) = site.and_then(|number| {
            let site = self.sites.get_mut(slot(number))?;
            Some((number, site))
        }) else {
            return;
        };
        site.documents.remove(ordinal);
        let (point, is_empty) = (site.point, matches!(site.documents, Documents::None));
        if point.is_on_the_sphere() {
            self.tree.remove((number, point), ordinal, is_empty);
        } else if is_empty {
            self.astray.retain(|known| *known != number);
        }
        if is_empty {
            self.by_point.remove(&bits(point));
            self.numbers.release(number);
        }
    }

    /// Where an ordinal is among the squares.
    pub(crate) fn spot(&self, ordinal: u32) -> Option<&Spot> {
        Some(&self.site_of(ordinal)?.spot)
    }

    /// How far an ordinal is from the centre of a disc.
    pub(crate) fn distance_km(&self, ordinal: u32, disc: &Disc) -> Option<f64> {
        Some(disc.distance_km(&self.site_of(ordinal)?.unit))
    }

    /// Whether an ordinal lies in a disc.
    pub(crate) fn in_disc(&self, ordinal: u32, disc: &Disc) -> bool {
        self.site_of(ordinal)
            .is_some_and(|site| disc.contains(&site.unit))
    }

    /// Whether an ordinal lies in a box.
    pub(crate) fn in_box(&self, ordinal: u32, bbox: &BoundingBox) -> bool {
        self.site_of(ordinal)
            .is_some_and(|site| bbox.contains(site.point))
    }

    /// All that lies in a disc.
    pub(crate) fn all_in_disc(&self, disc: &Disc) -> RoaringBitmap {
        let covering = self.tree.covering(to_disc(disc));
        self.united(covering, |site| disc.contains(&site.unit))
    }

    /// All that lies in a box.
    pub(crate) fn all_in_box(&self, bbox: &BoundingBox) -> RoaringBitmap {
        let covering = self.tree.covering(to_box(bbox));
        self.united(covering, |site| bbox.contains(site.point))
    }

    /// Sites by their distance from the centre of a disc, each with that distance in kilometres
    /// and its documents; those much nearer than `after` kilometres may be left out. Two whose
    /// distances differ by less than a millimetre may come in either order.
    pub(crate) fn nearest<'a>(
        &'a self,
        disc: &'a Disc,
        after: Option<f64>,
    ) -> impl Iterator<Item = (f64, &'a Documents)> + 'a {
        let unit = |site| self.site(site).map(|site| site.unit);
        let beyond = after.map_or(0.0, Disc::line_before);
        let astray = self.astray.iter().filter_map(move |site| {
            let line = crate::geometry::square_distance(&disc.center(), &unit(*site)?);
            Some((line, *site))
        });
        let mut astray: Vec<(f64, u32)> = astray.collect();
        astray.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let mut sites = self.tree.nearest(disc.center(), beyond, unit).peekable();
        std::iter::from_fn(move || {
            let stray = astray.last().map(|(line, _)| *line);
            let ahead = sites.peek().map(|(line, _)| *line);
            let is_stray = stray.is_some_and(|own| ahead.is_none_or(|line| own < line));
            let next = if is_stray { astray.pop() } else { sites.next() };
            let site = self.site(next?.1)?;
            Some((disc.distance_km(&site.unit), &site.documents))
        })
    }

    fn united(&self, covering: Covering<'_>, holds: impl Fn(&Site) -> bool) -> RoaringBitmap {
        let Covering {
            mut whole,
            inside,
            edge,
        } = covering;
        let (mut few, mut looked_at): (Vec<u32>, Vec<&Site>) = (Vec::new(), Vec::new());
        looked_at.extend(inside.iter().filter_map(|site| self.site(*site)));
        let edge = edge.iter().chain(&self.astray);
        let edge = edge.filter_map(|site| self.site(*site));
        looked_at.extend(edge.filter(|site| holds(site)));
        for site in looked_at {
            match &site.documents {
                Documents::None => {}
                Documents::One(ordinal) => few.push(*ordinal),
                Documents::Many(many) => whole.push(many),
            }
        }
        // A bitmap is built fastest from what is sorted.
        few.sort_unstable();
        let few: RoaringBitmap = few.into_iter().collect();
        whole.push(&few);
        whole.union()
    }

    /// The number of a new site.
    fn found(&mut self, point: Point) -> u32 {
        let site = Site {
            point,
            unit: point.unit(),
            spot: point.into(),
            documents: Documents::None,
        };
        let number = self.numbers.take();
        set(&mut self.sites, number, site.clone(), &site);
        self.by_point.insert(bits(point), number);
        number
    }

    fn site(&self, site: u32) -> Option<&Site> {
        self.sites.get(slot(site))
    }

    fn site_of(&self, ordinal: u32) -> Option<&Site> {
        self.site((*self.column.get(slot(ordinal))?)?)
    }
}

/// A point as a key: the two zeros are one.
fn bits(point: Point) -> [u64; 2] {
    [(point.lat + 0.0).to_bits(), (point.lon + 0.0).to_bits()]
}
