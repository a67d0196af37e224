//! `GET /v1/activities`: by words, family, nomenclature codes and regime.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use domain::{
    activities::{ActivityDetails, ActivityFamily, NafCode, RomeCode, WorkRegime},
    kernel::{Code, folded_words},
};
use utoipa::{IntoParams, ToSchema};

use super::{
    payload::{ActivityOutput, RomeOutput},
    source,
};
use crate::{
    kernel::{
        coded::Bare,
        embedded::{Asked, embedded_list, reference},
        params::{Params, documents::Paging},
        problem::{ApiError, Fault},
        text::Text,
    },
    platform::Platform,
};

/// The code of a family.
type FamilyCode = Bare<ActivityFamily>;
/// The code of a regime.
type RegimeCode = Bare<WorkRegime>;

embedded_list! {
    /// Activities, in the order of their codes.
    ActivityList of ActivityOutput
}

/// A sub-class of NAF rév. 2, with or without its dot.
#[derive(ToSchema)]
#[schema(
    min_length = 5,
    max_length = 6,
    pattern = "^[0-9]{2}\\.?[0-9]{2}[A-Z]$"
)]
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
struct NafText(String);

/// The filters.
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct ActivityFilters {
    /// Words that each begin a word of the label or of the family; case and accents do not
    /// count.
    #[param(required = false, min_length = 1, max_length = 200, example = "bois")]
    q: Option<String>,
    /// Families of activities.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<FamilyCode>)]
    family: Option<String>,
    /// Sub-classes of NAF rév. 2, with or without their dot.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<NafText>, example = json!(["31.01Z"]))]
    naf: Option<String>,
    /// Occupations of the ROME.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<RomeOutput>, example = json!(["H2206"]))]
    rome: Option<String>,
    /// Regimes under which the activity is usually done.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<RegimeCode>)]
    regime: Option<String>,
}

/// List the activities
///
/// What is made or done in detention, in the order of the codes, each with its family and its
/// codes in the national nomenclatures.
#[utoipa::path(
    tag = "activities",
    operation_id = "listActivities",
    params(ActivityFilters, Paging),
    responses((status = 200, description = "A page of activities.", body = ActivityList)),
)]
#[get("/v1/activities")]
pub(super) async fn list_activities(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::read(&req)?;
    let question = Question::read(&mut params);
    let asked = Asked::read(params)?;
    let activities = reference()?.activities();
    ActivityList::answer(&req, source(), || {
        let all = activities.all().iter();
        let mut found: Vec<_> = all.filter(|details| question.accepts(details)).collect();
        found.sort_by_key(|details| details.activity.code());
        asked.page(
            &found,
            |details| details.activity.code(),
            |details| ActivityOutput::from(*details),
            &platform,
        )
    })
}

/// Which activities are asked.
#[derive(Default)]
struct Question {
    words: Vec<String>,
    families: Vec<ActivityFamily>,
    naf: Vec<NafCode>,
    rome: Vec<RomeCode>,
    regimes: Vec<WorkRegime>,
}

impl Question {
    fn read(params: &mut Params) -> Self {
        let naf = Text::new(
            "codes of NAF rév. 2, as 31.01Z, separated by commas",
            "des codes NAF rév. 2, comme 31.01Z, séparés par des virgules",
        );
        let rome = Text::new(
            "codes of the ROME, as H2206, separated by commas",
            "des codes ROME, comme H2206, séparés par des virgules",
        );
        let typed = params.words_of("q", 1..=200);
        Self {
            words: typed.map_or_else(Vec::new, |text| folded_words(&text)),
            families: params.codes("family"),
            naf: params.each("naf", Fault::Format, || naf, |code| code.parse().ok()),
            rome: params.each("rome", Fault::Format, || rome, |code| code.parse().ok()),
            regimes: params.codes("regime"),
        }
    }

    /// Any of the values of each filter, and all of the words.
    fn accepts(&self, details: &ActivityDetails) -> bool {
        let texts = [details.activity.label(), details.family.label()];
        let known: Vec<String> = texts.into_iter().flat_map(folded_words).collect();
        let begins = |word: &String| known.iter().any(|known| known.starts_with(word));
        let any_of = |wanted: usize, met: bool| wanted == 0 || met;
        self.words.iter().all(begins)
            && any_of(self.families.len(), self.families.contains(&details.family))
            && any_of(
                self.naf.len(),
                self.naf.iter().any(|code| details.naf.contains(code)),
            )
            && any_of(
                self.rome.len(),
                self.rome.iter().any(|code| details.rome.contains(code)),
            )
            && any_of(
                self.regimes.len(),
                self.regimes
                    .iter()
                    .any(|regime| details.regimes.contains(regime)),
            )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(question: &Question) -> Vec<&'static str> {
        let all = reference().unwrap().activities().all().iter();
        let found = all.filter(|details| question.accepts(details));
        found.map(|details| details.activity.code()).collect()
    }

    #[test]
    fn every_word_begins_a_word_of_the_label_or_of_the_family() {
        let typed = |text| Question {
            words: folded_words(text),
            ..Question::default()
        };
        assert_eq!(found(&typed("TOLERIE")), ["metalwork"]);
        assert_eq!(found(&typed("mobil bois")), ["joinery"]);
        assert_eq!(found(&typed("ameublement")).len(), 3);
        assert!(found(&typed("mobilier zinc")).is_empty());
        assert_eq!(found(&typed("")).len(), 31);
    }

    #[test]
    fn any_value_of_each_filter_and_every_filter() {
        let joinery = Question {
            naf: vec!["3101Z".parse().unwrap()],
            ..Question::default()
        };
        assert_eq!(found(&joinery), ["joinery"]);
        let two = Question {
            rome: vec!["H2206".parse().unwrap(), "K2204".parse().unwrap()],
            ..Question::default()
        };
        assert_eq!(found(&two), ["joinery", "cleaning"]);
        let with_regime = Question {
            regimes: vec![WorkRegime::Sep],
            ..two
        };
        assert_eq!(found(&with_regime), ["joinery"]);
        let food = Question {
            families: vec![ActivityFamily::FoodAgriculture],
            regimes: vec![WorkRegime::Concession],
            ..Question::default()
        };
        assert_eq!(found(&food), ["food_processing"]);
    }
}
