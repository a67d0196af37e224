//! What matches in a tile of a map, whatever the resource.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web::Path};
use search::{Cell, Gathering, Square};
use utoipa::{IntoParams, ToSchema};

use super::{
    filters::Filters,
    mvt::{EXTENT, Layer, Value},
    resource::Resource,
    seen::Seen,
};
use crate::{
    kernel::{cache::Read, negotiate::Format, params::Params, problem::ApiError},
    platform::Platform,
};

/// The closest zoom.
const CLOSEST: u8 = 22;
/// How many times a tile is cut in four: where it is drawn 512 pixels wide, its cells have sides
/// of 64 pixels.
const FINER: u8 = 3;
/// The zoom from which on what a cell holds is given one by one.
const CLOSE: u8 = 12;
/// The most that a cell gives one by one: what stands in one place is as many points in one.
const SINGLY: usize = 64;

/// A Mapbox vector tile (2.1) of one layer, which has the name of the resource; nothing at all
/// when nothing matches in it.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary, max_length = 2_000_000)]
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
pub(crate) struct VectorTile(Vec<u8>);

/// Which tile.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
pub(crate) struct TileAddress {
    /// The zoom.
    #[param(minimum = 0, maximum = 22)]
    z: i32,
    /// The column, from the west: from 0 to 2 to the power of the zoom, less one.
    #[param(minimum = 0, maximum = 4_194_303)]
    x: i32,
    /// The row, from the north: from 0 to 2 to the power of the zoom, less one.
    #[param(minimum = 0, maximum = 4_194_303)]
    y: i32,
}

/// An address as it is written: zoom, column, row.
pub(crate) type Written = Path<(String, String, String)>;

/// Answers a tile.
pub(crate) async fn answer<R: Resource>(
    req: &HttpRequest,
    platform: &Platform,
    seen: Seen,
    written: &Written,
) -> Result<HttpResponse, ApiError> {
    let catalogue = platform.catalogue()?;
    let (zoom, square) = tile(written).ok_or_else(ApiError::not_found)?;
    let (view, today) = (seen.view, platform.clock.today());
    let mut params = Params::read(req)?;
    let mut filters = Filters::anywhere::<R>(&mut params, catalogue);
    filters.hold(seen.clauses);
    let format = params.format(&[Format::Mvt]);
    let min_revision = params.min_revision();
    params.finish()?;
    let mut selection = filters.selection()?;
    selection.bbox = Some(square.around());
    catalogue.reach(min_revision).await?;
    let collection = R::of(catalogue);
    let read = |revision| Read::seen_list(req, (revision, today), format, view);
    if let Some(known) = read(collection.revision()).not_modified(req) {
        return Ok(known);
    }
    let gathering = Gathering {
        level: zoom + FINER,
        within: Some(square),
        singly: if zoom < CLOSE { 1 } else { SINGLY },
    };
    let cells = collection.cells(&selection, &gathering)?;
    let mut layer = Layer::new(R::NAME);
    for cell in &cells.cells {
        draw::<R>(&mut layer, square, cell, collection.base())?;
    }
    Ok(read(cells.revision).ok().body(layer.tile()))
}

/// The tile of an address, if there is one; a number has one way of being written.
fn tile(written: &Written) -> Option<(u8, Square)> {
    let number = |text: &str| {
        let plain = text.bytes().all(|it| it.is_ascii_digit());
        let shortest = text.len() == 1 || !text.starts_with('0');
        (plain && shortest).then(|| text.parse::<u32>().ok())?
    };
    let (z, x, y) = (
        number(&written.0)?,
        number(&written.1)?,
        number(&written.2)?,
    );
    let zoom = u8::try_from(z).ok().filter(|zoom| *zoom <= CLOSEST)?;
    Some((zoom, Square::new(zoom, x, y)?))
}

/// A cell as one point with its count, or what it holds, each with what a map tells of it.
fn draw<R: Resource>(
    layer: &mut Layer,
    tile: Square,
    cell: &Cell<Arc<R::Body>>,
    base: &str,
) -> Result<(), ApiError> {
    if cell.members.is_empty() {
        let count = ("count", Value::Count(cell.count));
        layer.point(tile.grid(cell.centre, EXTENT), vec![count]);
    }
    for member in &cell.members {
        let mut said = vec![
            ("count", Value::Count(1)),
            ("id", Value::Text(member.id.to_string())),
            ("url", Value::Text(R::url(&member.body, base))),
        ];
        said.extend(R::drawn(&member.body)?);
        layer.point(tile.grid(member.point, EXTENT), said);
    }
    Ok(())
}
