//! A row of CSV read back, as the tree of a sheet without its parts.

use serde_json::Number;

use super::csv::CSV_COLUMNS;
use crate::kernel::body::Node;
use crate::kernel::cells::unguard;

/// How a cell is written in the sheet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Number,
}

/// A base fact: its column, and its place in the sheet.
struct Fact {
    column: &'static str,
    group: Option<&'static str>,
    field: &'static str,
    form: Form,
}

const fn top(column: &'static str, form: Form) -> Fact {
    Fact {
        column,
        group: None,
        field: column,
        form,
    }
}

const fn of(group: &'static str, field: &'static str, column: &'static str, form: Form) -> Fact {
    Fact {
        column,
        group: Some(group),
        field,
        form,
    }
}

const FACTS: [Fact; 25] = [
    top("id", Form::Text),
    top("slug", Form::Text),
    top("name", Form::Text),
    of("kind", "code", "kind", Form::Text),
    of("kind", "as_of", "kind_as_of", Form::Text),
    top("status", Form::Text),
    top("closed_on", Form::Text),
    top("management", Form::Text),
    top("direction", Form::Text),
    of("address", "street", "street", Form::Text),
    of("address", "postcode", "postcode", Form::Text),
    of("address", "commune", "commune", Form::Text),
    of("position", "lat", "lat", Form::Number),
    of("position", "lon", "lon", Form::Number),
    of("position", "precision", "precision", Form::Text),
    of("position", "source", "position_source", Form::Text),
    of("capacity", "places", "capacity_places", Form::Number),
    of("capacity", "as_of", "capacity_as_of", Form::Text),
    of("capacity", "source", "capacity_source", Form::Text),
    top("working_hours", Form::Text),
    top("workforce_available", Form::Number),
    top("statistics_label", Form::Text),
    top("created_at", Form::Text),
    top("updated_at", Form::Text),
    top("version", Form::Number),
];

/// The columns a file must have.
const REQUIRED: [&str; 7] = ["slug", "name", "kind", "commune", "lat", "lon", "precision"];

/// Checks the header of a file: what is missing, unknown or there twice, in sentences.
#[must_use]
pub fn check_columns(header: &[&str]) -> Vec<String> {
    let missing = REQUIRED
        .iter()
        .filter(|column| !header.contains(column))
        .map(|column| format!("the column {column} is missing"));
    let unknown = header
        .iter()
        .filter(|column| !CSV_COLUMNS.contains(column))
        .map(|column| format!("the column {column} is unknown"));
    let twice = header
        .iter()
        .enumerate()
        .filter(|(i, column)| header.iter().take(*i).any(|other| other == *column))
        .map(|(_, column)| format!("the column {column} is there twice"));
    missing.chain(unknown).chain(twice).collect()
}

/// The sheet that a row describes; an empty cell is a fact that is not known. `cells` are the
/// cells with the columns of the header.
#[must_use]
pub fn row_tree<'a>(cells: impl Iterator<Item = (&'a str, &'a str)>) -> Node {
    let mut members: Vec<(String, Node)> = Vec::new();
    for (column, cell) in cells {
        let fact = FACTS.iter().find(|fact| fact.column == column);
        if let Some(fact) = fact.filter(|_| !cell.is_empty()) {
            put(&mut members, fact, node(unguard(cell), fact.form));
        }
    }
    Node::Object(members)
}

/// The column of a place in the sheet; the place itself where no column has it.
#[must_use]
pub fn column_of(pointer: &str) -> &str {
    let path = pointer.strip_prefix('/').unwrap_or_default();
    let exact = |fact: &&Fact| match fact.group {
        Some(group) => path.split_once('/') == Some((group, fact.field)),
        None => path == fact.field,
    };
    let within = |fact: &&Fact| fact.group.is_some() && fact.group == path.split('/').next();
    let fact = FACTS
        .iter()
        .find(exact)
        .or_else(|| FACTS.iter().find(within));
    fact.map_or(pointer, |fact| fact.column)
}

fn node(cell: &str, form: Form) -> Node {
    let number = match form {
        Form::Text => None,
        Form::Number => serde_json::from_str::<Number>(cell).ok(),
    };
    number.map_or_else(|| Node::Text(cell.to_owned()), Node::Number)
}

fn put(members: &mut Vec<(String, Node)>, fact: &Fact, node: Node) {
    let Some(group) = fact.group else {
        members.push((fact.field.to_owned(), node));
        return;
    };
    let held = members.iter_mut().find(|(name, _)| name == group);
    if let Some((_, Node::Object(fields))) = held {
        fields.push((fact.field.to_owned(), node));
    } else {
        let fields = vec![(fact.field.to_owned(), node)];
        members.push((group.to_owned(), Node::Object(fields)));
    }
}
