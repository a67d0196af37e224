//! `GET /v1/suggest`: what somebody may mean, as they type.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use domain::{kernel::Code, suggestions::SuggestionKind};
use utoipa::IntoParams;

use super::{payload::SuggestionList, source, sources::Asked, turns::in_turns};
use crate::{
    kernel::{
        cache::Read,
        coded::Bare,
        negotiate::Format,
        params::Params,
        problem::{ApiError, Fault},
        text::Text,
    },
    platform::Platform,
};

/// The suggestions of an answer unless the caller says otherwise.
const DEFAULT_LIMIT: usize = 10;
/// The most suggestions of an answer.
const MAX_LIMIT: usize = 20;

type SuggestionKindCode = Bare<SuggestionKind>;

/// The question.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
struct SuggestionQuestion {
    /// What somebody types: every word begins a word of the label; case, accents, hyphens and
    /// apostrophes do not count.
    #[param(required = true, min_length = 1, max_length = 100, example = "bord")]
    q: Option<String>,
    /// What to suggest; every kind without it.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1, max_items = 100,
        value_type = Vec<SuggestionKindCode>)]
    kind: Option<String>,
    /// The most suggestions; above 20, 20 are given.
    #[param(
        required = false,
        minimum = 1,
        maximum = 1_000_000,
        default = 10,
        example = 10
    )]
    limit: Option<i32>,
}

/// Suggest what somebody types
///
/// Communes, activities, open establishments, partners, and the offers that everybody may see
/// today, by their names, labels and titles; each with what tells it from its namesakes, its own
/// address, and the search that a commune or an activity starts. A label that is what was typed
/// comes before one that begins so, and this one before one of which every word typed begins some
/// word; among those that answer as well, the most populous commune first, then the label, then
/// the identifier. Each kind is ordered so, and then the kinds take turns: the first of each, then
/// the second of each; in a turn the closest comes first, then the order of the list
/// `suggestion-kinds`.
#[utoipa::path(
    tag = "suggestions",
    operation_id = "suggest",
    params(SuggestionQuestion),
    responses((status = 200, description = "The suggestions, in order", body = SuggestionList)),
)]
#[get("/v1/suggest")]
pub(super) async fn suggest(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let catalogue = platform.catalogue()?;
    let mut params = Params::read(&req)?;
    let typed = typed(&mut params);
    let kinds = params.codes::<SuggestionKind>("kind");
    let limit = params.limit_of(DEFAULT_LIMIT, MAX_LIMIT);
    params.format(&[Format::Json]);
    params.finish()?;
    let today = platform.clock.today();
    let read = Read::list(&req, catalogue.revision().into(), today, Format::Json);
    if let Some(known) = read.not_modified(&req) {
        return Ok(known);
    }
    let asked = Asked {
        typed: typed.as_deref().unwrap_or_default(),
        limit,
        today,
        catalogue,
        base: platform.public_url(),
    };
    let all = SuggestionKind::all().iter();
    let wanted = all.filter(|kind| kinds.is_empty() || kinds.contains(kind));
    let suggestions: Result<_, ApiError> = wanted.map(|kind| asked.of(*kind)).collect();
    Ok(read.ok().json(SuggestionList {
        items: in_turns(suggestions?, limit),
        source: source(),
    }))
}

fn typed(params: &mut Params) -> Option<String> {
    if !params.has("q") {
        let detail = Text::new("what somebody types", "ce que quelqu'un tape");
        params.refuse("q", Fault::Required, detail);
    }
    params.words_of("q", 1..=100)
}
