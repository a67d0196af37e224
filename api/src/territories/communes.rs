//! `/v1/territories/communes`: by code, by postcode, by département, as somebody types.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use data::Territories;
use domain::{
    kernel::{Code, GeoPrecision, Point},
    territories::{Commune, CommuneCode, DepartementCode, Postcode, RegionCode},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    CodedDirection, PlaceOutput, accepts, place_of_commune, place_of_departement, place_of_region,
    source,
};
use crate::{
    kernel::{
        embedded::{Asked, answer, embedded_list, reference},
        page::Source,
        params::{Params, documents::Paging},
        patterns::{CommuneText, DepartementText, PostcodeText, RegionText},
        problem::{ApiError, Fault},
        text::Text,
    },
    platform::Platform,
};

embedded_list! {
    /// Communes, in the order of their codes; with `q` the best match first.
    CommuneList of CommuneOutput
}

/// A commune, or an arrondissement of Paris, Lyon or Marseille.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Commune)]
pub(crate) struct CommuneOutput {
    /// INSEE code.
    #[schema(value_type = CommuneText)]
    pub code: String,
    /// Name.
    #[schema(min_length = 1, max_length = 200, example = "Gradignan")]
    pub name: String,
    /// Its département.
    pub departement: PlaceOutput,
    /// Its region.
    pub region: PlaceOutput,
    /// The directorate of that region.
    pub direction: CodedDirection,
    /// The commune that an arrondissement is part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub parent: Option<PlaceOutput>,
    /// Its postcodes.
    #[schema(max_items = 100, value_type = Vec<PostcodeText>)]
    pub postcodes: Vec<String>,
    /// Legal population (vintage 2026), where published.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 100_000_000, example = 26_952)]
    pub population: Option<u32>,
    /// The centre of its territory, where known; that of its commune for an arrondissement.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub centre: Option<CentreOutput>,
}

/// The centre of a commune, WGS 84.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Centre)]
pub(crate) struct CentreOutput {
    /// Latitude, in decimal degrees.
    #[schema(minimum = -90, maximum = 90, example = 44.764)]
    pub lat: f64,
    /// Longitude, in decimal degrees.
    #[schema(minimum = -180, maximum = 180, example = -0.6173)]
    pub lon: f64,
    /// What the point is: always the centre of a commune
    /// (`/v1/code-lists/geo-precisions`).
    #[schema(max_length = 20, pattern = "^commune$", example = "commune")]
    pub precision: &'static str,
}

/// A commune, with where the data comes from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CommuneSheet {
    #[serde(flatten)]
    commune: CommuneOutput,
    /// Where the data comes from, and its licence.
    source: Source,
}

impl CommuneOutput {
    fn new(commune: &Commune, territories: &Territories) -> Self {
        let parent = commune.parent.as_ref();
        let postcodes = commune.postcodes.iter();
        Self {
            code: commune.code.to_string(),
            name: commune.name.clone(),
            departement: place_of_departement(territories, &commune.departement),
            region: place_of_region(territories, &commune.region),
            direction: commune.direction.into(),
            parent: parent.map(|code| place_of_commune(territories, code)),
            postcodes: postcodes.map(ToString::to_string).collect(),
            population: commune.population,
            centre: commune.centre.map(CentreOutput::from),
        }
    }
}

impl From<Point> for CentreOutput {
    fn from(point: Point) -> Self {
        Self {
            lat: point.lat(),
            lon: point.lon(),
            precision: GeoPrecision::Commune.code(),
        }
    }
}

/// The filters.
#[expect(dead_code, reason = "the document reads this type, nothing else does")]
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct CommuneFilters {
    /// What somebody types: every word begins a word of the name; case, accents and hyphens do
    /// not count. The exact name comes first, then the most populous.
    #[param(
        required = false,
        min_length = 1,
        max_length = 100,
        example = "saint eti"
    )]
    q: Option<String>,
    /// A postcode.
    #[param(required = false, inline, value_type = PostcodeText, example = "42000")]
    postcode: Option<String>,
    /// INSEE codes of départements.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<DepartementText>, example = json!(["42"]))]
    departement: Option<String>,
    /// INSEE codes of regions.
    #[param(required = false, style = Form, explode = false, inline, min_items = 1,
        max_items = 100, value_type = Vec<RegionText>, example = json!(["84"]))]
    region: Option<String>,
}

/// Find communes
///
/// The communes, and the arrondissements of Paris, Lyon and Marseille, in the order of their
/// INSEE codes; with `q`, as somebody types, the best match first.
#[utoipa::path(
    tag = "territories",
    operation_id = "listCommunes",
    params(CommuneFilters, Paging),
    responses((status = 200, description = "A page of communes.", body = CommuneList)),
)]
#[get("/v1/territories/communes")]
pub(super) async fn list_communes(
    req: HttpRequest,
    platform: Data<Platform>,
) -> Result<HttpResponse, ApiError> {
    let territories = reference()?.territories();
    let mut params = Params::read(&req)?;
    let question = Question::read(&mut params, territories);
    let asked = Asked::read(params)?;
    CommuneList::answer(&req, source(), || {
        asked.page(
            &question.find(territories),
            |commune| commune.code.as_str(),
            |commune| CommuneOutput::new(commune, territories),
            &platform,
        )
    })
}

/// Read a commune
///
/// Its département, its region, its directorate, its postcodes, its population and its centre.
#[utoipa::path(
    tag = "territories",
    operation_id = "getCommune",
    params(("code" = inline(CommuneText), Path, description = "INSEE code.", example = "33192")),
    responses((status = 200, description = "The commune.", body = CommuneSheet)),
)]
#[get("/v1/territories/communes/{code}")]
pub(super) async fn get_commune(
    req: HttpRequest,
    code: Path<String>,
) -> Result<HttpResponse, ApiError> {
    Asked::nothing(&req)?;
    let territories = reference()?.territories();
    let code = code.parse::<CommuneCode>().ok();
    let commune = code.and_then(|code| territories.commune(&code));
    let commune = commune.ok_or_else(ApiError::not_found)?;
    Ok(answer(&req, || CommuneSheet {
        commune: CommuneOutput::new(commune, territories),
        source: source(),
    }))
}

/// Which communes are asked.
pub(super) struct Question {
    typed: Option<String>,
    postcode: Option<Postcode>,
    departements: Vec<DepartementCode>,
    regions: Vec<RegionCode>,
}

impl Question {
    pub(super) fn read(params: &mut Params, territories: &Territories) -> Self {
        let five_digits = Text::new(
            "a postcode of five digits",
            "un code postal à cinq chiffres",
        );
        Self {
            typed: params.words_of("q", 1..=100),
            postcode: params.parsed(
                "postcode",
                Fault::Format,
                || five_digits,
                |it| it.parse().ok(),
            ),
            departements: params.departements("departement", territories),
            regions: params.regions("region", territories),
        }
    }

    /// The communes that meet every filter, from the one that leaves fewest.
    pub(super) fn find<'t>(&self, territories: &'t Territories) -> Vec<&'t Commune> {
        let mut found = match (&self.typed, &self.postcode) {
            (Some(typed), _) => territories.communes_named(typed),
            (None, Some(postcode)) => territories.communes_of_postcode(postcode),
            (None, None) => territories.communes().iter().collect(),
        };
        found.retain(|commune| {
            let served = |postcode| commune.postcodes.contains(postcode);
            self.postcode.as_ref().is_none_or(served)
                && accepts(&self.departements, &commune.departement)
                && accepts(&self.regions, &commune.region)
        });
        found
    }
}
