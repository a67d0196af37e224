//! What changed in a collection, as the database has it.

use std::collections::BTreeSet;

use persistence::{Conn, DbError};
use uuid::Uuid;

use super::resource::{Gone, Resource};

/// What changed in a collection.
pub(super) struct Moved<R: Resource> {
    /// Objects that are new or otherwise.
    pub(super) changed: Vec<R::Object>,
    /// Objects that are no more.
    pub(super) removed: Vec<Uuid>,
    /// What is left of those that were public.
    pub(super) gone: Vec<(Uuid, Gone)>,
}

impl<R: Resource> Moved<R> {
    /// Objects that are new.
    pub(super) fn new(changed: Vec<R::Object>) -> Self {
        Self {
            changed,
            removed: Vec::new(),
            gone: Vec::new(),
        }
    }

    /// What is left of objects that are no more.
    pub(super) fn gone(gone: Vec<(Uuid, Gone)>) -> Self {
        Self {
            changed: Vec::new(),
            removed: Vec::new(),
            gone,
        }
    }

    /// The objects that these entries of the change log (number, resource, id) may have changed.
    pub(super) fn among(conn: &mut Conn, entries: &[(i64, String, Uuid)]) -> Result<Self, DbError> {
        let ids: Vec<Uuid> = R::touched(conn, entries)?.into_iter().collect();
        if ids.is_empty() {
            return Ok(Self {
                changed: Vec::new(),
                removed: Vec::new(),
                gone: Vec::new(),
            });
        }
        let (changed, unfit) = readable::<R>(conn, &ids)?;
        let there: BTreeSet<Uuid> = changed.iter().map(R::id).chain(unfit).collect();
        let removed = ids.iter().copied().filter(|id| !there.contains(id));
        Ok(Self {
            removed: removed.collect(),
            changed,
            gone: R::gone(conn, Some(&ids))?,
        })
    }
}

/// The objects that fit the domain, and the ids of those that do not. One that does not is logged
/// and keeps, in memory, the state it had: a single bad row does not stop the map.
fn readable<R: Resource>(
    conn: &mut Conn,
    ids: &[Uuid],
) -> Result<(Vec<R::Object>, Vec<Uuid>), DbError> {
    match R::read(conn, ids) {
        Err(DbError::Inconsistent { .. }) => {}
        read => return Ok((read?, Vec::new())),
    }
    let (mut fit, mut unfit) = (Vec::new(), Vec::new());
    for id in ids {
        match R::read(conn, &[*id]) {
            Ok(found) => fit.extend(found),
            Err(error @ DbError::Inconsistent { .. }) => {
                log::error!(target: "atigip", resource = R::SINGULAR, cause:% = error; "An object does not fit the domain and is left as it was.");
                unfit.push(*id);
            }
            Err(error) => return Err(error),
        }
    }
    Ok((fit, unfit))
}
