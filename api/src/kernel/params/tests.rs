//! Each refusal of the query reader.

use std::fmt::Write as _;

use actix_web::test::TestRequest;
use domain::kernel::{Code, folded_words};

use super::*;

domain::kernel::code_list! {
    /// A list for these tests.
    pub Colour, "colours", "Couleurs", closed, unordered {
        Red = "red", "Rouge";
        Blue = "blue", "Bleu";
    }
}

fn params(query: &str) -> Params {
    Params::read(&TestRequest::with_uri(&format!("/v1/things?{query}")).to_http_request()).unwrap()
}

/// Runs a reader, and gives the value with the problem, if any, as `slug parameter:code …`.
fn ask<T>(query: &str, read: impl FnOnce(&mut Params) -> T) -> (T, String) {
    let mut params = params(query);
    let value = read(&mut params);
    let said = match params.finish() {
        Ok(_) => "ok".to_owned(),
        Err(error) => {
            let mut said = error.kind().spec().slug.to_owned();
            for entry in error.errors() {
                write!(said, " {}:{}", entry.parameter, entry.fault.code()).unwrap();
            }
            said
        }
    };
    (value, said)
}

fn refusal<T>(query: &str, read: impl FnOnce(&mut Params) -> T) -> String {
    ask(query, read).1
}

#[test]
fn a_limit_is_clamped_or_refused() {
    for (query, limit) in [
        ("", 20),
        ("limit=1", 1),
        ("limit=100", 100),
        ("limit=101", 100),
    ] {
        assert_eq!(
            ask(query, Params::limit),
            (limit, "ok".to_owned()),
            "{query}"
        );
    }
    assert_eq!(ask("limit=1000000", Params::limit).0, 100);
    for bad in ["0", "-1", "1000001", "99999999999999999999999"] {
        let said = refusal(&format!("limit={bad}"), Params::limit);
        assert_eq!(said, "invalid-parameter limit:range", "{bad}");
    }
    for bad in ["", "abc", "-", "+5", "1.5", " 5"] {
        let written = bad.replace('+', "%2B").replace(' ', "+");
        let said = refusal(&format!("limit={written}"), Params::limit);
        assert_eq!(said, "invalid-parameter limit:type", "{bad}");
    }
}

#[test]
fn an_unknown_name_is_refused_and_the_accepted_ones_listed() {
    let mut params = params("typo=1&limit=0&typo=2");
    params.limit();
    params.text("q", 1..=200);
    let error = params.finish().unwrap_err();
    assert_eq!(error.kind(), Kind::UnknownParameter);
    assert_eq!(error.errors().len(), 2, "both refusals come together");
    let unknown = &error.errors()[1];
    assert_eq!(
        (unknown.parameter.as_str(), unknown.fault),
        ("typo", Fault::Unknown)
    );
    let english = unknown.detail.get(crate::kernel::text::Language::En);
    assert!(english.ends_with("accepted: limit, q"), "{english}");
}

#[test]
fn a_repeated_parameter_is_refused() {
    assert_eq!(
        refusal("limit=1&limit=2", Params::limit),
        "invalid-parameter limit:multiple"
    );
    let kinds = refusal("c=red&c=blue", |p| p.codes::<Colour>("c"));
    assert_eq!(kinds, "invalid-parameter c:multiple");
}

#[test]
fn what_cannot_be_decoded_is_malformed() {
    for query in ["q=%FF", "q=%", "%zz=1"] {
        let request = TestRequest::with_uri(&format!("/v1/things?{query}")).to_http_request();
        let error = Params::read(&request).unwrap_err();
        assert_eq!(error.kind(), Kind::MalformedRequest, "{query}");
    }
}

#[test]
fn codes_are_read_from_their_list() {
    let read = |p: &mut Params| p.codes::<Colour>("c");
    assert_eq!(ask("c=blue,red,blue", read).0, [Colour::Blue, Colour::Red]);
    assert_eq!(ask("", read), (vec![], "ok".to_owned()));
    for bad in ["c=green", "c=red,", "c=", "c=RED"] {
        assert_eq!(refusal(bad, read), "invalid-parameter c:code", "{bad}");
    }
    assert_eq!(ask("c=red", |p| p.code::<Colour>("c")).0, Some(Colour::Red));
    assert_eq!(
        refusal("c=red,blue", |p| p.code::<Colour>("c")),
        "invalid-parameter c:code"
    );
    let many = vec!["red"; 101].join(",");
    assert_eq!(
        refusal(&format!("c={many}"), read),
        "invalid-parameter c:length"
    );
}

#[test]
fn a_search_has_one_to_ten_words() {
    let read = |p: &mut Params| p.words_of("q", 1..=100);
    assert_eq!(ask("", read), (None, "ok".to_owned()));
    let typed = ask("q=L%27Ha%C3%BF-les-Roses", read).0;
    assert_eq!(typed.as_deref(), Some("L'Haÿ-les-Roses"));
    let ten = ["a"; 10].join("-");
    assert_eq!(refusal(&format!("q={ten}"), read), "ok");
    for bad in ["q=-", "q=+", &format!("q={ten}-a"), "q="] {
        assert_eq!(refusal(bad, read), "invalid-parameter q:length", "{bad}");
    }
}

#[test]
fn the_words_of_a_search_are_those_of_the_index() {
    let reference = data::Reference::get().unwrap();
    let communes = reference.territories().communes().iter();
    let establishments = reference.establishments().iter();
    let activities = reference.activities().all().iter();
    let texts: Vec<&str> = communes
        .map(|commune| commune.name.as_str())
        .chain(establishments.map(|establishment| establishment.name.as_str()))
        .chain(activities.map(|details| details.activity.label()))
        .chain(["Œuvre ægir, Straße GROẞ", "e\u{301}té", "ﬁn Ⅳ 2", "İ, Ł, ø"])
        .collect();
    assert!(texts.len() > 30_000, "{}", texts.len());
    for text in texts {
        assert_eq!(folded_words(text), search::words(text), "{text}");
    }
}

#[test]
fn territories_exist() {
    let territories = data::Reference::get().unwrap().territories();
    let regions = |p: &mut Params| p.regions("c", territories).len();
    let departements = |p: &mut Params| p.departements("c", territories).len();
    let communes = |p: &mut Params| p.communes("c", territories).len();
    let departement = |p: &mut Params| p.departement("c", territories).map(|it| it.name.as_str());
    let commune = |p: &mut Params| p.commune("c", territories).map(|it| it.name.as_str());
    assert_eq!(ask("c=75,75,11", regions).0, 2);
    assert_eq!(ask("c=33,2A", departements).0, 2);
    assert_eq!(ask("", communes), (0, "ok".to_owned()));
    assert_eq!(ask("c=33", departement).0, Some("Gironde"));
    assert_eq!(ask("c=33192", commune).0, Some("Gradignan"));
    let said = "invalid-parameter c:code";
    for bad in ["c=99", "c=33192,", "c=", "c=2a"] {
        assert_eq!(refusal(bad, regions), said, "{bad}");
        assert_eq!(refusal(bad, departements), said, "{bad}");
        assert_eq!(refusal(bad, communes), said, "{bad}");
        assert_eq!(refusal(bad, departement), said, "{bad}");
        assert_eq!(refusal(bad, commune), said, "{bad}");
    }
}

#[test]
fn numbers_keep_to_their_bounds() {
    let radius = |p: &mut Params| p.number("r", 0.1..=500.0);
    assert_eq!(ask("r=0.1", radius).0, Some(0.1));
    assert_eq!(refusal("r=0.09", radius), "invalid-parameter r:range");
    assert_eq!(refusal("r=500.1", radius), "invalid-parameter r:range");
    for bad in ["r=NaN", "r=inf", "r=", "r=1km"] {
        assert_eq!(refusal(bad, radius), "invalid-parameter r:type", "{bad}");
    }
    let area = |p: &mut Params| p.integer("a", 0..=10);
    assert_eq!(ask("a=10", area).0, Some(10));
    assert_eq!(refusal("a=11", area), "invalid-parameter a:range");
    assert_eq!(refusal("a=1.0", area), "invalid-parameter a:type");
}

#[test]
fn dates_instants_booleans_and_ids_have_one_form() {
    assert!(ask("d=2026-11-22", |p| p.date("d")).0.is_some());
    for bad in ["d=2026-1-2", "d=2026-02-30", "d=+2026-11-2", "d=22/11/2026"] {
        assert_eq!(
            refusal(bad, |p| p.date("d")),
            "invalid-parameter d:type",
            "{bad}"
        );
    }
    let instant = ask("i=2026-11-22T09:30:00%2B01:00", |p| p.instant("i"))
        .0
        .unwrap();
    assert_eq!(instant.to_rfc3339(), "2026-11-22T08:30:00+00:00");
    assert_eq!(
        refusal("i=2026-11-22", |p| p.instant("i")),
        "invalid-parameter i:type"
    );
    assert_eq!(ask("b=false", |p| p.boolean("b")).0, Some(false));
    assert_eq!(
        refusal("b=1", |p| p.boolean("b")),
        "invalid-parameter b:type"
    );
    assert!(
        ask("u=01930000-0000-7000-8000-000000000001", |p| p.uuid("u"))
            .0
            .is_some()
    );
    assert_eq!(
        refusal("u=7", |p| p.uuid("u")),
        "invalid-parameter u:format"
    );
}

#[test]
fn texts_and_lists_have_a_length() {
    let q = |p: &mut Params| p.text("q", 1..=3);
    assert_eq!(ask("q=%C3%A9%C3%A9%C3%A9", q).0, Some("ééé".to_owned()));
    assert_eq!(refusal("q=", q), "invalid-parameter q:length");
    assert_eq!(refusal("q=abcd", q), "invalid-parameter q:length");
    assert_eq!(ask("l=a,b", |p| p.list("l")).0, ["a", "b"]);
    assert_eq!(
        refusal("l=a,,b", |p| p.list("l")),
        "invalid-parameter l:length"
    );
    let facets = |p: &mut Params| p.words("facets", &["kind", "region"], 1);
    assert_eq!(ask("facets=region", facets).0, ["region"]);
    assert_eq!(
        refusal("facets=kind,region", facets),
        "invalid-parameter facets:length"
    );
    assert_eq!(
        refusal("facets=colour", facets),
        "invalid-parameter facets:code"
    );
}

#[test]
fn a_format_comes_from_the_query_or_from_accept() {
    let offers = [Format::Json, Format::Csv];
    let read = |query: &str, accept: &str| {
        let uri = format!("/v1/things?{query}");
        let request = TestRequest::with_uri(&uri).insert_header(("Accept", accept));
        let mut params = Params::read(&request.to_http_request()).unwrap();
        let format = params.format(&offers);
        params
            .finish()
            .map(|_| format)
            .map_err(|error| error.kind())
    };
    assert_eq!(read("", "text/csv"), Ok(Format::Csv));
    assert_eq!(read("format=json", "text/csv"), Ok(Format::Json));
    assert_eq!(read("format=csv", "text/turtle"), Ok(Format::Csv));
    assert_eq!(read("", "text/turtle"), Err(Kind::NotAcceptable));
    assert_eq!(read("format=geojson", "*/*"), Err(Kind::InvalidParameter));
    assert_eq!(
        read("typo=1", "text/turtle"),
        Err(Kind::UnknownParameter),
        "400 before 406"
    );
}

#[test]
fn a_cursor_is_bound_to_filters_and_sort_only() {
    let question = |query: &str| {
        let mut params = params(query);
        params.limit();
        params.words("facets", &["kind"], 1);
        params.text("q", 1..=9);
        params.choice("sort", &[("name", ())]);
        let cursor = params.cursor();
        (params.finish().unwrap(), cursor)
    };
    let (first, _) = question("q=a&limit=5&sort=name");
    let next = first.next("https://api.example.org", b"after 5");
    let (address, query) = next.split_once('?').unwrap();
    assert_eq!(address, "https://api.example.org/v1/things");
    assert!(
        query.starts_with("q=a&limit=5&sort=name&cursor="),
        "{query}"
    );

    let (second, cursor) = question(query);
    let cursor = cursor.unwrap();
    assert_eq!(second.open(&cursor).unwrap(), b"after 5");
    let third = second.next("", b"after 10");
    assert_eq!(
        third.matches("cursor=").count(),
        1,
        "the cursor is replaced"
    );

    assert!(
        question("sort=name&q=a&facets=kind&limit=7")
            .0
            .open(&cursor)
            .is_ok()
    );
    for other in ["q=b&sort=name", "q=a", "q=a&sort=name&x"] {
        let mut params = params(other);
        params.asked.extend(["q", "sort", "x"]);
        let error = params.finish().unwrap().open(&cursor).unwrap_err();
        assert_eq!(error.kind(), Kind::CursorMismatch, "{other}");
    }
}
