//! Importing establishments: every line is read and checked, then all are saved or none is.

#[cfg(test)]
mod feature_tests;
mod features;
mod lines;
mod place;
mod rows;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, fmt};

use domain::{
    establishments::{Establishment, Slug},
    kernel::Id,
};
use persistence::{Conn, DbError, RepoError, Saved, establishments};

use self::place::{Place, PlacedRefusal, told_of_sheet};
use super::{
    CliError,
    tools::{Tools, actor, progress},
};
use crate::establishments::payload::{SheetInput, resolve};

/// What an import did, or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Establishments that were not known.
    pub created: usize,
    /// Establishments of which something differed.
    pub updated: usize,
    /// Establishments that were already so: no row was touched.
    pub unchanged: usize,
}

impl fmt::Display for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            created,
            updated,
            unchanged,
        } = self;
        write!(
            f,
            "{created} created, {updated} updated, {unchanged} unchanged"
        )
    }
}

/// A sheet and where it was read.
struct Located {
    place: Place,
    sheet: SheetInput,
}

/// Imports the sheets of `file` in one transaction: NDJSON in the shape of the sheet, `GeoJSON`
/// whose properties are the sheet, or CSV for the base facts; with `dry_run` it is told what
/// would happen, and nothing is kept.
pub fn establishments(tools: Tools<'_>, file: &[u8], dry_run: bool) -> Result<Imported, CliError> {
    let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    let first = file.iter().find(|byte| !byte.is_ascii_whitespace());
    let refused = |what| (Vec::new(), vec![PlacedRefusal::at(Place::Line(1), what)]);
    let (sheets, refusals) = match first {
        None => refused("the file holds nothing"),
        Some(b'{') if features::are_in(file) => features::read(file),
        Some(b'{') => lines::read(file),
        Some(b'[') => refused("write one sheet a line, and no array"),
        Some(_) => rows::read(file),
    };
    let saved = tools.db.write_blocking(|conn| {
        let mut refusals = refusals;
        let resolved = resolve_all(conn, tools, sheets, &mut refusals)?;
        if !refusals.is_empty() {
            refusals.sort_by_key(PlacedRefusal::place);
            return Err(Stop::Refused(refusals));
        }
        let imported = save_all(conn, tools, &resolved)?;
        if dry_run {
            Err(Stop::Dry(imported))
        } else {
            Ok(imported)
        }
    });
    match saved {
        Ok(imported) | Err(Stop::Dry(imported)) => Ok(imported),
        Err(Stop::Failed(error)) => Err(error),
        Err(Stop::Refused(refusals)) => Err(CliError::Refused {
            what: "the file is refused".to_owned(),
            refusals: refusals.iter().map(ToString::to_string).collect(),
        }),
    }
}

/// Why the transaction is not committed.
enum Stop {
    Refused(Vec<PlacedRefusal>),
    Dry(Imported),
    Failed(CliError),
}

impl From<DbError> for Stop {
    fn from(error: DbError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<CliError> for Stop {
    fn from(error: CliError) -> Self {
        Self::Failed(error)
    }
}

/// What is kept, found by id and by slug.
struct Known {
    all: Vec<Establishment>,
    by_id: HashMap<Id<Establishment>, usize>,
    by_slug: HashMap<Slug, usize>,
}

impl Known {
    fn read(conn: &mut Conn) -> Result<Self, DbError> {
        let all = establishments::all(conn)?;
        let by_id = all.iter().enumerate().map(|(i, it)| (it.id, i)).collect();
        let by_slug = all
            .iter()
            .enumerate()
            .map(|(i, it)| (it.slug.clone(), i))
            .collect();
        Ok(Self {
            all,
            by_id,
            by_slug,
        })
    }

    /// The establishment a sheet describes: the one of its id, or of its slug when it has none.
    fn of(&self, sheet: &SheetInput) -> Option<&Establishment> {
        let place = match sheet.id {
            Some(id) => self.by_id.get(&id),
            None => self.by_slug.get(sheet.facts.slug()),
        };
        place.and_then(|place| self.all.get(*place))
    }
}

fn resolve_all(
    conn: &mut Conn,
    tools: Tools<'_>,
    sheets: Vec<Located>,
    refusals: &mut Vec<PlacedRefusal>,
) -> Result<Vec<(Place, Establishment)>, DbError> {
    let known = Known::read(conn)?;
    let mut resolved = Vec::with_capacity(sheets.len());
    let mut seen: HashMap<Id<Establishment>, Place> = HashMap::new();
    for Located { place, sheet } in sheets {
        let kept = known.of(&sheet);
        match resolve(sheet, kept, tools.reference, tools.making()) {
            Ok(establishment) => {
                if let Some(before) = seen.insert(establishment.id, place) {
                    let what = format!("{} is already at {before}", establishment.slug);
                    refusals.push(PlacedRefusal::at(place, what));
                }
                resolved.push((place, establishment));
            }
            Err(refused) => refusals.extend(told_of_sheet(place, refused)),
        }
    }
    Ok(resolved)
}

fn save_all(
    conn: &mut Conn,
    tools: Tools<'_>,
    resolved: &[(Place, Establishment)],
) -> Result<Imported, Stop> {
    let (at, actor) = (tools.clock.now(), actor("import")?);
    let bar = progress(resolved.len(), "Importing");
    let mut imported = Imported::default();
    for (place, establishment) in bar.wrap_iter(resolved.iter()) {
        match establishments::save(conn, establishment, at, &actor) {
            Ok(Saved::Created) => imported.created += 1,
            Ok(Saved::Updated) => imported.updated += 1,
            Ok(Saved::Unchanged) => imported.unchanged += 1,
            Err(RepoError::Refused(refusal)) => {
                let refusal = PlacedRefusal::at(*place, refusal.to_string());
                return Err(Stop::Refused(vec![refusal]));
            }
            Err(RepoError::Db(error)) => return Err(error.into()),
        }
    }
    bar.finish_and_clear();
    Ok(imported)
}
