//! A quadtree of the sphere: boxes of latitude and longitude, each with all that lies in it, split
//! where there is much.
//!
//! A quad that lies whole in a disc or a box is taken as one set, and only those on its edge are
//! looked into: the work follows the edge, not what is inside.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use roaring::RoaringBitmap;

use crate::geometry::{Disc, Unit, square_distance};
use crate::quad::Quad;
use crate::{BoundingBox, Point};

/// The most sites of a quad that is not split.
const CAPACITY: usize = 32;
/// How often the world is split: below a hundredth of a second of arc.
const DEPTH: u8 = 26;

/// The quads, the world first.
#[derive(Debug)]
pub(crate) struct Quadtree(Vec<Node>);

#[derive(Debug)]
struct Node {
    quad: Quad,
    depth: u8,
    content: Content,
}

#[derive(Debug)]
enum Content {
    /// Few enough to be looked at one by one.
    Sites(Vec<u32>),
    /// All documents of four smaller quads, and the first of these.
    Quarters(RoaringBitmap, usize),
}

/// How a quad lies to an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lies {
    /// All of it is in the area.
    Inside,
    /// None of it is.
    Outside,
    /// It must be looked into.
    Across,
}

/// What lies in an area: sets to be taken whole, and sites to be looked at.
#[derive(Debug, Default)]
pub(crate) struct Covering<'a> {
    /// The documents of quads that lie in the area.
    pub(crate) whole: Vec<&'a RoaringBitmap>,
    /// Sites of small quads that lie in the area.
    pub(crate) inside: Vec<u32>,
    /// Sites of quads on its edge.
    pub(crate) edge: Vec<u32>,
}

impl Default for Quadtree {
    fn default() -> Self {
        Self(vec![Node {
            quad: Quad::WORLD,
            depth: 0,
            content: Content::Sites(Vec::new()),
        }])
    }
}

impl Quadtree {
    /// Puts a document on a site; `is_new` when the site had none, and is not known yet.
    pub(crate) fn insert(
        &mut self,
        (site, point): (u32, Point),
        ordinal: u32,
        is_new: bool,
        held: impl Fn(u32) -> (Point, RoaringBitmap),
    ) {
        let leaf = self.descend(point, |documents| {
            documents.insert(ordinal);
        });
        if is_new {
            self.add(leaf, site, &held);
        }
    }

    /// Takes a document away; `is_empty` when its site has no other and is to be forgotten.
    pub(crate) fn remove(&mut self, (site, point): (u32, Point), ordinal: u32, is_empty: bool) {
        let leaf = self.descend(point, |documents| {
            documents.remove(ordinal);
        });
        if let Some(Content::Sites(sites)) = self.0.get_mut(leaf).map(|node| &mut node.content)
            && is_empty
        {
            sites.retain(|known| *known != site);
        }
    }

    /// What lies in an area, told quad by quad how it lies.
    pub(crate) fn covering(&self, lies: impl Fn(&Quad) -> Lies) -> Covering<'_> {
        let mut covering = Covering::default();
        let mut left = vec![0];
        while let Some(node) = left.pop().and_then(|place| self.0.get(place)) {
            match (lies(&node.quad), &node.content) {
                (Lies::Outside, _) => {}
                (Lies::Inside, Content::Quarters(documents, _)) => covering.whole.push(documents),
                (Lies::Inside, Content::Sites(sites)) => covering.inside.extend(sites),
                (Lies::Across, Content::Sites(sites)) => covering.edge.extend(sites),
                (Lies::Across, Content::Quarters(documents, first)) => {
                    if !documents.is_empty() {
                        left.extend(*first..first + 4);
                    }
                }
            }
        }
        covering
    }

    /// Sites by their distance from a place, the nearest first, with the square of the straight
    /// line to each; those in quads that lie whole within `beyond` of it are left out.
    pub(crate) fn nearest<'a>(
        &'a self,
        from: Unit,
        beyond: f64,
        unit: impl Fn(u32) -> Option<Unit> + 'a,
    ) -> impl Iterator<Item = (f64, u32)> + 'a {
        let mut waiting = BinaryHeap::from([Reverse(Waiting {
            line: 0.0,
            what: What::Quad(0),
        })]);
        std::iter::from_fn(move || {
            while let Some(Reverse(next)) = waiting.pop() {
                let place = match next.what {
                    What::Site(site) => return Some((next.line, site)),
                    What::Quad(place) => place,
                };
                match self.0.get(place).map(|node| &node.content) {
                    Some(Content::Sites(sites)) => {
                        waiting.extend(sites.iter().filter_map(|site| {
                            let line = square_distance(&from, &unit(*site)?);
                            let what = What::Site(*site);
                            Some(Reverse(Waiting { line, what }))
                        }));
                    }
                    Some(Content::Quarters(_, first)) => {
                        let quarters = (*first..first + 4).filter_map(|place| {
                            let quad = &self.0.get(place)?.quad;
                            let what = What::Quad(place);
                            let line = quad.nearest(&from);
                            (quad.farthest(&from) >= beyond)
                                .then_some(Reverse(Waiting { line, what }))
                        });
                        waiting.extend(quarters);
                    }
                    None => {}
                }
            }
            None
        })
    }

    /// The quad that is not split where a point lies; all on the way are told.
    fn descend(&mut self, point: Point, told: impl Fn(&mut RoaringBitmap)) -> usize {
        let mut place = 0;
        while let Some(node) = self.0.get_mut(place) {
            let Content::Quarters(documents, first) = &mut node.content else {
                break;
            };
            told(documents);
            place = *first + node.quad.quarter_of(point);
        }
        place
    }

    /// Adds a site to a quad that is not split, and splits it when it is full.
    fn add(&mut self, leaf: usize, site: u32, held: &impl Fn(u32) -> (Point, RoaringBitmap)) {
        let first = self.0.len();
        let Some(node) = self.0.get_mut(leaf) else {
            return;
        };
        let Content::Sites(sites) = &mut node.content else {
            return;
        };
        sites.push(site);
        if sites.len() <= CAPACITY || node.depth >= DEPTH {
            return;
        }
        let mut quarters: [Vec<u32>; 4] = Default::default();
        let mut documents = RoaringBitmap::new();
        for site in std::mem::take(sites) {
            let (point, own) = held(site);
            documents |= own;
            if let Some(quarter) = quarters.get_mut(node.quad.quarter_of(point)) {
                quarter.push(site);
            }
        }
        let (quads, depth) = (node.quad.quarters(), node.depth + 1);
        node.content = Content::Quarters(documents, first);
        for (quad, sites) in quads.into_iter().zip(quarters) {
            let content = Content::Sites(sites);
            self.0.push(Node {
                quad,
                depth,
                content,
            });
        }
    }
}

/// A quad or a site whose turn comes by the square of the straight line to it.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    line: f64,
    what: What,
}

#[derive(Clone, Copy, Debug)]
enum What {
    Quad(usize),
    Site(u32),
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        self.line.total_cmp(&other.line)
    }
}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Waiting {}

/// How a quad lies to a disc.
pub(crate) fn to_disc(disc: &Disc) -> impl Fn(&Quad) -> Lies + '_ {
    |quad| {
        if quad.nearest(&disc.center()) > disc.reach() {
            Lies::Outside
        } else if quad.farthest(&disc.center()) < disc.inside() {
            Lies::Inside
        } else {
            Lies::Across
        }
    }
}

/// How a quad lies to a box.
pub(crate) fn to_box(bbox: &BoundingBox) -> impl Fn(&Quad) -> Lies + '_ {
    |quad| {
        if bbox.holds(quad) {
            Lies::Inside
        } else if bbox.misses(quad) {
            Lies::Outside
        } else {
            Lies::Across
        }
    }
}
