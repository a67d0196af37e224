//! Starting on a database that is empty, that has been used, that holds a demonstration.

use super::{
    CliError, demo, export,
    prepare::{Prepared, prepare},
    testing::Bench,
};

#[test]
fn an_empty_database_is_given_the_reference_establishments_once() {
    let bench = Bench::new();
    let first = prepare(bench.tools(), None).unwrap();
    assert_eq!(
        first,
        Prepared {
            loaded: 186,
            demonstrated: 0
        }
    );
    let (changes, all) = (bench.changes(), export::all(bench.tools().db).unwrap());
    assert_eq!((changes, all.len()), (186, 186));
    let second = prepare(bench.tools(), None).unwrap();
    assert_eq!(
        second,
        Prepared {
            loaded: 0,
            demonstrated: 0
        }
    );
    assert_eq!(bench.changes(), changes);
    assert_eq!(export::all(bench.tools().db).unwrap(), all);
}

#[test]
fn a_demonstration_is_made_once_and_needs_its_flag() {
    let bench = Bench::new();
    let first = prepare(bench.tools(), Some(1)).unwrap();
    assert_eq!(
        first,
        Prepared {
            loaded: 186,
            demonstrated: 186
        }
    );
    let all = export::all(bench.tools().db).unwrap();
    assert!(
        all.iter()
            .any(|it| it.production_area_m2().is_some_and(|area| area > 0))
    );
    let second = prepare(bench.tools(), Some(2)).unwrap();
    assert_eq!(
        second,
        Prepared {
            loaded: 0,
            demonstrated: 0
        }
    );
    assert_eq!(export::all(bench.tools().db).unwrap(), all);
    let refused = prepare(bench.tools(), None).unwrap_err();
    assert!(matches!(refused, CliError::DemoPresent), "{refused}");
    assert!(refused.cure().unwrap().contains("atigip demo --clear"));
}

#[test]
fn a_demonstration_is_cleared_whole() {
    let bench = Bench::new();
    prepare(bench.tools(), None).unwrap();
    let facts = |bench: &Bench| {
        let all = export::all(bench.tools().db).unwrap();
        all.into_iter()
            .map(domain::establishments::Establishment::into_inner)
            .collect::<Vec<_>>()
    };
    let before = facts(&bench);
    assert_eq!(prepare(bench.tools(), Some(7)).unwrap().demonstrated, 186);
    assert!(demo::present(bench.tools()).unwrap());
    assert!(demo::clear(bench.tools()).unwrap() > 186);
    assert!(!demo::present(bench.tools()).unwrap());
    assert_eq!(facts(&bench), before);
    assert_eq!(demo::clear(bench.tools()).unwrap(), 0);
    prepare(bench.tools(), None).unwrap();
}
