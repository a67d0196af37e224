//! Importing the ministry's monthly statistics: the capacity of each establishment, dated.

mod cells;
#[cfg(test)]
mod tests;
mod workbook;

use std::{collections::BTreeMap, fmt};

use chrono::NaiveDate;
use domain::{
    establishments::{Capacity, Establishment, EstablishmentStatus},
    kernel::{CapacityPlaces, Refusal, Text},
};
use persistence::{Conn, DbError, RepoError, Saved, establishments};

use self::workbook::{Line, Workbook};
use super::{
    CliError,
    tools::{Tools, actor, progress},
};

/// Who publishes the workbook, in the words of the reference tables.
const SOURCE: &str =
    "Ministère de la Justice, Statistique des établissements et des personnes écrouées en France";

/// What an import of statistics did, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The day the workbook describes.
    pub day: NaiveDate,
    /// Establishments found in it.
    pub matched: usize,
    /// The places they add up to.
    pub places: u64,
    /// Establishments whose capacity changed.
    pub updated: usize,
    /// Establishments whose capacity was already so.
    pub unchanged: usize,
    /// Establishments whose kept capacity is of a later day, and stays.
    pub later: usize,
    /// Establishments whose capacity the workbook does not publish, and which keep theirs.
    pub unpublished: Vec<String>,
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            day,
            matched,
            places,
            updated,
            unchanged,
            later,
            unpublished,
        } = self;
        write!(
            f,
            "situation of {day}: {matched} establishments matched, {places} places; \
             {updated} updated, {unchanged} unchanged"
        )?;
        if *later > 0 {
            write!(f, ", {later} left alone because a later capacity is kept")?;
        }
        if !unpublished.is_empty() {
            write!(f, ", not published for {}", unpublished.join(", "))?;
        }
        Ok(())
    }
}

/// Imports a workbook in one transaction; with `dry_run` it is told what would happen, and
/// nothing is kept. Nothing but capacities changes.
pub fn detention_statistics(
    tools: Tools<'_>,
    file: Vec<u8>,
    dry_run: bool,
) -> Result<Counted, CliError> {
    let workbook = workbook::read(file).map_err(refused)?;
    let counted = tools.db.write_blocking(|conn| {
        let counted = update(conn, tools, &workbook)?;
        if dry_run {
            Err(Stop::Dry(counted))
        } else {
            Ok(counted)
        }
    });
    match counted {
        Ok(counted) | Err(Stop::Dry(counted)) => Ok(counted),
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// Why the transaction is not committed.
enum Stop {
    Dry(Counted),
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

fn refused(refusals: Vec<String>) -> CliError {
    CliError::Refused {
        what: "the workbook is refused".to_owned(),
        refusals,
    }
}

/// The rows of one establishment together.
#[derive(Debug, Default)]
struct Sum {
    places: u32,
    published: bool,
    place: String,
}

fn update(conn: &mut Conn, tools: Tools<'_>, workbook: &Workbook) -> Result<Counted, Stop> {
    let all = establishments::all(conn)?;
    let mut sums = by_label(&workbook.lines);
    let pairs = pair(all, &mut sums).map_err(refused)?;
    let mut counted = Counted {
        day: workbook.day,
        matched: pairs.len(),
        places: pairs.iter().map(|(_, sum)| u64::from(sum.places)).sum(),
        updated: 0,
        unchanged: 0,
        later: 0,
        unpublished: Vec::new(),
    };
    let bar = progress(pairs.len(), "Importing");
    for (kept, sum) in bar.wrap_iter(pairs.into_iter()) {
        one(conn, tools, kept, &sum, &mut counted)?;
    }
    bar.finish_and_clear();
    Ok(counted)
}

fn one(
    conn: &mut Conn,
    tools: Tools<'_>,
    kept: Establishment,
    sum: &Sum,
    counted: &mut Counted,
) -> Result<(), Stop> {
    if !sum.published {
        counted.unpublished.push(kept.slug.to_string());
        return Ok(());
    }
    if kept
        .capacity
        .as_ref()
        .is_some_and(|capacity| capacity.as_of > counted.day)
    {
        counted.later += 1;
        return Ok(());
    }
    let capacity = capacity(sum, counted.day)?;
    let whole = with_capacity(kept, capacity).map_err(|refusals| {
        refused(
            refusals
                .into_iter()
                .map(|it| format!("{}: {}", sum.place, it.detail))
                .collect(),
        )
    })?;
    match establishments::save(conn, &whole, tools.clock.now(), &actor("import")?) {
        Ok(Saved::Unchanged) => counted.unchanged += 1,
        Ok(_) => counted.updated += 1,
        Err(RepoError::Db(error)) => return Err(error.into()),
        Err(RepoError::Refused(refusal)) => {
            return Err(refused(vec![format!("{}: {refusal}", sum.place)]).into());
        }
    }
    Ok(())
}

fn capacity(sum: &Sum, day: NaiveDate) -> Result<Capacity, CliError> {
    let wrong = |detail: String| refused(vec![format!("{}: {detail}", sum.place)]);
    let places = CapacityPlaces::new(sum.places).map_err(|error| wrong(error.to_string()))?;
    let source: Text<200> = SOURCE.parse().map_err(|error| wrong(format!("{error}")))?;
    Ok(Capacity {
        places,
        as_of: day,
        source,
    })
}

fn with_capacity(kept: Establishment, capacity: Capacity) -> Result<Establishment, Vec<Refusal>> {
    let (id, record) = (kept.id, kept.record);
    let (mut facts, parts) = kept.into_inner();
    facts.capacity = Some(capacity);
    Establishment::new(id, record, facts, parts)
}

/// Operational capacities by label; an establishment is published when all its rows are.
fn by_label(lines: &[Line]) -> BTreeMap<&str, Sum> {
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    for line in lines {
        let sum = sums.entry(&line.label).or_insert_with(|| Sum {
            places: 0,
            published: true,
            place: line.place.clone(),
        });
        sum.places = sum.places.saturating_add(line.places.unwrap_or_default());
        sum.published &= line.places.is_some();
    }
    sums
}

/// Each establishment with its rows; every label without an establishment and every open
/// establishment without a row is refused.
fn pair(
    all: Vec<Establishment>,
    sums: &mut BTreeMap<&str, Sum>,
) -> Result<Vec<(Establishment, Sum)>, Vec<String>> {
    let mut refusals = Vec::new();
    let mut pairs = Vec::new();
    for kept in all {
        let Some(label) = kept.statistics_label.as_ref().map(ToString::to_string) else {
            continue;
        };
        match sums.remove(label.as_str()) {
            Some(sum) => pairs.push((kept, sum)),
            None if kept.status == EstablishmentStatus::Open => {
                let slug = &kept.slug;
                refusals.push(format!("Tab14 to Tab23: no row for « {label} » ({slug})"));
            }
            None => {}
        }
    }
    let unknown = sums.iter().map(|(label, sum)| {
        format!(
            "{}: no establishment has the statistics label « {label} »",
            sum.place
        )
    });
    refusals.extend(unknown);
    if refusals.is_empty() {
        Ok(pairs)
    } else {
        Err(refusals)
    }
}
