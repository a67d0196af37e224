//! Cells of CSV.

/// The cell of a number or of a code, which may be unknown.
pub(crate) fn plain(number: Option<impl ToString>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

/// The cell of a text that may be unknown.
pub(crate) fn text(text: Option<&impl ToString>) -> String {
    text.map(|text| guard(&text.to_string()))
        .unwrap_or_default()
}

/// Puts `'` before a text that a spreadsheet would take for a formula, and before one that
/// begins with `'` itself, so that [`unguard`] gives back every text.
pub(crate) fn guard(text: &str) -> String {
    if text.starts_with(GUARDED) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Removes what [`guard`] added.
pub(crate) fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(GUARDED) => rest,
        _ => text,
    }
}

const GUARDED: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];
