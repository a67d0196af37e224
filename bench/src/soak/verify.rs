//! At the end, what is kept is what was accepted, and everybody finds it.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::{ledger::Ledger, tally::Tally};
use crate::{
    Outcome,
    client::Client,
    load::Connection,
    partner::{Partner, is_shown},
    questions::text,
    wire::Request,
};

/// How long the service may take to say that all is well again.
const PATIENCE: Duration = Duration::from_secs(30);

/// Holds what is kept, and what is found, against what was accepted.
pub(super) fn kept(
    partner: &Partner,
    address: SocketAddr,
    ledger: &Ledger,
    tally: &Tally,
) -> Outcome<()> {
    let mut connection = Connection::open(address)?;
    ready(&mut connection)?;
    let mut client = partner.client.clone();
    if let Some(answer) = client.renew()? {
        answer.json(200)?;
    }
    let offers = all(&client, &partner.own)?;
    let titles = |offer: &Value| Some((text(offer, "/reference")?, text(offer, "/title")?));
    let found: BTreeMap<String, String> = offers.iter().filter_map(titles).collect();
    for lost in ledger.lost(&found) {
        tally.fault("an accepted write is lost", lost);
    }
    for offer in offers.iter().filter(|offer| shown(offer)) {
        let id = text(offer, "/id").unwrap_or_default();
        let request = Request::get(&format!("/v1/offers/{id}"), None);
        let whole = connection.exchange(&request)?;
        let body = connection.answer().get(whole.body..whole.end);
        let read: Value = serde_json::from_slice(body.unwrap_or_default())?;
        if text(&read, "/title") != text(offer, "/title") {
            tally.fault(
                "an offer is not read as it is kept",
                format!("{id}: {read}"),
            );
        }
    }
    Ok(())
}

/// Whether an offer is one of those that everybody finds.
fn shown(offer: &Value) -> bool {
    text(offer, "/reference").is_some_and(|reference| is_shown(&reference))
}

fn ready(connection: &mut Connection) -> Outcome<()> {
    let asked = Instant::now();
    let request = Request::get("/health/ready", None);
    loop {
        let whole = connection.ask(&request)?;
        let body = connection.answer().get(whole.body..whole.end);
        let told: Value = serde_json::from_slice(body.unwrap_or_default())?;
        if text(&told, "/status").as_deref() == Some("ok") {
            return Ok(());
        }
        if asked.elapsed() > PATIENCE {
            return Err(format!("the service is not well again: {told}").into());
        }
        thread::sleep(Duration::from_millis(100));
    }
}

/// Every offer of the partner that is not withdrawn.
fn all(client: &Client, own: &str) -> Outcome<Vec<Value>> {
    let mut all = Vec::new();
    let mut target = format!("{own}?limit=100");
    loop {
        let mut page = client.get(&target)?.json(200)?;
        let items = page.get_mut("items").map(Value::take);
        if let Some(Value::Array(items)) = items {
            all.extend(items.into_iter().filter(|offer| !is_withdrawn(offer)));
        }
        let next = text(&page, "/next");
        match next.as_deref().and_then(|next| next.split_once("/v1/")) {
            Some((_, rest)) => target = format!("/v1/{rest}"),
            None => return Ok(all),
        }
    }
}

fn is_withdrawn(offer: &Value) -> bool {
    let reasons = offer
        .pointer("/publication/reasons")
        .and_then(Value::as_array);
    let mut codes = reasons.into_iter().flatten().map(|it| text(it, "/code"));
    codes.any(|code| code.as_deref() == Some("withdrawn"))
}
