//! `POST /v1/habilitations/{id}/<move>`: what the host, the authority and those whose opinion is
//! asked do with a dossier.

use actix_web::{
    HttpRequest, HttpResponse, post,
    web::{Data, Path},
};
use domain::habilitations::{Act, Habilitation, Moved, Verb};
use persistence::Conn;

use super::{
    payload::{
        ChangeInput, DecisionInput, GrantingInput, HabilitationOutput, IncompletenessInput,
        MoveInput, ObservationsInput, OpinionInput, OpinionRequestInput, RefusalInput,
        WithdrawalDecisionInput, WithdrawalInput, change, decision, incompleteness, observations,
        opinion, opinion_request, refusal, withdrawal, withdrawal_decision,
    },
    write::{Stop, Write, host},
};
use crate::{
    kernel::{
        body::{Node, read_nothing},
        caller::{
            Caller, HabilitationsFile, HabilitationsInstruct, HabilitationsObserve,
            HabilitationsOpine, ScopeMarker,
        },
        json::JsonBody,
        params::Params,
        problem::{ApiError, Problem},
        routes::Routes,
    },
    platform::Platform,
};

type Answer = Result<HttpResponse, ApiError>;

/// Writes the operation of a move: how it is told, and what it does with a dossier and a body.
macro_rules! moves {
    ($($name:ident: $verb:ident, $scope:ident, $input:ident {
        $id:tt $path:tt $summary:tt,
        $description:tt,
        $done:tt, $conflict:tt,
        $make:expr
    })+) => {
        $(
            #[utoipa::path(
                tag = "habilitations",
                operation_id = $id,
                summary = $summary,
                description = $description,
                params(
                    ("id" = String, Path, description = "The id of the dossier", format = "uuid",
                        min_length = 36, max_length = 36),
                    ("If-Match" = String, Header, description = "A tag of the version you move, or `*`",
                        min_length = 1, max_length = 1000, example = "*"),
                ),
                request_body(content = $input, content_type = "application/json"),
                responses(
                    (status = 200, description = $done, body = HabilitationOutput),
                    (status = 409, description = $conflict, body = Problem,
                        content_type = "application/problem+json"),
                ),
            )]
            #[post($path)]
            async fn $name(
                caller: Caller<$scope>,
                req: HttpRequest,
                id: Path<String>,
                body: JsonBody,
                platform: Data<Platform>,
            ) -> Answer {
                let asked = (&req, id.into_inner(), body);
                moved(&caller, asked, &platform, Verb::$verb, $make).await
            }
        )+

        /// The routes of the moves.
        pub(super) fn configure(config: &mut Routes<'_, '_>) {
            $(config.service($name);)+
        }
    };
}

moves! {
    file_habilitation: File, HabilitationsFile, MoveInput {
        "fileHabilitation" "/v1/habilitations/{id}/file" "File a dossier",
        "With its authority, or again once it is completed. It holds every document that the law asks of such a host: `documents-missing` says which it lacks.",
        "The dossier, filed", "It is not in preparation",
        |conn: &mut Conn, dossier: Habilitation, body: &Node, act: &Act<'_>| {
            read_nothing(body).map_err(ApiError::validation)?;
            let host = host(conn, dossier.partner)?;
            Ok(dossier.file(&host, act)?)
        }
    }
    declare_habilitation_incomplete: DeclareIncomplete, HabilitationsInstruct, IncompletenessInput {
        "declareHabilitationIncomplete" "/v1/habilitations/{id}/declare-incomplete"
            "Declare a dossier incomplete",
        "The authority says what is missing, and until when it is waited for. The host completes the dossier and files it again.",
        "The dossier, incomplete", "It is not a dossier that was just filed",
        |_: &mut Conn, dossier: Habilitation, body: &Node, act: &Act<'_>| {
            Ok(dossier.declare_incomplete(incompleteness(body)?, act)?)
        }
    }
    start_habilitation_instruction: StartInstruction, HabilitationsInstruct, MoveInput {
        "startHabilitationInstruction" "/v1/habilitations/{id}/start-instruction"
            "Start the instruction",
        "The authority takes the dossier as complete. It is not declared incomplete any more.",
        "The dossier, under instruction", "It is not a dossier that was just filed",
        |_: &mut Conn, dossier: Habilitation, body: &Node, act: &Act<'_>| {
            read_nothing(body).map_err(ApiError::validation)?;
            Ok(dossier.start_instruction(act)?)
        }
    }
    request_habilitation_opinion: RequestOpinion, HabilitationsInstruct, OpinionRequestInput {
        "requestHabilitationOpinion" "/v1/habilitations/{id}/request-opinion"
            "Request an opinion",
        "Of the prosecutor, the enforcement judge or the préfet, once each: from then on they see the dossier. A decision waits for the opinions that the law waits for, a month at most.",
        "The dossier", "No decision is waited for",
        |_: &mut Conn, dossier: Habilitation, body: &Node, act: &Act<'_>| {
            Ok(dossier.request_opinion(opinion_request(body)?, act)?)
        }
    }
    give_habilitation_opinion: GiveOpinion, HabilitationsOpine, OpinionInput {
        "giveHabilitationOpinion" "/v1/habilitations/{id}/give-opinion"
            "Give an opinion",
        "Your own, which was asked for. It may come after its delay, until the decision.",
        "The dossier", "No decision is waited for",
        |_: &mut Conn, dossier: Habilitation, body: &Node, act: &Act<'_>| {
            Ok(dossier.give_opinion(opinion(body)?, act)?)
        }
    }
    grant_habilitation: Grant, HabilitationsInstruct, GrantingInput {
        "grantHabilitation" "/v1/habilitations/{id}/grant" "Habilitate a host",
        "For five years from the day of the decision; a renewal grants a new period. Those whom the law names are said to be told. A national decision is recorded by the agency, with the reference of the minister's order.",
        "The dossier, granted", "It is too early to decide, or no decision is waited for",
        |_: &mut Conn, dossier: Habilitation, body: &Node, act: &Act<'_>| {
            Ok(dossier.grant(decision(body)?, act)?)
        }
    }
    refuse_habilitation: Refuse, HabilitationsInstruct, RefusalInput {
        "refuseHabilitation" "/v1/habilitations/{id}/refuse" "Refuse a request",
        "With reasons. The refusal of a renewal leaves the period that runs.",
        "The dossier, refused or still granted", "It is too early to decide, or no decision is waited for",
        |_: &mut Conn, dossier: Habilitation, body: &Node, act: &Act<'_>| {
            let (facts, grounds) = refusal(body)?;
            Ok(dossier.refuse(facts, grounds, act)?)
        }
    }
    declare_habilitation_change: DeclareChange, HabilitationsFile, ChangeInput {
        "declareHabilitationChange" "/v1/habilitations/{id}/declare-change"
            "Tell of a change",
        "A habilitated host tells of a change of what it filed. The dossier then holds the documents as they are now.",
        "The dossier", "It is not granted",
        |_: &mut Conn, dossier: Habilitation, body: &Node, act: &Act<'_>| {
            Ok(dossier.declare_change(change(body)?, act)?)
        }
    }
    request_habilitation_renewal: RequestRenewal, HabilitationsFile, MoveInput {
        "requestHabilitationRenewal" "/v1/habilitations/{id}/request-renewal"
            "Ask for a new period",
        "Before the one that runs is over: with it, a request that was not decided lapses.",
        "The dossier, its renewal requested", "It is not granted, or a renewal is requested already",
        |_: &mut Conn, dossier: Habilitation, body: &Node, act: &Act<'_>| {
            read_nothing(body).map_err(ApiError::validation)?;
            Ok(dossier.request_renewal(act)?)
        }
    }
    open_habilitation_withdrawal: OpenWithdrawal, HabilitationsInstruct, WithdrawalInput {
        "openHabilitationWithdrawal" "/v1/habilitations/{id}/open-withdrawal"
            "Open a procedure of withdrawal",
        "The authority says why, and since when the host is invited to answer. Three opinions are asked for, where the law asks for them, and the host's observations recorded, before it decides. A renewal that was requested lapses.",
        "The dossier, its withdrawal open", "It is not granted",
        |_: &mut Conn, dossier: Habilitation, body: &Node, act: &Act<'_>| {
            Ok(dossier.open_withdrawal(withdrawal(body)?, act)?)
        }
    }
    record_habilitation_observations: RecordObservations, HabilitationsObserve, ObservationsInput {
        "recordHabilitationObservations" "/v1/habilitations/{id}/record-observations"
            "Record the observations of the host",
        "By the host itself, or by the authority; the authority may record that none came.",
        "The dossier", "No withdrawal is open",
        |_: &mut Conn, dossier: Habilitation, body: &Node, act: &Act<'_>| {
            Ok(dossier.record_observations(observations(body)?, act)?)
        }
    }
    withdraw_habilitation: Withdraw, HabilitationsInstruct, WithdrawalDecisionInput {
        "withdrawHabilitation" "/v1/habilitations/{id}/withdraw" "Withdraw a habilitation",
        "With reasons, from the day of the decision. Those whom the law names are said to be told.",
        "The dossier, withdrawn", "It is too early to decide, or no withdrawal is open",
        |_: &mut Conn, dossier: Habilitation, body: &Node, act: &Act<'_>| {
            let (facts, grounds) = withdrawal_decision(body)?;
            Ok(dossier.withdraw(facts, grounds, act)?)
        }
    }
    maintain_habilitation: Maintain, HabilitationsInstruct, DecisionInput {
        "maintainHabilitation" "/v1/habilitations/{id}/maintain" "Maintain a habilitation",
        "The procedure of withdrawal ends, and the habilitation goes on as it was.",
        "The dossier, granted", "It is too early to decide, or no withdrawal is open",
        |_: &mut Conn, dossier: Habilitation, body: &Node, act: &Act<'_>| {
            Ok(dossier.maintain(decision(body)?, act)?)
        }
    }
}

/// Makes a move, once for a request that names a key.
async fn moved<S, F>(
    caller: &Caller<S>,
    (req, id, body): (&HttpRequest, String, JsonBody),
    platform: &Platform,
    verb: Verb,
    make: F,
) -> Answer
where
    S: ScopeMarker,
    F: FnOnce(&mut Conn, Habilitation, &Node, &Act<'_>) -> Result<Moved, Stop> + Send + 'static,
{
    let (body, once) = body.once(req, caller).await?;
    Params::none(req)?;
    let write = Write::new(caller, req, platform)?.once(once);
    let written = write
        .make(platform, id, verb, move |conn, dossier, act| {
            make(conn, dossier, &body, act)
        })
        .await?;
    Ok(written.respond(req, platform))
}
