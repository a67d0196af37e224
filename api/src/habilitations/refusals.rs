//! Why nothing was done with a dossier, as the problem that the caller reads.

use domain::{
    clients::Scope,
    habilitations::{Decidability, MissingDocuments, Refused, Verb},
    kernel::Code,
};
use persistence::{RepoError, habilitations::HabilitationRefusal};
use serde_json::{Value, json};

use super::payload::RequirementOutput;
use crate::kernel::{
    caller::CallerClient,
    dates::date,
    problem::{ApiError, Kind},
    text::Text,
};

/// The problem of a move that was refused to this client.
pub(super) fn refused(refusal: Refused, client: &CallerClient) -> ApiError {
    match refusal {
        Refused::Unseen => ApiError::not_found(),
        Refused::OutOfPerimeter => ApiError::new(Kind::OutOfPerimeter),
        Refused::WrongAuthority(why) => wrong_authority(&why),
        Refused::NotNeeded => ApiError::new(Kind::HabilitationNotNeeded),
        Refused::Invalid(refusals) => ApiError::validation(refusals),
        Refused::DocumentsMissing(lacks) => documents_missing(lacks),
        Refused::TransitionNotAllowed { status, allowed } => {
            ApiError::new(Kind::TransitionNotAllowed)
                .with("state", status.code())
                .with("allowed", open_to(allowed, client))
        }
        Refused::NotDecidable(found) => not_decidable(&found),
    }
}

/// The problem of a dossier that was not kept; `base` is the public address of the API.
pub(super) fn not_kept(error: RepoError<HabilitationRefusal>, base: &str) -> ApiError {
    let id = match error {
        RepoError::Refused(HabilitationRefusal::Open(id)) => id,
        RepoError::Db(error) => return error.into(),
    };
    let detail = Text::made(
        format!("The dossier {id} is open."),
        format!("Le dossier {id} est ouvert."),
    );
    let url = format!("{base}/v1/habilitations/{id}");
    ApiError::new(Kind::HabilitationOpen)
        .detail(detail)
        .with("habilitation", json!({"id": id.to_string(), "url": url}))
}

/// The names of the moves that the client's token opens.
pub(super) fn open_to(verbs: Vec<Verb>, client: &CallerClient) -> Vec<&'static str> {
    let open = |verb: &Verb| scopes_of(*verb).iter().any(|scope| client.may(*scope));
    verbs.into_iter().filter(open).map(Verb::name).collect()
}

/// The scopes any of which opens a move.
const fn scopes_of(verb: Verb) -> &'static [Scope] {
    match verb {
        Verb::File | Verb::DeclareChange | Verb::RequestRenewal => &[Scope::HabilitationsFile],
        Verb::DeclareIncomplete
        | Verb::StartInstruction
        | Verb::RequestOpinion
        | Verb::Grant
        | Verb::Refuse
        | Verb::OpenWithdrawal
        | Verb::Withdraw
        | Verb::Maintain => &[Scope::HabilitationsInstruct],
        Verb::GiveOpinion => &[Scope::HabilitationsOpine],
        Verb::RecordObservations => &[Scope::HabilitationsInstruct, Scope::HabilitationsFile],
    }
}

fn wrong_authority(why: &str) -> ApiError {
    let mut letters = why.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    let english = format!("{}{}.", first.unwrap_or_default(), letters.as_str());
    let french = "Cette autorité ne décide pas pour une telle structure, à cet endroit ou à cette \
                  date, ou le dossier relève d'une autre.";
    ApiError::new(Kind::WrongAuthority).detail(Text::made(english, french.to_owned()))
}

fn documents_missing(lacks: MissingDocuments) -> ApiError {
    let missing: Vec<Value> = lacks
        .missing
        .iter()
        .map(|it| json!(RequirementOutput::from(it)))
        .collect();
    ApiError::refused(Kind::DocumentsMissing, lacks.refusals).with("missing", missing)
}

fn not_decidable(found: &Decidability) -> ApiError {
    let Decidability {
        on,
        not_requested,
        observations_missing,
    } = found;
    let to_request: Vec<&str> = not_requested.iter().map(|giver| giver.code()).collect();
    let error = ApiError::new(Kind::NotDecidable)
        .with("opinions_to_request", to_request)
        .with("observations_missing", *observations_missing);
    match on {
        Some(day) => error.with("decidable_on", date(*day)),
        None => error,
    }
}
