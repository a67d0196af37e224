//! What is in one of some sets, united no sooner than it has to be.

use roaring::RoaringBitmap;

/// What is in one of some sets; of no set, nothing.
///
/// Where only what it has in common with few others is wanted, the few are looked for in each of
/// the sets: sets that are large are not united to be cut down again.
#[derive(Debug, Default)]
pub(crate) struct Union<'a>(Vec<&'a RoaringBitmap>);

impl<'a> Union<'a> {
    /// What is in one of these.
    pub(crate) fn of(sets: impl Iterator<Item = &'a RoaringBitmap>) -> Self {
        Self(sets.collect())
    }

    /// It holds as many at most: those that several sets have are counted as often.
    pub(crate) fn most(&self) -> u64 {
        self.0.iter().map(|set| set.len()).sum()
    }

    /// All of it.
    pub(crate) fn whole(&self) -> RoaringBitmap {
        match self.0.as_slice() {
            [] => RoaringBitmap::new(),
            [only] => (*only).clone(),
            [first, second, others @ ..] => {
                let both = *first | *second;
                others.iter().fold(both, |all, set| all | *set)
            }
        }
    }

    /// What it has in common with some documents.
    pub(crate) fn among(&self, documents: &RoaringBitmap) -> RoaringBitmap {
        let mut found = self.0.iter().map(|set| documents & *set);
        let first = found.next().unwrap_or_default();
        found.fold(first, |all, some| all | some)
    }
}

impl<'a> From<&'a RoaringBitmap> for Union<'a> {
    fn from(set: &'a RoaringBitmap) -> Self {
        Self(vec![set])
    }
}

/// So many times what another union holds is not too much to begin with.
const NEAR: u64 = 8;

/// What all have in common, or `None` of no union: the smallest first, so that the work is that
/// of the smallest. Where that is of several sets, a set that is by itself goes before it, if it
/// is not much larger: each of the several has little in common with it, which is soon united.
pub(crate) fn intersection(mut unions: Vec<Union<'_>>) -> Option<RoaringBitmap> {
    unions.sort_by_cached_key(Union::most);
    let enough = unions
        .first()
        .map_or(0, |first| first.most().saturating_mul(NEAR));
    let alone = unions.iter().position(|union| union.0.len() == 1);
    if let Some(alone) = alone.filter(|at| unions.get(*at).is_some_and(|it| it.most() <= enough)) {
        unions.get_mut(..=alone).unwrap_or_default().rotate_right(1);
    }
    let mut unions = unions.into_iter();
    let first = unions.next()?;
    let Some(second) = unions.next() else {
        return Some(first.whole());
    };
    let common = match first.0.as_slice() {
        [only] => second.among(only),
        _ => second.among(&first.whole()),
    };
    Some(unions.fold(common, |common, union| union.among(&common)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(ordinals: &[u32]) -> RoaringBitmap {
        ordinals.iter().copied().collect()
    }

    #[test]
    fn what_is_in_all_unions_is_found_whatever_their_order() {
        let (one, two) = (set(&[1, 2, 3]), set(&[3, 4]));
        let (all, few) = (set(&[1, 2, 3, 4, 5]), set(&[2, 4, 5]));
        let both = || Union::of([&one, &two].into_iter());
        assert_eq!(both().whole(), set(&[1, 2, 3, 4]));
        let (all, few) = (|| Union::from(&all), || Union::from(&few));
        for unions in [
            vec![both(), all(), few()],
            vec![few(), both(), all()],
            vec![all(), few(), both()],
        ] {
            assert_eq!(intersection(unions), Some(set(&[2, 4])));
        }
    }

    #[test]
    fn a_set_by_itself_may_go_before_a_smaller_union() {
        let (one, two) = (set(&[1, 20]), set(&[3, 40]));
        // Eight times what the union holds, and more than that.
        for many in [32, 33] {
            let alone: RoaringBitmap = (0..many).collect();
            let unions = vec![
                Union::from(&alone),
                Union::of([&one, &two].into_iter()),
                Union::of([&alone, &two].into_iter()),
            ];
            assert_eq!(intersection(unions), Some(set(&[1, 3, 20])));
        }
    }

    #[test]
    fn nothing_is_in_no_set_and_no_union_says_nothing() {
        let some = set(&[1]);
        let none = vec![Union::from(&some), Union::default()];
        assert_eq!(intersection(none), Some(RoaringBitmap::new()));
        assert_eq!(
            intersection(vec![Union::default()]),
            Some(RoaringBitmap::new())
        );
        assert_eq!(intersection(Vec::new()), None);
    }
}
