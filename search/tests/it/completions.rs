//! Labels completed as somebody types: against a scan, and case by case.

use proptest::collection::vec;
use proptest::prelude::*;
use search::{Closeness, Completions, Document, Entry, Index, words};
use uuid::Uuid;

use crate::against_the_scan::live;
use crate::collection::{collection, document};
use crate::generators::{Step, steps};
use crate::naive::Documents;

/// How well a label answers what was typed, read from the words of both.
fn closeness(label: &str, typed: &str) -> Option<Closeness> {
    let (label, typed) = (words(label), words(typed));
    let (whole, begun) = (label.join(" "), typed.join(" "));
    if typed.is_empty() {
        None
    } else if whole == begun {
        Some(Closeness::Exact)
    } else if whole.starts_with(&begun) {
        Some(Closeness::Beginning)
    } else {
        let begins = |word: &String| label.iter().any(|own| own.starts_with(word.as_str()));
        typed.iter().all(begins).then_some(Closeness::Words)
    }
}

/// The ids that a scan finds, of the bodies accepted.
fn scan(
    documents: &Documents,
    typed: &str,
    limit: usize,
    accept: fn(&u64) -> bool,
) -> Vec<(Closeness, Uuid)> {
    let mut found: Vec<(Closeness, String, Uuid)> = documents
        .values()
        .filter(|document| accept(&document.body))
        .filter_map(|document| {
            let close = closeness(&document.sort_key, typed)?;
            Some((close, words(&document.sort_key).join(" "), document.id))
        })
        .collect();
    found.sort();
    found.truncate(limit);
    found
        .into_iter()
        .map(|(close, _, id)| (close, id))
        .collect()
}

fn agree(
    index: &Index<u64>,
    documents: &Documents,
    typed: &str,
    limit: usize,
) -> Result<(), TestCaseError> {
    let accepts: [fn(&u64) -> bool; 2] = [|_| true, |body| body % 3 == 0];
    for accept in accepts {
        let found = index.complete(typed, limit, accept);
        for one in &found {
            prop_assert_eq!(documents.get(&one.id).map(|it| it.body), Some(one.body));
        }
        let found: Vec<(Closeness, Uuid)> = found
            .into_iter()
            .map(|one| (one.closeness, one.id))
            .collect();
        prop_assert_eq!(found, scan(documents, typed, limit, accept), "{}", typed);
    }
    Ok(())
}

const TYPED: [&str; 14] = [
    "a",
    "ate",
    "Atelier",
    "ATELIERS bo",
    "boi",
    "bois a",
    "menuiserie metal",
    "é",
    "œuvre",
    "l'u",
    "33063 at",
    "zzz",
    "atelier bois ecole",
    " — ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_completes_is_what_a_scan_finds(
        rounds in vec((steps(60, 1..80), 0..12usize), 1..3)
    ) {
        let index = collection().index();
        let mut documents = Documents::new();
        for (steps, limit) in rounds {
            live(&index, &mut documents, steps);
            for typed in TYPED {
                agree(&index, &documents, typed, limit)?;
            }
        }
    }
}

/// So many labels that most of what is typed begins more than are looked at one by one.
#[test]
fn many_labels_are_completed_as_few_are() {
    let towns = [
        "Sens",
        "Saint-Denis",
        "Sarcelles",
        "Saint-Étienne",
        "Mâcon",
        "Le Mans",
        "La Mure",
    ];
    let rivers = [
        "sur Seine",
        "sur Saône",
        "en Sarre",
        "la Grande",
        "",
        "sous Bois",
    ];
    let steps = (0..18_000usize).map(|n| {
        let (town, river) = (towns[n % 7], rivers[(n / 7) % 6]);
        let end = if n % 11 == 0 {
            format!(" {}", n % 50)
        } else {
            String::new()
        };
        Step::Put(Document {
            sort_key: format!("{town} {river}{end}"),
            body: u64::try_from(n).unwrap(),
            ..document(u128::try_from(n * 7_919 % 18_000).unwrap())
        })
    });
    let index = collection().index();
    let mut documents = Documents::new();
    live(&index, &mut documents, steps.collect());
    for typed in [
        "s", "sa", "saint", "saint d", "sens", "sens sur", "sur s", "sur sao", "la", "la m",
        "mure la", "saint 33", "s s s", "b s", "grande", "zz s",
    ] {
        for limit in [1, 20, 300] {
            agree(&index, &documents, typed, limit).unwrap();
        }
    }
}

#[test]
fn the_weightiest_comes_first_among_those_that_answer_as_well() {
    let list: Completions<u32> = [
        ("Saint-Denis", 100, 1),
        ("Saint-Denis", 150, 2),
        ("Saint-Denis-d'Oléron", 1, 3),
        ("Denis", 1, 4),
        ("L'Île-Saint-Denis", 8, 5),
        ("Denisovo", 900, 6),
    ]
    .into_iter()
    .map(|(label, weight, value)| Entry {
        label: label.to_owned(),
        weight,
        value,
    })
    .collect();
    let found = |typed: &str| -> Vec<u32> {
        let found = list.find(typed, 10);
        found.into_iter().map(|(_, value)| *value).collect()
    };
    assert_eq!(found("saint denis"), [2, 1, 3, 5]);
    assert_eq!(found("denis"), [4, 6, 2, 1, 5, 3]);
    assert_eq!(found("ile d"), [5]);
    assert_eq!(found("d'o"), [3]);
    let [first, ..] = list.find("saint d", 1)[..] else {
        panic!("something answers");
    };
    assert_eq!(first, (Closeness::Beginning, &2));

    let many: Completions<u32> = (0..5_000u32)
        .map(|value| Entry {
            label: format!("Saint {value}"),
            weight: value * 37 % 5_000,
            value,
        })
        .collect();
    let best: Vec<u32> = many
        .find("sai", 3)
        .into_iter()
        .map(|(_, it)| *it * 37 % 5_000)
        .collect();
    assert_eq!(best, [4_999, 4_998, 4_997]);
}
