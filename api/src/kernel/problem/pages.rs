//! The pages of problems: for a browser, for a program, and for `docs/problems.md`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::registry::{Kind, Spec};
use crate::kernel::text::Language;

/// The address of a problem's page, which is its `type`.
#[must_use]
pub fn type_uri(base: &str, slug: &str) -> String {
    format!("{base}/problems/{slug}")
}

/// A problem of the registry, for a program.
#[must_use]
pub fn entry(kind: Kind, base: &str, language: Language) -> Value {
    let spec = kind.spec();
    json!({
        "type": type_uri(base, spec.slug),
        "slug": spec.slug,
        "status": spec.status,
        "title": spec.title.get(language),
        "when": spec.when.get(language),
        "remedy": spec.remedy.get(language),
    })
}

/// The list of problems, for a person.
#[must_use]
pub fn html_index(language: Language) -> String {
    let title = heading(language);
    let mut rows = String::new();
    for spec in Kind::ALL.iter().map(|kind| kind.spec()) {
        let _ = write!(
            rows,
            "<li><a href=\"problems/{slug}\">{slug}</a> ({status}): {title}</li>",
            slug = spec.slug,
            status = spec.status,
            title = escape(spec.title.get(language)),
        );
    }
    html(language, title, &format!("<h1>{title}</h1><ul>{rows}</ul>"))
}

/// The page of one problem, for a person: the caller's language first, the other after it.
#[must_use]
pub fn html_page(kind: Kind, language: Language) -> String {
    let spec = kind.spec();
    let other = match language {
        Language::En => Language::Fr,
        Language::Fr => Language::En,
    };
    let body = format!(
        "<p><a href=\"../problems\">{}</a></p>{}<hr>{}",
        heading(language),
        section(spec, language),
        section(spec, other),
    );
    html(language, spec.title.get(language), &body)
}

/// `docs/problems.md`: the whole registry, in English.
#[must_use]
pub fn docs_markdown() -> String {
    let mut page = String::from(
        "# Problems\n\nGenerated from the registry in code by `atigip openapi`; do not edit.\n\n\
         Every answer of 400 or more is `application/problem+json` (RFC 9457) and its `type` is \
         `{ATIGIP_PUBLIC_URL}/problems/{slug}`. Titles and details are in French with \
         `Accept-Language: fr`.\n",
    );
    for spec in Kind::ALL.iter().map(|kind| kind.spec()) {
        let _ = write!(
            page,
            "\n## `{}` ({})\n\n{}.\n\n- When: {}\n- What to do: {}\n",
            spec.slug,
            spec.status,
            spec.title.get(Language::En),
            spec.when.get(Language::En),
            spec.remedy.get(Language::En),
        );
    }
    page
}

fn heading(language: Language) -> &'static str {
    match language {
        Language::En => "Problems",
        Language::Fr => "Problèmes",
    }
}

fn section(spec: &Spec, language: Language) -> String {
    let (when, remedy) = match language {
        Language::En => ("When", "What to do"),
        Language::Fr => ("Quand", "Que faire"),
    };
    format!(
        "<section lang=\"{}\"><h1>{}</h1><p><code>{}</code>, {}</p>\
         <h2>{when}</h2><p>{}</p><h2>{remedy}</h2><p>{}</p></section>",
        language.tag(),
        escape(spec.title.get(language)),
        spec.slug,
        spec.status,
        escape(spec.when.get(language)),
        escape(spec.remedy.get(language)),
    )
}

fn html(language: Language, title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{}</title></head>\
         <body>{body}</body></html>\n",
        language.tag(),
        escape(title),
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_has_its_section_and_its_page() {
        let page = docs_markdown();
        for kind in Kind::ALL {
            let slug = kind.spec().slug;
            assert!(
                page.contains(&format!("## `{slug}` (")),
                "{slug} is not in the document"
            );
            let french = html_page(*kind, Language::Fr);
            assert!(french.contains("Que faire") && french.contains("What to do"));
            assert!(html_index(Language::En).contains(&format!("problems/{slug}\"")));
        }
    }
}
