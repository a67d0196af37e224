//! What matches, drawn in vector tiles: read back by another reader than their writer.

use std::collections::{BTreeMap, BTreeSet};

use prost::Message as _;
use serde_json::Value;

use crate::support::{Answer, Client, Parts, Server, on};

/// The messages of the specification (Mapbox Vector Tile 2.1, appendix A).
mod read {
    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Tile {
        #[prost(message, repeated, tag = "3")]
        pub(super) layers: Vec<Layer>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Layer {
        #[prost(uint32, required, tag = "15")]
        pub(super) version: u32,
        #[prost(string, required, tag = "1")]
        pub(super) name: String,
        #[prost(message, repeated, tag = "2")]
        pub(super) features: Vec<Feature>,
        #[prost(string, repeated, tag = "3")]
        pub(super) keys: Vec<String>,
        #[prost(message, repeated, tag = "4")]
        pub(super) values: Vec<Value>,
        #[prost(uint32, optional, tag = "5")]
        pub(super) extent: Option<u32>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Feature {
        #[prost(uint64, optional, tag = "1")]
        pub(super) id: Option<u64>,
        #[prost(uint32, repeated, packed = "true", tag = "2")]
        pub(super) tags: Vec<u32>,
        #[prost(int32, optional, tag = "3")]
        pub(super) kind: Option<i32>,
        #[prost(uint32, repeated, packed = "true", tag = "4")]
        pub(super) geometry: Vec<u32>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Value {
        #[prost(string, optional, tag = "1")]
        pub(super) text: Option<String>,
        #[prost(uint64, optional, tag = "5")]
        pub(super) count: Option<u64>,
    }
}

/// A point of a tile: its column and row among 4096, and what it says.
struct Point {
    place: (u32, u32),
    said: BTreeMap<String, Value>,
}

impl Point {
    fn count(&self) -> u64 {
        self.said["count"].as_u64().unwrap()
    }
}

/// The points of a tile, which must be as the specification wants it.
#[track_caller]
fn points(answer: &Answer, layer: &str) -> Vec<Point> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let kind = answer.header("content-type");
    assert_eq!(kind, "application/vnd.mapbox-vector-tile");
    let tile = read::Tile::decode(answer.body.as_slice()).unwrap();
    assert_eq!(tile.layers.is_empty(), answer.body.is_empty());
    let mut points = Vec::new();
    for own in &tile.layers {
        assert_eq!(
            (own.version, own.name.as_str(), own.extent),
            (2, layer, Some(4096))
        );
        assert!(!own.features.is_empty());
        let keys: BTreeSet<&String> = own.keys.iter().collect();
        assert_eq!(keys.len(), own.keys.len(), "a key is written once");
        points.extend(own.features.iter().map(|feature| point(own, feature)));
    }
    assert!(tile.layers.len() <= 1);
    points
}

fn point(layer: &read::Layer, feature: &read::Feature) -> Point {
    assert_eq!((feature.id, feature.kind), (None, Some(1)));
    let [command, x, y] = feature.geometry[..] else {
        panic!("one point: {:?}", feature.geometry);
    };
    assert_eq!(command, 9, "move to one place");
    assert!(
        x % 2 == 0 && y % 2 == 0 && x < 8192 && y < 8192,
        "inside the tile"
    );
    let place = |place: u32| usize::try_from(place).unwrap();
    let pairs = feature.tags.chunks(2).map(|pair| {
        let value = &layer.values[place(pair[1])];
        let value = match (&value.text, value.count) {
            (Some(text), None) => Value::from(text.as_str()),
            (None, Some(count)) => Value::from(count),
            other => panic!("one value: {other:?}"),
        };
        (layer.keys[place(pair[0])].clone(), value)
    });
    Point {
        place: (x / 2, y / 2),
        said: pairs.collect(),
    }
}

fn tile(server: &Server, resource: &str, address: &str, question: &str) -> Vec<Point> {
    let path = format!("/v1/tiles/{resource}/{address}.mvt?{question}");
    points(&server.get(&path), resource)
}

/// Column and row of a position among all of a zoom, and within its tile among 4096.
fn place(position: &Value, zoom: i32) -> ((u32, u32), (u32, u32)) {
    let (lat, lon) = (
        position["lat"].as_f64().unwrap(),
        position["lon"].as_f64().unwrap(),
    );
    let (lat, tiles) = (lat.to_radians(), 2f64.powi(zoom));
    let x = (lon + 180.0) / 360.0 * tiles;
    let y = (1.0 - (lat.tan() + lat.cos().recip()).ln() / std::f64::consts::PI) / 2.0 * tiles;
    #[expect(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "columns and rows are far fewer than 2^32"
    )]
    let whole = |value: f64| value.floor() as u32;
    (
        (whole(x), whole(y)),
        (whole(x.fract() * 4096.0), whole(y.fract() * 4096.0)),
    )
}

/// The counts of all tiles of a zoom.
fn counted(server: &Server, resource: &str, zoom: u32, question: &str) -> u64 {
    let side = 2u32.pow(zoom);
    let all = (0..side).flat_map(|x| (0..side).map(move |y| (x, y)));
    all.flat_map(|(x, y)| tile(server, resource, &format!("{zoom}/{x}/{y}"), question))
        .map(|point| point.count())
        .sum()
}

#[test]
fn the_counts_of_all_tiles_of_a_zoom_add_up_to_the_total_of_the_list() {
    on(Parts::Demo, |server| {
        for (resource, question) in [
            ("establishments", ""),
            ("establishments", "kind=ma&region=84"),
            ("offers", ""),
            ("offers", "kind=tig&q=espaces"),
        ] {
            let items = server.walk(&format!("/v1/{resource}?limit=100&{question}"));
            let placed = items.iter().filter(|item| item["position"].is_object());
            let placed = u64::try_from(placed.count()).unwrap();
            assert!(placed > 0);
            for zoom in [0, 1, 3] {
                let counted = counted(server, resource, zoom, question);
                assert_eq!(counted, placed, "{resource} {question} {zoom}");
            }
        }
    });
}

#[test]
fn an_object_by_itself_is_where_it_is_and_says_what_a_map_needs() {
    on(Parts::Demo, |server| {
        let prisons = server.walk("/v1/establishments?limit=100&commune=33192");
        let prison = prisons.first().unwrap();
        let offers = server.walk("/v1/offers?limit=100&kind=employment&departement=33");
        let offer = offers.first().unwrap();
        for (resource, object, name) in [
            ("establishments", prison, "name"),
            ("offers", offer, "title"),
        ] {
            for zoom in [12, 17, 22] {
                let ((x, y), inside) = place(&object["position"], zoom);
                let points = tile(server, resource, &format!("{zoom}/{x}/{y}"), "");
                let own = points
                    .iter()
                    .find(|it| it.said.get("id") == Some(&object["id"]));
                let own = own.unwrap_or_else(|| panic!("{resource} {zoom}"));
                assert_eq!(own.place, inside, "{zoom}");
                let said: Vec<(&str, &Value)> = own
                    .said
                    .iter()
                    .map(|(name, value)| (name.as_str(), value))
                    .collect();
                let one = Value::from(1);
                let mut expected = vec![
                    ("count", &one),
                    ("id", &object["id"]),
                    ("kind", &object["kind"]["code"]),
                    (name, &object[name]),
                    ("url", &object["url"]),
                ];
                expected.sort_by_key(|(name, _)| *name);
                assert_eq!(said, expected);
            }
        }
    });
}

#[test]
fn what_is_together_is_one_point_until_the_map_is_close() {
    on(Parts::Demo, |server| {
        let far = tile(server, "offers", "0/0/0", "");
        assert!(far.len() <= 64, "{}", far.len());
        assert!(far.iter().any(|point| point.count() > 1));
        for point in &far {
            assert_eq!(point.said.contains_key("id"), point.count() == 1);
        }
        let offers = server.walk("/v1/offers?limit=100&region=75");
        let placed: Vec<&Value> = offers
            .iter()
            .filter(|it| it["position"].is_object())
            .collect();
        let mut close = 0;
        for offer in placed.iter().take(12) {
            let ((x, y), _) = place(&offer["position"], 12);
            for point in tile(server, "offers", &format!("12/{x}/{y}"), "region=75") {
                assert!(point.count() == 1 || point.count() > 64);
                close += 1;
            }
        }
        assert!(close > 0);
    });
}

#[test]
fn a_tile_in_which_nothing_matches_is_empty() {
    on(Parts::Real, |server| {
        let answer = server.get("/v1/tiles/establishments/4/15/2.mvt");
        assert!(points(&answer, "establishments").is_empty());
        assert!(answer.body.is_empty());
        assert!(!answer.header("etag").is_empty());
    });
}

#[test]
fn a_tile_that_does_not_exist_is_not_found() {
    on(Parts::Real, |server| {
        for address in [
            "23/0/0.mvt",
            "0/1/0.mvt",
            "0/0/1.mvt",
            "3/8/0.mvt",
            "-1/0/0.mvt",
            "0/0/-0.mvt",
            "0/00/0.mvt",
            "1/+1/0.mvt",
            "1/a/0.mvt",
            "99999999999/0/0.mvt",
            "0/0/0",
            "0/0/0.png",
            "0/0/.mvt",
        ] {
            let answer = server.get(&format!("/v1/tiles/establishments/{address}"));
            answer.problem(404, "not-found");
        }
        server
            .get("/v1/tiles/partners/0/0/0.mvt")
            .problem(404, "not-found");
        let refused = server.get("/v1/tiles/offers/0/0/0.mvt?bbox=1,2,3,4");
        refused.refused("unknown-parameter");
    });
}

#[test]
fn a_tile_is_cached_as_the_list_is_and_seen_by_whom_the_list_is() {
    on(Parts::Demo, |server| {
        let path = "/v1/tiles/offers/0/0/0.mvt";
        let tile = server.get(path);
        assert!(
            tile.header("cache-control")
                .starts_with("public, max-age=60")
        );
        assert_eq!(
            tile.header("vary"),
            "Accept, Accept-Encoding, Authorization"
        );
        assert!(!tile.header("catalogue-revision").is_empty());
        let again = server.get_with(path, &[("If-None-Match", tile.header("etag"))]);
        assert_eq!((again.status, again.body.len()), (304, 0));
        let smaller = server.get_with(path, &[("Accept-Encoding", "gzip")]);
        assert_eq!(smaller.header("content-encoding"), "gzip");
        assert_ne!(smaller.header("etag"), tile.header("etag"));
        server
            .get_with(path, &[("Accept", "application/json")])
            .problem(406, "not-acceptable");

        let agency = Client::new(server, "agency", "", "offers:read-restricted");
        let all = agency.get(path);
        assert_eq!(all.header("cache-control"), "private, no-cache");
        let total = |answer: &Answer| {
            points(answer, "offers")
                .iter()
                .map(Point::count)
                .sum::<u64>()
        };
        assert!(total(&tile) < total(&all));
    });
}
