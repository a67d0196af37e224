//! Filters by territory: codes of territories that exist.

use std::str::FromStr;

use data::Territories;
use domain::territories::{DepartementCode, RegionCode};

use utoipa::ToSchema;

use crate::kernel::{params::Params, problem::Fault, text::Text};

/// INSEE code of a region.
#[derive(ToSchema)]
#[schema(min_length = 2, max_length = 3, pattern = "^[0-9]{2,3}$")]
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
pub(super) struct RegionText(String);

/// INSEE code of a département.
#[derive(ToSchema)]
#[schema(min_length = 2, max_length = 3, pattern = "^[0-9][0-9AB][0-9]?$")]
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
pub(super) struct DepartementText(String);

/// `region`: any of these regions; empty when absent.
pub(super) fn regions(params: &mut Params, territories: &Territories) -> Vec<RegionCode> {
    codes(params, "region", "regions", |code| {
        territories.region(code).is_some()
    })
}

/// `departement`: any of these départements; empty when absent.
pub(super) fn departements(params: &mut Params, territories: &Territories) -> Vec<DepartementCode> {
    let known = |code: &_| territories.departement(code).is_some();
    codes(params, "departement", "departements", known)
}

/// Whether a value passes a filter, which an absent one lets it.
pub(super) fn accepts<T: PartialEq>(wanted: &[T], value: &T) -> bool {
    wanted.is_empty() || wanted.contains(value)
}

fn codes<C: FromStr + PartialEq>(
    params: &mut Params,
    name: &'static str,
    list: &str,
    known: impl Fn(&C) -> bool,
) -> Vec<C> {
    let accepted = Text::made(
        format!("INSEE codes of /v1/territories/{list}, separated by commas"),
        format!("des codes INSEE de /v1/territories/{list}, séparés par des virgules"),
    );
    let parse = |code: &str| code.parse().ok().filter(&known);
    params.each(name, Fault::Code, accepted, parse)
}
