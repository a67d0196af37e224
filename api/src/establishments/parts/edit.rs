//! What is done to a part, whatever its kind.

use actix_web::{HttpRequest, HttpResponse};
use domain::{
    establishments::{Establishment, Parts},
    kernel::{Id, Part, Record, Refusal, RefusalCode},
};

use crate::{
    establishments::payload::{WrittenPart, patch_part, read_part},
    kernel::{
        body::Node,
        cache::Read,
        negotiate::Format,
        params::Params,
        problem::{ApiError, Kind},
        representation::Representation,
        write::Write,
    },
    platform::Platform,
};

/// The most parts of one kind.
const MOST_PARTS: usize = 1000;

/// How the body of a write is read.
#[derive(Debug, Clone)]
pub(super) enum Sent {
    /// The whole part.
    Whole(Node),
    /// A merge patch of it.
    Patch(Node),
}

/// Reads a part.
pub(super) async fn read<T: WrittenPart>(
    req: &HttpRequest,
    (address, part): (String, String),
    platform: &Platform,
) -> Result<HttpResponse, ApiError> {
    let catalogue = platform.catalogue()?;
    let mut params = Params::read(req)?;
    let min_revision = params.min_revision();
    params.format(&[Format::Json]);
    params.finish()?;
    catalogue.reach(min_revision).await?;
    let revision = catalogue.revision();
    let found = catalogue.establishments().find(&address);
    let owner = found.ok_or_else(ApiError::not_found)?;
    let part = one::<T>(&owner.establishment, part_id(&part)?)?;
    let version = u64::try_from(part.record.version).unwrap_or(0);
    let read = Read::object(req, version, revision, Format::Json);
    if let Some(known) = read.not_modified(req) {
        return Ok(known);
    }
    Ok(read.ok().body(rendered(part)?))
}

/// Adds a part; `If-Match`, when it is given, is about the establishment.
pub(super) async fn create<T: WrittenPart>(
    req: &HttpRequest,
    write: Write,
    address: String,
    body: Node,
    platform: &Platform,
) -> Result<HttpResponse, ApiError> {
    let id: Id<T> = Id::new(write.ids.next());
    let add = move |write: &Write, kept: &Establishment| {
        write.if_match.allow(kept.record.version)?;
        let part = Part {
            id,
            demo: false,
            record: Record::created(write.clock.now()),
            value: read_part::<T>(&body).map_err(ApiError::validation)?,
        };
        room_for_one::<T>(kept)?;
        edited(kept, |parts| T::list_mut(parts).push(part)).map_err(ApiError::validation)
    };
    let show = move |write: &Write, written: &Establishment| {
        let part = one::<T>(written, id)?;
        let address = format!("{}/{}/{id}", write.address(written), T::LIST);
        let body = rendered(part)?;
        Ok(Representation::created(part.record.version, address, body))
    };
    let written = write.change(platform, address, add, show).await?;
    Ok(written.respond(req, platform))
}

/// Replaces or patches a part, at the version that the caller saw of it.
pub(super) async fn change<T: WrittenPart>(
    req: &HttpRequest,
    write: Write,
    (address, part): (String, String),
    sent: Sent,
    platform: &Platform,
) -> Result<HttpResponse, ApiError> {
    let id = part_id::<T>(&part)?;
    let change = move |write: &Write, kept: &Establishment| {
        let part = one::<T>(kept, id)?;
        write.if_match.require(part.record.version)?;
        let value = match sent {
            Sent::Whole(body) => read_part::<T>(&body),
            Sent::Patch(patch) => patch_part(part, patch),
        };
        let value = value.map_err(ApiError::validation)?;
        edited(kept, |parts| replace(T::list_mut(parts), id, value)).map_err(ApiError::validation)
    };
    let show = move |_: &Write, written: &Establishment| {
        let part = one::<T>(written, id)?;
        Ok(Representation::changed(
            part.record.version,
            rendered(part)?,
        ))
    };
    let written = write.change(platform, address, change, show).await?;
    Ok(written.respond(req, platform))
}

/// Removes a part, at the version that the caller saw of it; `in-use` when another part of the
/// establishment names it.
pub(super) async fn delete<T: WrittenPart>(
    req: &HttpRequest,
    write: Write,
    (address, part): (String, String),
    platform: &Platform,
) -> Result<HttpResponse, ApiError> {
    let id = part_id::<T>(&part)?;
    let remove = move |write: &Write, kept: &Establishment| {
        let part = one::<T>(kept, id)?;
        write.if_match.require(part.record.version)?;
        edited(kept, |parts| {
            T::list_mut(parts).retain(|part| part.id != id);
        })
        .map_err(|_named| ApiError::new(Kind::InUse))
    };
    let show = |_: &Write, _: &Establishment| Ok(Representation::nothing());
    let written = write.change(platform, address, remove, show).await?;
    Ok(written.respond(req, platform))
}

fn rendered<T: WrittenPart>(part: &Part<T>) -> Result<String, ApiError> {
    T::render(part).map_err(|error| ApiError::internal(&error))
}

fn part_id<T>(text: &str) -> Result<Id<T>, ApiError> {
    text.parse().map_err(|_malformed| ApiError::not_found())
}

fn one<T: WrittenPart>(establishment: &Establishment, id: Id<T>) -> Result<&Part<T>, ApiError> {
    let found = T::list(establishment.parts())
        .iter()
        .find(|part| part.id == id);
    found.ok_or_else(ApiError::not_found)
}

/// What a client writes of a part is a fact: the mark of a fictitious part goes.
fn replace<T>(parts: &mut [Part<T>], id: Id<T>, value: T) {
    if let Some(part) = parts.iter_mut().find(|part| part.id == id) {
        part.value = value;
        part.demo = false;
    }
}

/// The establishment with its parts edited. One part alone was, so that what is refused is
/// refused of it: `/docks/3/zone` becomes `/zone`.
fn edited(
    kept: &Establishment,
    edit: impl FnOnce(&mut Parts),
) -> Result<Establishment, Vec<Refusal>> {
    let (facts, mut parts) = kept.clone().into_inner();
    edit(&mut parts);
    Establishment::new(kept.id, kept.record, facts, parts).map_err(|refusals| {
        let of_the_part = refusals.into_iter().map(|refusal| Refusal {
            pointer: within_the_part(&refusal.pointer),
            ..refusal
        });
        of_the_part.collect()
    })
}

fn within_the_part(pointer: &str) -> String {
    let own = pointer.splitn(4, '/').nth(3);
    own.map_or_else(String::new, |own| format!("/{own}"))
}

fn room_for_one<T: WrittenPart>(kept: &Establishment) -> Result<(), ApiError> {
    if T::list(kept.parts()).len() < MOST_PARTS {
        return Ok(());
    }
    Err(ApiError::validation(vec![Refusal::new(
        "",
        RefusalCode::Length,
        format!("an establishment has at most {MOST_PARTS} parts of a kind"),
    )]))
}
