//! What a cell of the ministry's workbook says.

use calamine::{Data, Range};
use chrono::NaiveDate;

/// A count in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    /// A number.
    Known(u32),
    /// Not published (`NC`), not applicable (`--`), a division by zero (`Inf`), or empty.
    Absent,
    /// Anything else.
    Unreadable,
}

/// Reads a count: a number, or a text with spaces of any width between thousands.
pub(super) fn figure(cell: Option<&Data>) -> Figure {
    let text = text(cell);
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if matches!(compact.as_str(), "" | "NC" | "--" | "Inf") {
        return Figure::Absent;
    }
    // A whole number kept as a decimal: `5447` is read from the file as `5447.0`.
    let whole = compact.strip_suffix(".0").unwrap_or(&compact);
    let digits = whole.bytes().all(|b| b.is_ascii_digit());
    match whole.parse() {
        Ok(number) if digits => Figure::Known(number),
        _ => Figure::Unreadable,
    }
}

/// The text of a cell, its spaces made single and ordinary.
pub(super) fn text(cell: Option<&Data>) -> String {
    let text = match cell {
        None | Some(Data::Empty | Data::Error(_)) => String::new(),
        Some(cell) => cell.to_string(),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without case, accents and hyphens, to compare titles.
pub(super) fn fold(text: &str) -> String {
    let plain = |c: char| match c {
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'à' | 'â' => 'a',
        'î' | 'ï' => 'i',
        'ô' => 'o',
        'û' | 'ù' => 'u',
        'ç' => 'c',
        '-' | '’' | '\'' => ' ',
        other => other,
    };
    text.to_lowercase().chars().map(plain).collect()
}

/// The day in a sentence such as « Effectifs actualisés au 1er juillet 2026 ».
pub(super) fn day(sentence: &str) -> Option<NaiveDate> {
    const MONTHS: [&str; 12] = [
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
    ];
    let folded = fold(sentence);
    let words: Vec<&str> = folded.split_whitespace().collect();
    words
        .iter()
        .zip(words.iter().skip(1))
        .zip(words.iter().skip(2))
        .find_map(|((day, month), year)| {
            let day: u32 = day.strip_suffix("er").unwrap_or(day).parse().ok()?;
            let month = (1..).zip(MONTHS).find(|(_, name)| name == month)?.0;
            NaiveDate::from_ymd_opt(year.parse().ok()?, month, day)
        })
}

/// The name of a cell: `D39`.
pub(super) fn name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column;
    loop {
        let letter = u8::try_from(left % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        match (left / 26).checked_sub(1) {
            Some(more) => left = more,
            None => break,
        }
    }
    let column: String = letters.into_iter().rev().collect();
    format!("{column}{}", row.saturating_add(1))
}

/// The cells of a row that a sheet has, with their places.
pub(super) fn row(sheet: &Range<Data>, row: u32) -> impl Iterator<Item = (u32, &Data)> {
    let (from, to) = (
        sheet.start().map_or(0, |it| it.1),
        sheet.end().map_or(0, |it| it.1),
    );
    (from..=to).filter_map(move |column| Some((column, sheet.get_value((row, column))?)))
}

/// The rows a sheet has.
pub(super) fn rows(sheet: &Range<Data>) -> impl Iterator<Item = u32> + use<> {
    let (from, to) = (
        sheet.start().map_or(0, |it| it.0),
        sheet.end().map_or(0, |it| it.0),
    );
    from..=to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_published_is_no_zero() {
        for absent in ["", "NC", "--", "Inf", " NC ", "\u{a0}"] {
            assert_eq!(
                figure(Some(&Data::String(absent.to_owned()))),
                Figure::Absent,
                "{absent:?}"
            );
        }
        assert_eq!(figure(None), Figure::Absent);
        assert_eq!(figure(Some(&Data::Empty)), Figure::Absent);
        assert_eq!(
            figure(Some(&Data::String("0".to_owned()))),
            Figure::Known(0)
        );
    }

    #[test]
    fn numbers_may_be_text_with_spaces() {
        for written in ["5 447", "5\u{a0}447", "5\u{202f}447", "5447", "5447.0"] {
            let cell = Data::String(written.to_owned());
            assert_eq!(figure(Some(&cell)), Figure::Known(5447), "{written:?}");
        }
        assert_eq!(figure(Some(&Data::Float(5447.0))), Figure::Known(5447));
        assert_eq!(figure(Some(&Data::Int(5447))), Figure::Known(5447));
        for wrong in [
            "12,5",
            "98,5 %",
            "-3",
            "12.5",
            "beaucoup",
            "+5",
            "99999999999",
        ] {
            let cell = Data::String(wrong.to_owned());
            assert_eq!(figure(Some(&cell)), Figure::Unreadable, "{wrong}");
        }
        assert_eq!(figure(Some(&Data::Float(12.5))), Figure::Unreadable);
    }

    #[test]
    fn a_sentence_tells_its_day() {
        let of = |sentence| day(sentence).map(|day| day.to_string());
        assert_eq!(
            of("Effectifs actualisés au 1er juillet 2026").unwrap(),
            "2026-07-01"
        );
        assert_eq!(of("au 1er août 2026").unwrap(), "2026-08-01");
        assert_eq!(
            of("au 31 décembre 2025.").as_deref(),
            None,
            "a full stop is no year"
        );
        assert_eq!(of("au 31 février 2025"), None);
        assert_eq!(of("Champ : Métropole"), None);
    }

    #[test]
    fn a_cell_has_a_name() {
        assert_eq!(name(38, 3), "D39");
        assert_eq!(name(0, 25), "Z1");
        assert_eq!(name(0, 26), "AA1");
        assert_eq!(name(9, 701), "ZZ10");
    }
}
