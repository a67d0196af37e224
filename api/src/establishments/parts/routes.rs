//! The addresses of parts: the same five for each kind.

use actix_web::{
    HttpRequest, HttpResponse, delete, get, patch, post, put,
    web::{Data, Path},
};
use domain::establishments::{ActivityInPlace, Contact, Dock, PossibleActivity, StorageArea, Zone};

use super::edit::{self, Sent};
use crate::{
    establishments::payload::{
        ActivityInput, ActivityOutput, ActivityPatch, ContactInput, ContactOutput, ContactPatch,
        DockInput, DockOutput, DockPatch, PossibleActivityInput, PossibleActivityOutput,
        PossibleActivityPatch, StorageAreaInput, StorageAreaOutput, StorageAreaPatch, ZoneInput,
        ZoneOutput, ZonePatch,
    },
    kernel::{
        caller::{Caller, EstablishmentsWrite},
        json::JsonBody,
        params::{Params, documents::MinRevision},
        problem::{ApiError, Problem},
        routes::Routes,
        write::Write,
    },
    platform::Platform,
};

/// Two segments of an address: the establishment, by id or slug, and the part.
type Address = Path<(String, String)>;
type Answer = Result<HttpResponse, ApiError>;

/// Writes the five operations of a kind of part.
macro_rules! part_routes {
    ($module:ident: $part:ident, $output:ident, $input:ident, $patch:ident, $list:tt, $one:tt {
        $get_id:tt $get:tt,
        $post_id:tt $post:tt,
        $put_id:tt $put:tt,
        $patch_id:tt $patch_summary:tt,
        $delete_id:tt $delete:tt,
    }) => {
        mod $module {
            use super::*;

            #[utoipa::path(
                tag = "establishments",
                operation_id = $get_id,
                summary = $get,
                description = "The part alone, with its own version: its tag is what `If-Match` takes.",
                params(
                    ("id" = String, Path, description = "The id of the establishment, or its slug",
                        min_length = 3, max_length = 80, pattern = "^[a-z0-9][a-z0-9-]*$"),
                    ("part_id" = String, Path, description = "The id of the part", format = "uuid",
                        min_length = 36, max_length = 36),
                    MinRevision,
                ),
                responses((status = 200, description = "The part", body = $output)),
            )]
            #[get($one)]
            pub(super) async fn read(req: HttpRequest, at: Address, platform: Data<Platform>) -> Answer {
                edit::read::<$part>(&req, at.into_inner(), &platform).await
            }

            #[utoipa::path(
                tag = "establishments",
                operation_id = $post_id,
                summary = $post,
                description = "The establishment must be within your perimeter. Its version is raised; `If-Match`, when given, is about it.",
                params(
                    ("id" = String, Path, description = "The id of the establishment, or its slug",
                        min_length = 3, max_length = 80, pattern = "^[a-z0-9][a-z0-9-]*$"),
                    ("If-Match" = Option<String>, Header, description = "A tag of the establishment's version, or `*`",
                        min_length = 1, max_length = 1000),
                ),
                request_body(content = $input, content_type = "application/json"),
                responses((status = 201, description = "The part", body = $output,
                    headers(("Location" = String, description = "Where the part is read")))),
            )]
            #[post($list)]
            pub(super) async fn create(
                caller: Caller<EstablishmentsWrite>,
                req: HttpRequest,
                at: Path<String>,
                body: JsonBody,
                platform: Data<Platform>,
            ) -> Answer {
                let (body, once) = body.once(&req, &caller).await?;
                Params::none(&req)?;
                let write = Write::new(&caller, &req, &platform)?.once(once);
                edit::create::<$part>(&req, write, at.into_inner(), body, &platform).await
            }

            #[utoipa::path(
                tag = "establishments",
                operation_id = $put_id,
                summary = $put,
                description = "What is absent from the body is not known any more. The version of the establishment is raised too.",
                params(
                    ("id" = String, Path, description = "The id of the establishment, or its slug",
                        min_length = 3, max_length = 80, pattern = "^[a-z0-9][a-z0-9-]*$"),
                    ("part_id" = String, Path, description = "The id of the part", format = "uuid",
                        min_length = 36, max_length = 36),
                    ("If-Match" = String, Header, description = "A tag of the part's version, or `*`",
                        min_length = 1, max_length = 1000),
                ),
                request_body(content = $input, content_type = "application/json"),
                responses((status = 200, description = "The part once replaced", body = $output)),
            )]
            #[put($one)]
            pub(super) async fn replace(
                caller: Caller<EstablishmentsWrite>,
                req: HttpRequest,
                at: Address,
                body: JsonBody,
                platform: Data<Platform>,
            ) -> Answer {
                let body = Sent::Whole(body.representation().await?);
                Params::none(&req)?;
                let write = Write::new(&caller, &req, &platform)?;
                edit::change::<$part>(&req, write, at.into_inner(), body, &platform).await
            }

            #[utoipa::path(
                tag = "establishments",
                operation_id = $patch_id,
                summary = $patch_summary,
                description = "A merge patch (RFC 7396): what is absent stays, `null` removes, a list is replaced whole. The version of the establishment is raised too.",
                params(
                    ("id" = String, Path, description = "The id of the establishment, or its slug",
                        min_length = 3, max_length = 80, pattern = "^[a-z0-9][a-z0-9-]*$"),
                    ("part_id" = String, Path, description = "The id of the part", format = "uuid",
                        min_length = 36, max_length = 36),
                    ("If-Match" = String, Header, description = "A tag of the part's version, or `*`",
                        min_length = 1, max_length = 1000),
                ),
                request_body(content(
                    ($patch = "application/merge-patch+json"),
                    ($patch = "application/json"),
                )),
                responses((status = 200, description = "The part once changed", body = $output)),
            )]
            #[patch($one)]
            pub(super) async fn change(
                caller: Caller<EstablishmentsWrite>,
                req: HttpRequest,
                at: Address,
                body: JsonBody,
                platform: Data<Platform>,
            ) -> Answer {
                let body = Sent::Patch(body.merge_patch().await?);
                Params::none(&req)?;
                let write = Write::new(&caller, &req, &platform)?;
                edit::change::<$part>(&req, write, at.into_inner(), body, &platform).await
            }

            #[utoipa::path(
                tag = "establishments",
                operation_id = $delete_id,
                summary = $delete,
                description = "The version of the establishment is raised. A zone that another part names is refused.",
                params(
                    ("id" = String, Path, description = "The id of the establishment, or its slug",
                        min_length = 3, max_length = 80, pattern = "^[a-z0-9][a-z0-9-]*$"),
                    ("part_id" = String, Path, description = "The id of the part", format = "uuid",
                        min_length = 36, max_length = 36),
                    ("If-Match" = String, Header, description = "A tag of the part's version, or `*`",
                        min_length = 1, max_length = 1000),
                ),
                responses(
                    (status = 204, description = "The part is gone"),
                    (status = 409, description = "Another part names it", body = Problem,
                        content_type = "application/problem+json"),
                ),
            )]
            #[delete($one)]
            pub(super) async fn delete(
                caller: Caller<EstablishmentsWrite>,
                req: HttpRequest,
                at: Address,
                platform: Data<Platform>,
            ) -> Answer {
                Params::none(&req)?;
                let write = Write::new(&caller, &req, &platform)?;
                edit::delete::<$part>(&req, write, at.into_inner(), &platform).await
            }

            pub(super) fn configure(config: &mut Routes<'_, '_>) {
                config
                    .service(read)
                    .service(create)
                    .service(replace)
                    .service(change)
                    .service(delete);
            }
        }
    };
}

part_routes! {
    zones: Zone, ZoneOutput, ZoneInput, ZonePatch,
    "/v1/establishments/{id}/zones", "/v1/establishments/{id}/zones/{part_id}" {
        "getZone" "Read a production zone",
        "createZone" "Add a production zone",
        "replaceZone" "Replace a production zone",
        "updateZone" "Change a production zone",
        "deleteZone" "Remove a production zone",
    }
}

part_routes! {
    storage_areas: StorageArea, StorageAreaOutput, StorageAreaInput, StorageAreaPatch,
    "/v1/establishments/{id}/storage-areas", "/v1/establishments/{id}/storage-areas/{part_id}" {
        "getStorageArea" "Read a storage area",
        "createStorageArea" "Add a storage area",
        "replaceStorageArea" "Replace a storage area",
        "updateStorageArea" "Change a storage area",
        "deleteStorageArea" "Remove a storage area",
    }
}

part_routes! {
    docks: Dock, DockOutput, DockInput, DockPatch,
    "/v1/establishments/{id}/docks", "/v1/establishments/{id}/docks/{part_id}" {
        "getDock" "Read a loading dock",
        "createDock" "Add a loading dock",
        "replaceDock" "Replace a loading dock",
        "updateDock" "Change a loading dock",
        "deleteDock" "Remove a loading dock",
    }
}

part_routes! {
    activities: ActivityInPlace, ActivityOutput, ActivityInput, ActivityPatch,
    "/v1/establishments/{id}/activities", "/v1/establishments/{id}/activities/{part_id}" {
        "getActivityInPlace" "Read an activity in place",
        "createActivityInPlace" "Add an activity in place",
        "replaceActivityInPlace" "Replace an activity in place",
        "updateActivityInPlace" "Change an activity in place",
        "deleteActivityInPlace" "Remove an activity in place",
    }
}

part_routes! {
    possible_activities: PossibleActivity, PossibleActivityOutput, PossibleActivityInput, PossibleActivityPatch,
    "/v1/establishments/{id}/possible-activities", "/v1/establishments/{id}/possible-activities/{part_id}" {
        "getPossibleActivity" "Read an activity that could be",
        "createPossibleActivity" "Add an activity that could be",
        "replacePossibleActivity" "Replace an activity that could be",
        "updatePossibleActivity" "Change an activity that could be",
        "deletePossibleActivity" "Remove an activity that could be",
    }
}

part_routes! {
    contacts: Contact, ContactOutput, ContactInput, ContactPatch,
    "/v1/establishments/{id}/contacts", "/v1/establishments/{id}/contacts/{part_id}" {
        "getContact" "Read a contact of an establishment",
        "createContact" "Add a contact to an establishment",
        "replaceContact" "Replace a contact of an establishment",
        "updateContact" "Change a contact of an establishment",
        "deleteContact" "Remove a contact of an establishment",
    }
}

/// The routes of every kind.
pub(crate) fn configure(config: &mut Routes<'_, '_>) {
    zones::configure(config);
    storage_areas::configure(config);
    docks::configure(config);
    activities::configure(config);
    possible_activities::configure(config);
    contacts::configure(config);
}
