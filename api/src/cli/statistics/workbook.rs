//! The ministry's monthly workbook: the sheets that list establishments by quarter, Tab14 to
//! Tab23, one a directorate, and Tab8, which gives the totals they add up to.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use chrono::NaiveDate;
use domain::{kernel::Code, territories::Direction};

use super::cells::{Figure, day, figure, fold, name, row, rows, text};

/// The sheets of establishments.
const SHEETS: [&str; 10] = [
    "Tab14", "Tab15", "Tab16", "Tab17", "Tab18", "Tab19", "Tab20", "Tab21", "Tab22", "Tab23",
];
/// The sheet of totals.
const TOTALS: &str = "Tab8";

/// A row: the capacity of one quarter of an establishment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The label of the establishment.
    pub label: String,
    /// Operational places, where published.
    pub places: Option<u32>,
    /// Where it is: `Tab14 A8`.
    pub place: String,
}

/// What a workbook says of capacities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Workbook {
    /// The day it describes.
    pub day: NaiveDate,
    /// Every row of every directorate.
    pub lines: Vec<Line>,
    /// The published total.
    pub total: u32,
}

/// Reads a workbook; every refusal names its sheet and, where it has one, its cell.
pub(super) fn read(file: Vec<u8>) -> Result<Workbook, Vec<String>> {
    let mut book = Xlsx::new(Cursor::new(file))
        .map_err(|error| vec![format!("this is not a workbook (.xlsx): {error}")])?;
    let mut refusals = Vec::new();
    let totals = sheet(&mut book, TOTALS, &mut refusals).and_then(|it| totals(&it, &mut refusals));
    let tables: Vec<Table> = SHEETS
        .iter()
        .filter_map(|name| {
            let sheet = sheet(&mut book, name, &mut refusals)?;
            Table::read(name, &sheet, &mut refusals)
        })
        .collect();
    let day = same_day(&tables, &mut refusals);
    let total = totals.map(|totals| {
        check_totals(&tables, &totals, &mut refusals);
        totals.national
    });
    match (day, total) {
        (Some(day), Some(total)) if refusals.is_empty() => {
            let lines = tables.into_iter().flat_map(|table| table.lines).collect();
            Ok(Workbook { day, lines, total })
        }
        _ => Err(refusals),
    }
}

fn sheet(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    refusals: &mut Vec<String>,
) -> Option<Range<Data>> {
    book.worksheet_range(name)
        .map_err(|error| refusals.push(format!("{name}: {error}")))
        .ok()
}

/// Where the columns of a table are.
struct Columns {
    header: u32,
    label: u32,
    places: u32,
}

impl Columns {
    /// Finds the header: the row with a column « Capacité opérationnelle ».
    fn find(
        name: &str,
        sheet: &Range<Data>,
        label: &str,
        refusals: &mut Vec<String>,
    ) -> Option<Self> {
        let titled = |row_: u32, title: &str| {
            let found =
                row(sheet, row_).find(|(_, cell)| fold(&text(Some(cell))).starts_with(title));
            found.map(|(column, _)| column)
        };
        let found = rows(sheet).find_map(|header| {
            let places = titled(header, "capacite operationnelle")?;
            Some(Self {
                header,
                label: titled(header, label)?,
                places,
            })
        });
        if found.is_none() {
            refusals.push(format!(
                "{name}: there is no row of titles with « Capacité opérationnelle »"
            ));
        }
        found
    }
}

/// One sheet of establishments.
struct Table {
    name: &'static str,
    direction: Option<Direction>,
    day: Option<NaiveDate>,
    lines: Vec<Line>,
    /// The total the sheet itself gives, and its cell.
    total: Option<(u32, String)>,
}

impl Table {
    fn read(name: &'static str, sheet: &Range<Data>, refusals: &mut Vec<String>) -> Option<Self> {
        let columns = Columns::find(name, sheet, "etablissement", refusals)?;
        let title: Vec<String> = rows(sheet)
            .take_while(|it| *it < columns.header)
            .flat_map(|it| {
                row(sheet, it)
                    .map(|(_, cell)| text(Some(cell)))
                    .collect::<Vec<_>>()
            })
            .collect();
        let mut table = Self {
            name,
            direction: title.iter().find_map(|sentence| direction(sentence)),
            day: title.iter().find_map(|sentence| day(sentence)),
            lines: Vec::new(),
            total: None,
        };
        table.read_rows(sheet, &columns, refusals);
        if table.direction.is_none() {
            refusals.push(format!("{name}: the title names no directorate"));
        }
        if table.day.is_none() {
            refusals.push(format!(
                "{name}: nothing says « au 1er … » of which day this is"
            ));
        }
        if table.total.is_none() {
            refusals.push(format!(
                "{name}: there is no row « Direction Interrégionale » with the total"
            ));
        }
        Some(table)
    }

    /// The rows below the titles, down to the total of the directorate; notes come after it.
    fn read_rows(&mut self, sheet: &Range<Data>, columns: &Columns, refusals: &mut Vec<String>) {
        for row in rows(sheet).filter(|row| *row > columns.header) {
            let label = text(sheet.get_value((row, columns.label)));
            let whole = fold(&label).starts_with("direction");
            if label.is_empty() || label == "Total" {
                continue;
            }
            let cell = name(row, columns.places);
            match (figure(sheet.get_value((row, columns.places))), whole) {
                (Figure::Unreadable, _) => {
                    refusals.push(format!("{} {cell}: this is no number of places", self.name));
                }
                (Figure::Known(total), true) => self.total = Some((total, cell)),
                (Figure::Absent, true) => {}
                (figure, false) => self.lines.push(Line {
                    label,
                    places: match figure {
                        Figure::Known(places) => Some(places),
                        _ => None,
                    },
                    place: format!("{} {}", self.name, name(row, columns.label)),
                }),
            }
            if whole {
                return;
            }
        }
    }

    /// What the rows add up to, and whether every row is published.
    fn sum(&self) -> (u64, bool) {
        let sum = self
            .lines
            .iter()
            .filter_map(|line| line.places)
            .map(u64::from)
            .sum();
        (sum, self.lines.iter().all(|line| line.places.is_some()))
    }
}

/// The published totals.
struct Totals {
    national: u32,
    directions: Vec<(Direction, u32, String)>,
}

fn totals(sheet: &Range<Data>, refusals: &mut Vec<String>) -> Option<Totals> {
    let columns = Columns::find(TOTALS, sheet, "direction", refusals)?;
    let mut national = None;
    let mut directions = Vec::new();
    for row in rows(sheet).filter(|row| *row > columns.header) {
        let label = text(sheet.get_value((row, columns.label)));
        let Figure::Known(places) = figure(sheet.get_value((row, columns.places))) else {
            continue;
        };
        let of = |direction: &&Direction| fold(&direction.short_label()) == fold(&label);
        if let Some(direction) = Direction::all().iter().find(of) {
            directions.push((*direction, places, name(row, columns.places)));
        } else if fold(&label).starts_with("total france") {
            national = Some(places);
        }
    }
    if national.is_none() {
        refusals.push(format!(
            "{TOTALS}: there is no row « Total France entière »"
        ));
    }
    national.map(|national| Totals {
        national,
        directions,
    })
}

/// The directorate a title names.
fn direction(title: &str) -> Option<Direction> {
    let title = fold(title);
    let named = |direction: &&Direction| {
        let seat = fold(direction.label().rsplit(" de ").next().unwrap_or_default());
        match **direction {
            Direction::OutreMer => title.contains("outre mer"),
            _ => title.contains(&format!("direction interregionale de {seat}")),
        }
    };
    Direction::all().iter().find(named).copied()
}

fn same_day(tables: &[Table], refusals: &mut Vec<String>) -> Option<NaiveDate> {
    let first = tables.iter().find_map(|table| table.day)?;
    for table in tables {
        if let Some(day) = table.day.filter(|day| *day != first) {
            refusals.push(format!(
                "{}: this sheet is of {day}, another of {first}",
                table.name
            ));
        }
    }
    Some(first)
}

/// Rows add up to the total of their sheet, totals of sheets to those of Tab8. Where a row is
/// not published the rows add up to no more than the total.
fn check_totals(tables: &[Table], totals: &Totals, refusals: &mut Vec<String>) {
    let (mut national, mut complete) = (0, true);
    for table in tables {
        let (sum, published) = table.sum();
        (national, complete) = (national + sum, complete && published);
        if let Some((total, cell)) = &table.total
            && disagree(sum, published, *total)
        {
            refusals.push(format!(
                "{} {cell}: the rows add up to {sum} places, the sheet says {total}",
                table.name
            ));
        }
        let said = totals
            .directions
            .iter()
            .find(|(it, _, _)| Some(*it) == table.direction);
        match (said, &table.total) {
            (Some((_, said, cell)), Some((total, _))) if said != total => refusals.push(format!(
                "{TOTALS} {cell}: {said} places, while {} says {total}",
                table.name
            )),
            (None, _) => refusals.push(format!(
                "{TOTALS}: the directorate of {} is missing",
                table.name
            )),
            _ => {}
        }
    }
    if tables.len() == SHEETS.len() && disagree(national, complete, totals.national) {
        refusals.push(format!(
            "{TOTALS}: all rows add up to {national} places, the sheet says {}",
            totals.national
        ));
    }
}

fn disagree(sum: u64, complete: bool, total: u32) -> bool {
    let total = u64::from(total);
    if complete { sum != total } else { sum > total }
}
