//! Each way a body is refused.

use domain::kernel::{AreaM2, Day, HeightM, Mailbox, Refusal, RefusalCode, Text, WeeklyHours};

use super::*;

fn tree(body: &str) -> Node {
    parse(body.as_bytes(), Bounds::default()).unwrap()
}

/// What is refused of `body`, an object whose field `x` is read by `read`.
fn refused<T>(body: &str, read: impl FnOnce(Value<'_>) -> Option<T>) -> (String, RefusalCode) {
    let tree = tree(body);
    let refusals = Refusals::default();
    let value = Value::root(&tree, &refusals).object(|fields| fields.required("x", read));
    let mut refused = refusals.into_result(value.map(|_| ())).unwrap_err();
    assert_eq!(refused.len(), 1, "{refused:?}");
    let Refusal { pointer, code, .. } = refused.remove(0);
    (pointer, code)
}

fn of_x<T>(body: &str, read: impl FnOnce(Value<'_>) -> Option<T>) -> RefusalCode {
    let (pointer, code) = refused(body, read);
    assert_eq!(pointer, "/x", "{body}");
    code
}

#[test]
fn a_tree_keeps_the_order_of_members() {
    let Node::Object(members) = tree(r#"{"b": 1, "a": [true, null, "é", 1.5]}"#) else {
        panic!("an object was given");
    };
    let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["b", "a"]);
}

#[test]
fn a_body_that_is_not_json_tells_where() {
    let error = parse(b"{\n  \"a\": }", Bounds::default()).unwrap_err();
    let BodyError::Malformed { what, line, column } = error else {
        panic!("{error}")
    };
    assert_eq!((what.as_str(), line, column), ("expected value", 2, 8));
    for bad in ["", "{} {}", "{\"a\": 1e999}", "nul"] {
        let error = parse(bad.as_bytes(), Bounds::default()).unwrap_err();
        assert!(
            matches!(error, BodyError::Malformed { .. }),
            "{bad}: {error}"
        );
    }
}

#[test]
fn a_member_named_twice_is_refused_wherever_it_is() {
    let error = parse(br#"{"a/b": [{}, {"c": 1, "c": 2}]}"#, Bounds::default()).unwrap_err();
    assert_eq!(
        error,
        BodyError::Duplicate {
            pointer: "/a~1b/1/c".to_owned()
        }
    );
}

#[test]
fn depth_and_size_are_bounded() {
    let bounds = Bounds {
        bytes: 12,
        depth: 2,
    };
    assert!(parse(b"[[1]]", bounds).is_ok());
    assert_eq!(
        parse(b"[[[1]]]", bounds),
        Err(BodyError::TooDeep { depth: 2 })
    );
    assert_eq!(
        parse(b"[1, 2, 3, 45]", bounds),
        Err(BodyError::TooLarge { bytes: 12 })
    );
    let deep = "[".repeat(100_000);
    assert!(parse(deep.as_bytes(), Bounds::default()).is_err());
}

#[test]
fn an_absent_an_unknown_and_a_read_only_field() {
    assert_eq!(
        of_x("{}", |value| value.text().map(str::to_owned)),
        RefusalCode::Required
    );
    assert_eq!(
        of_x(r#"{"x": null}"#, |value| value.bool()),
        RefusalCode::Null
    );
    let tree = tree(r#"{"version": 3, "colour": 1}"#);
    let refusals = Refusals::default();
    let value = Value::root(&tree, &refusals).object(|fields| {
        fields.read_only("version");
        Some(())
    });
    let told: Vec<_> = refusals
        .into_result(value)
        .unwrap_err()
        .into_iter()
        .map(|refusal| (refusal.pointer, refusal.code))
        .collect();
    let expected = [
        ("/version".to_owned(), RefusalCode::ReadOnly),
        ("/colour".to_owned(), RefusalCode::Unknown),
    ];
    assert_eq!(told, expected);
}

#[test]
fn values_of_another_type() {
    assert_eq!(
        of_x(r#"{"x": 1}"#, |v| v.text().map(str::to_owned)),
        RefusalCode::Type
    );
    assert_eq!(of_x(r#"{"x": "1"}"#, |v| v.integer()), RefusalCode::Type);
    assert_eq!(of_x(r#"{"x": 1.5}"#, |v| v.integer()), RefusalCode::Type);
    assert_eq!(of_x(r#"{"x": "1"}"#, |v| v.number()), RefusalCode::Type);
    assert_eq!(of_x(r#"{"x": 1}"#, |v| v.bool()), RefusalCode::Type);
    assert_eq!(
        of_x(r#"{"x": []}"#, |v| v.object(|_| Some(()))),
        RefusalCode::Type
    );
    assert_eq!(
        of_x(r#"{"x": {}}"#, |v| v.list(3, |v| v.bool())),
        RefusalCode::Type
    );
}

#[test]
fn numbers_out_of_bounds() {
    for outside in ["-1", "1000001", "99999999999"] {
        let body = format!(r#"{{"x": {outside}}}"#);
        assert_eq!(
            of_x(&body, |v| v.whole(AreaM2::new)),
            RefusalCode::Range,
            "{outside}"
        );
    }
    assert_eq!(
        of_x(r#"{"x": 50.1}"#, |v| v.decimal(HeightM::new)),
        RefusalCode::Range
    );
}

#[test]
fn texts_of_another_form() {
    assert_eq!(
        of_x(r#"{"x": "sunny"}"#, |v| v.code::<Day>()),
        RefusalCode::Code
    );
    assert_eq!(
        of_x(r#"{"x": "01/07/2026"}"#, |v| v.date()),
        RefusalCode::Format
    );
    assert_eq!(
        of_x(r#"{"x": "2026-02-30"}"#, |v| v.date()),
        RefusalCode::Format
    );
    assert_eq!(of_x(r#"{"x": "8:30"}"#, |v| v.time()), RefusalCode::Format);
    assert_eq!(
        of_x(r#"{"x": "2026-07-01"}"#, |v| v.instant()),
        RefusalCode::Format
    );
    assert_eq!(
        of_x(r#"{"x": "12"}"#, |v| v.id::<u8>()),
        RefusalCode::Format
    );
    assert_eq!(
        of_x(r#"{"x": "nobody"}"#, |v| v.parsed::<Mailbox>()),
        RefusalCode::Format
    );
    assert_eq!(
        of_x(r#"{"x": " "}"#, |v| v.parsed::<Text<5>>()),
        RefusalCode::Length
    );
    assert_eq!(
        of_x(r#"{"x": "123456"}"#, |v| v.parsed::<Text<5>>()),
        RefusalCode::Length
    );
    assert_eq!(
        of_x(r#"{"x": "a\u0007"}"#, |v| v.parsed::<Text<5>>()),
        RefusalCode::ForbiddenText
    );
    let hours = r#"{"x": "monday 12:00-08:00"}"#;
    assert_eq!(
        of_x(hours, |v| v.parsed::<WeeklyHours>()),
        RefusalCode::Order
    );
}

#[test]
fn arrays_have_a_bound_and_tell_each_element() {
    assert_eq!(
        of_x(r#"{"x": [1, 2]}"#, |v| v.list(1, |v| v.integer())),
        RefusalCode::Length
    );
    let (pointer, code) = refused(r#"{"x": ["monday", "monday"]}"#, |v| v.codes::<Day>(7));
    assert_eq!((pointer.as_str(), code), ("/x/1", RefusalCode::Duplicate));
    let tree = tree(r#"["a", 1, "b", 2]"#);
    let refusals = Refusals::default();
    let read = Value::root(&tree, &refusals).list(9, |value| value.integer());
    let refused = refusals.into_result(read).unwrap_err();
    let pointers: Vec<&str> = refused
        .iter()
        .map(|refusal| refusal.pointer.as_str())
        .collect();
    assert_eq!(pointers, ["/0", "/2"]);
}

#[test]
fn the_domain_s_refusals_are_placed_in_the_body() {
    let domain = || Err::<(), _>(vec![Refusal::new("/y", RefusalCode::Inconsistent, "no")]);
    let (pointer, code) = refused(r#"{"x": {"y": 1}}"#, |value| {
        value.object(|fields| {
            fields.ignore("y");
            fields.check(domain())
        })
    });
    assert_eq!(
        (pointer.as_str(), code),
        ("/x/y", RefusalCode::Inconsistent)
    );
}

#[test]
fn a_patch_tells_absent_from_null() {
    let tree = tree(r#"{"a": null, "b": 2}"#);
    let refusals = Refusals::default();
    let read = Value::root(&tree, &refusals).object(|fields| {
        Some([
            fields.nullable("a", |v| v.integer()),
            fields.nullable("b", |v| v.integer()),
            fields.nullable("c", |v| v.integer()),
        ])
    });
    assert_eq!(
        refusals.into_result(read).unwrap(),
        [Some(None), Some(Some(2)), None]
    );
}

#[test]
fn a_number_written_with_a_point_may_be_whole() {
    let tree = tree("[12.0, 12, -3]");
    let refusals = Refusals::default();
    let read = Value::root(&tree, &refusals).list(3, |value| value.integer());
    assert_eq!(refusals.into_result(read).unwrap(), [12, 12, -3]);
}
