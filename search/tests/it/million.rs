//! The same truth at the size of a continent: a million documents when `SEARCH_MILLION` is set
//! (with `--release`, in some minutes), a few thousand otherwise.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use search::{Change, Clause, Index, Question, Sort};
use uuid::Uuid;

use crate::against_the_scan::{as_naive, live};
use crate::collection::collection;
use crate::generators::{document, question, steps};
use crate::naive::{self, Documents};

/// How many documents are put at once.
const AT_ONCE: usize = 10_000;
/// How many times documents are put, replaced and removed, and questions asked.
const ROUNDS: usize = 3;
/// How many pages of an answer are walked.
const PAGES: usize = 3;

/// Whether a question is one of those that are asked at least so many times each.
type Kind = fn(&Question) -> bool;

const KINDS: [Kind; 10] = [
    |it| it.selection.text.is_some(),
    |it| it.selection.near.is_some(),
    |it| it.selection.bbox.is_some(),
    |it| !it.selection.filter.parts.is_empty(),
    |it| it.selection.filter.clauses.iter().any(is_range),
    |it| !it.selection.filter.clauses.iter().all(is_range),
    |it| it.sort == Sort::Relevance,
    |it| it.sort == Sort::Distance,
    |it| it.sort == Sort::Key,
    |it| matches!(it.sort, Sort::NumberAsc(_) | Sort::NumberDesc(_)),
];

fn is_range(clause: &Clause) -> bool {
    matches!(clause, Clause::Range(..))
}

#[test]
fn a_million_documents_that_change() {
    let (size, each) = if is_million() {
        (1_000_000, 24)
    } else {
        (3_000, 6)
    };
    let mut chance = Chance::new();
    let index = collection().index();
    let mut documents = Documents::new();
    fill(&index, &mut documents, size, &mut chance);
    let questions = chance.questions(each);
    for asked in questions.chunks(questions.len().div_ceil(ROUNDS)) {
        let steps = chance.draw(&steps(u128::from(size), 200..400));
        live(&index, &mut documents, steps);
        for (place, question) in asked.iter().enumerate() {
            agree(&index, &documents, question, place);
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a run of minutes is asked for by its environment, as other tests ask for a server"
)]
fn is_million() -> bool {
    std::env::var_os("SEARCH_MILLION").is_some()
}

/// Draws that are the same each time.
struct Chance(TestRunner);

impl Chance {
    fn new() -> Self {
        let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        Self(TestRunner::new_with_rng(Config::default(), rng))
    }

    fn draw<T>(&mut self, strategy: &impl Strategy<Value = T>) -> T {
        let drawn = strategy.new_tree(&mut self.0);
        drawn.expect("nothing is filtered out").current()
    }

    /// Questions among which are so many of each kind.
    fn questions(&mut self, each: usize) -> Vec<Question> {
        let strategy = question();
        let mut left = KINDS.map(|_| each);
        let mut questions = Vec::new();
        while left.iter().any(|left| *left > 0) {
            let question = self.draw(&strategy);
            let mut wanted = false;
            for (is_kind, left) in KINDS.iter().zip(&mut left) {
                if is_kind(&question) && *left > 0 {
                    *left -= 1;
                    wanted = true;
                }
            }
            if wanted {
                questions.push(question);
            }
        }
        questions
    }
}

/// Puts documents lot by lot, laid out beforehand, as a service does that starts.
fn fill(index: &Index<u64>, documents: &mut Documents, size: u32, chance: &mut Chance) {
    let strategy = document(0..1);
    for number in 0..size {
        let mut document = chance.draw(&strategy);
        document.id = Uuid::from_u128(u128::from(number));
        documents.insert(document.id, document);
    }
    let places = documents.values().map(|it| (it.id, it.position));
    index.lay_out(places.collect());
    let all: Vec<_> = documents.values().collect();
    for (lot, some) in (1..).zip(all.chunks(AT_ONCE)) {
        let put = some.iter().map(|it| Change::Put((*it).clone()));
        index.apply(put.collect(), lot);
    }
    index.end_layout();
    assert_eq!(index.len(), documents.len());
}

/// Holds the first pages, all that is found and one of the facets against the scan.
#[track_caller]
fn agree(index: &Index<u64>, documents: &Documents, question: &Question, place: usize) {
    let mut truth = naive::hits(documents, question);
    let mut page = question.clone();
    let mut walked = Vec::new();
    for _ in 0..PAGES {
        let answer = index.search(&page).expect("the question is well formed");
        assert_eq!(
            usize::try_from(answer.total),
            Ok(truth.len()),
            "{question:?}"
        );
        if page.after.is_none() {
            let of = place % question.facets.len();
            let request = question.facets[of];
            let counts = naive::facet(documents, &question.selection, request);
            assert_eq!(answer.facets[of], counts, "{request:?} of {question:?}");
        }
        walked.extend(answer.hits.into_iter().map(as_naive));
        page.after = answer.next;
        page.facets.clear();
        if page.after.is_none() {
            break;
        }
    }
    assert!(
        walked.len() == truth.len() || page.after.is_some(),
        "{question:?}"
    );
    assert_eq!(walked, truth[..walked.len()], "{question:?}");
    truth.sort_by_key(|hit| hit.id);
    let matching = index.matching(&question.selection);
    let matching = matching.expect("it was answered before").hits;
    assert_eq!(matching.len(), truth.len(), "{question:?}");
    let found = matching.into_iter().map(as_naive);
    for (found, truth) in found.zip(truth) {
        assert_eq!(found, truth, "{question:?}");
    }
}
