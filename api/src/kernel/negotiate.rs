//! What the caller prefers: media type, content coding, language.

use super::text::Language;

/// A form in which an answer can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `application/json`
    Json,
    /// `application/geo+json`
    GeoJson,
    /// `text/csv`
    Csv,
    /// `application/x-ndjson`, exports only
    Ndjson,
    /// `text/html`, pages only
    Html,
    /// `application/vnd.mapbox-vector-tile`, tiles of maps only
    Mvt,
}

impl Format {
    /// The value of `format=`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::GeoJson => "geojson",
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
            Self::Html => "html",
            Self::Mvt => "mvt",
        }
    }

    /// The media type, as `Accept` names it.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::GeoJson => "application/geo+json",
            Self::Csv => "text/csv",
            Self::Ndjson => "application/x-ndjson",
            Self::Html => "text/html",
            Self::Mvt => "application/vnd.mapbox-vector-tile",
        }
    }

    /// The value of `Content-Type`.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Html => "text/html; charset=utf-8",
            _ => self.media_type(),
        }
    }
}

/// How the bytes of an answer are coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// As they are.
    Identity,
    /// gzip
    Gzip,
    /// brotli
    Br,
}

impl Coding {
    /// The word of `Accept-Encoding` and of tags.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Br => "br",
        }
    }
}

/// The offer that the caller prefers, the first of equals; `None` when none is acceptable.
#[must_use]
pub fn choose_format(accept: Option<&str>, offers: &[Format]) -> Option<Format> {
    let Some(accept) = accept.filter(|text| !text.trim().is_empty()) else {
        return offers.first().copied();
    };
    let ranges = weighted(accept);
    let weigh = |offer: &Format| weight_of(offer.media_type(), &ranges);
    best(offers, weigh)
}

/// The coding that the caller prefers; identity when nothing better is acceptable, since an
/// answer in identity is better than no answer.
#[must_use]
pub fn choose_coding(accept: Option<&str>) -> Coding {
    let Some(accept) = accept else {
        return Coding::Identity;
    };
    let ranges = weighted(accept);
    let weigh = |coding: &Coding| {
        let exact = ranges
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(coding.token()));
        let any = ranges.iter().find(|(name, _)| *name == "*");
        match (exact.or(any), coding) {
            (Some((_, weight)), _) => *weight,
            // Identity is acceptable unless refused, but a coding that is named comes first.
            (None, Coding::Identity) => 1,
            (None, _) => 0,
        }
    };
    best(&[Coding::Br, Coding::Gzip, Coding::Identity], weigh).unwrap_or(Coding::Identity)
}

/// French when it is preferred to English, else English.
#[must_use]
pub fn choose_language(accept: Option<&str>) -> Language {
    let ranges = weighted(accept.unwrap_or_default());
    let weigh = |tag: &str| {
        let primary = |name: &str| {
            name.split('-')
                .next()
                .is_some_and(|p| p.eq_ignore_ascii_case(tag))
        };
        let found = ranges
            .iter()
            .filter(|(name, _)| primary(name))
            .map(|(_, weight)| *weight)
            .max();
        found.unwrap_or(0)
    };
    if weigh("fr") > weigh("en") {
        Language::Fr
    } else {
        Language::En
    }
}

/// The elements of a list with their weight in thousandths (an unreadable one weighs nothing).
fn weighted(header: &str) -> Vec<(&str, u16)> {
    let element = |part| {
        let mut fields = str::split(part, ';').map(str::trim);
        let name = fields.next().filter(|name| !name.is_empty())?;
        let quality =
            fields.find_map(|field| field.strip_prefix("q=").or(field.strip_prefix("Q=")));
        Some((name, quality.map_or(1000, thousandths)))
    };
    header.split(',').filter_map(element).collect()
}

/// `0.5` → 500; only what RFC 9110 writes (at most three decimals, at most 1).
fn thousandths(quality: &str) -> u16 {
    let (whole, decimals) = quality.split_once('.').unwrap_or((quality, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return 0;
    }
    match (whole, format!("{decimals:0<3}").parse::<u16>()) {
        ("1", Ok(_)) => 1000,
        ("0", Ok(weight)) => weight,
        _ => 0,
    }
}

/// The weight of the most specific range that covers a media type.
fn weight_of(media_type: &str, ranges: &[(&str, u16)]) -> u16 {
    let family = media_type.split('/').next().unwrap_or_default();
    let specificity = |range: &str| {
        if range.eq_ignore_ascii_case(media_type) {
            Some(2)
        } else if range
            .strip_suffix("/*")
            .is_some_and(|kind| kind.eq_ignore_ascii_case(family))
        {
            Some(1)
        } else {
            (range == "*/*").then_some(0)
        }
    };
    let covering = ranges
        .iter()
        .filter_map(|(range, weight)| Some((specificity(range)?, *weight)));
    covering.max().map_or(0, |(_, weight)| weight)
}

/// The heaviest offer, the first of equals, if any weighs something.
fn best<T: Copy>(offers: &[T], weigh: impl Fn(&T) -> u16) -> Option<T> {
    let mut chosen = None;
    let mut heaviest = 0;
    for offer in offers {
        let weight = weigh(offer);
        if weight > heaviest {
            heaviest = weight;
            chosen = Some(*offer);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERS: &[Format] = &[Format::Json, Format::GeoJson, Format::Csv];

    #[test]
    fn the_media_type_that_is_preferred_is_given() {
        let chosen = |accept| choose_format(Some(accept), OFFERS);
        assert_eq!(choose_format(None, OFFERS), Some(Format::Json));
        assert_eq!(chosen("*/*"), Some(Format::Json));
        assert_eq!(chosen("application/geo+json"), Some(Format::GeoJson));
        assert_eq!(chosen("application/*;q=0.5, text/csv"), Some(Format::Csv));
        assert_eq!(
            chosen("text/csv;q=0.1, application/json;q=0.2"),
            Some(Format::Json)
        );
        assert_eq!(chosen("*/*, application/json;q=0"), Some(Format::GeoJson));
        assert_eq!(
            chosen("text/html, application/xhtml+xml, */*;q=0.8"),
            Some(Format::Json)
        );
        assert_eq!(chosen("text/turtle"), None);
        assert_eq!(chosen("application/json;q=0"), None);
    }

    #[test]
    fn one_coding_is_chosen() {
        assert_eq!(choose_coding(None), Coding::Identity);
        assert_eq!(choose_coding(Some("gzip, deflate, br")), Coding::Br);
        assert_eq!(choose_coding(Some("gzip;q=1.0, br;q=0.5")), Coding::Gzip);
        assert_eq!(
            choose_coding(Some("identity, gzip;q=0.5")),
            Coding::Identity
        );
        assert_eq!(choose_coding(Some("*")), Coding::Br);
        assert_eq!(choose_coding(Some("deflate")), Coding::Identity);
        assert_eq!(choose_coding(Some("identity;q=0")), Coding::Identity);
        assert_eq!(choose_coding(Some("br;q=0, gzip;q=0.001")), Coding::Gzip);
    }

    #[test]
    fn french_is_spoken_when_preferred() {
        assert_eq!(
            choose_language(Some("fr-FR,fr;q=0.9,en;q=0.8")),
            Language::Fr
        );
        assert_eq!(choose_language(Some("en-GB,fr;q=0.9")), Language::En);
        assert_eq!(choose_language(Some("de")), Language::En);
        assert_eq!(choose_language(None), Language::En);
    }
}
