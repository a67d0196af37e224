//! Territories as a caller reads them.

use actix_web::{
    App,
    dev::ServiceResponse,
    http::{StatusCode, header},
    test::{TestRequest, call_service, init_service, read_body_json},
    web::Data,
};
use serde_json::Value;

use super::*;
use crate::{
    config::Config,
    kernel::{embedded::reference, params::Params},
    platform::Platform,
};

const BASE: &str = "https://api.example.org";

/// What addresses answer, one after the other, to a caller who holds these tags.
async fn ask(addresses: &[&str], tags: &str) -> Vec<ServiceResponse> {
    let config = Config {
        public_url: Some(BASE.to_owned()),
        ..Config::default()
    };
    let platform = Data::new(Platform::new(config).unwrap());
    let routes = |config: &mut actix_web::web::ServiceConfig| {
        configure(&mut Routes::Served(config));
    };
    let app = init_service(App::new().app_data(platform).configure(routes)).await;
    let mut answers = Vec::new();
    for address in addresses {
        let request = TestRequest::get().uri(address);
        let request = request.insert_header((header::IF_NONE_MATCH, tags));
        answers.push(call_service(&app, request.to_request()).await);
    }
    answers
}

/// The answers to addresses, one after the other.
async fn get(addresses: &[&str]) -> Vec<(StatusCode, Value)> {
    let mut answers = Vec::new();
    for (address, answer) in addresses.iter().zip(ask(addresses, "").await) {
        let status = answer.status();
        let tag = answer.headers().contains_key(header::ETAG);
        assert_eq!(tag, status == StatusCode::OK, "{address}");
        let body = if tag {
            read_body_json(answer).await
        } else {
            Value::Null
        };
        answers.push((status, body));
    }
    answers
}

async fn one(address: &str) -> Value {
    let (status, body) = get(&[address]).await.remove(0);
    assert_eq!(status, StatusCode::OK, "{address}");
    body
}

fn codes(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().unwrap().iter();
    items.map(|item| item["code"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_commune_tells_where_it_is() {
    let body = one("/v1/territories/communes/33192").await;
    let expected = serde_json::json!({
        "code": "33192",
        "name": "Gradignan",
        "departement": {"code": "33", "name": "Gironde"},
        "region": {"code": "75", "name": "Nouvelle-Aquitaine"},
        "direction": {
            "code": "bordeaux",
            "label": "Direction interrégionale des services pénitentiaires de Bordeaux",
        },
        "postcodes": ["33170"],
        "population": 26952,
        "centre": {"lat": 44.764, "lon": -0.6173, "precision": "commune"},
        "source": body["source"],
    });
    assert_eq!(body, expected);
    assert_eq!(body["source"]["licence"], "Licence Ouverte 2.0");
    let first = one("/v1/territories/communes/75101").await;
    assert_eq!(
        first["parent"],
        serde_json::json!({"code": "75056", "name": "Paris"})
    );
}

#[actix_web::test]
async fn each_territory_has_a_sheet() {
    let region = one("/v1/territories/regions/75").await;
    assert_eq!(region["seat"]["name"], "Bordeaux");
    assert_eq!(region["direction"]["code"], "bordeaux");
    let departement = one("/v1/territories/departements/2A").await;
    assert_eq!(departement["region"]["name"], "Corse");
    assert_eq!(departement["direction"]["code"], "marseille");
    let direction = one("/v1/territories/directions/outre_mer").await;
    assert_eq!(direction["short_label"], "DSPOM");
    assert_eq!(direction["regions"].as_array().unwrap().len(), 13);
}

#[actix_web::test]
async fn communes_are_found_as_somebody_types() {
    let typed = one("/v1/territories/communes?q=saint%20eti&limit=3").await;
    assert_eq!(codes(&typed)[0], "42218");
    assert!(typed["total"].as_u64().unwrap() > 50);
    let both = one("/v1/territories/communes?q=saint&postcode=42100").await;
    assert_eq!(codes(&both), ["42218"]);
    let here = one("/v1/territories/communes?q=saint%20eti&departement=42,43&limit=100").await;
    assert!(
        codes(&here)
            .iter()
            .all(|code| code.starts_with("42") || code.starts_with("43"))
    );
    assert!(codes(&here).iter().any(|code| code.starts_with("43")));
    let nowhere = one("/v1/territories/communes?q=lyon&region=11").await;
    assert_eq!(nowhere["total"], 0);
}

#[actix_web::test]
async fn departements_are_filtered_by_region_and_directorate() {
    let of_region = one("/v1/territories/departements?region=94,53&limit=100").await;
    assert_eq!(codes(&of_region), ["22", "29", "2A", "2B", "35", "56"]);
    let both = one("/v1/territories/departements?region=94,53&direction=rennes").await;
    assert_eq!(both["total"], 4);
}

#[actix_web::test]
async fn following_next_reads_every_item_once() {
    let mut address = "/v1/territories/departements?limit=25".to_owned();
    let mut read = Vec::new();
    loop {
        let page = one(&address).await;
        assert_eq!(page["total"], 109);
        read.extend(codes(&page).into_iter().map(str::to_owned));
        let Some(next) = page["next"].as_str() else {
            break;
        };
        address = next.strip_prefix(BASE).unwrap().to_owned();
    }
    let all = reference().unwrap().territories().departements().iter();
    assert!(read.iter().eq(all.map(|it| it.code.as_str())));
}

#[actix_web::test]
async fn nothing_is_looked_for_when_the_answer_is_known() {
    let path = "/v1/territories/regions";
    let request = TestRequest::with_uri(path).to_http_request();
    let question = Params::none(&request).unwrap();
    // The cursor belongs to the question, and no region has this code: whoever looks, sees.
    let nowhere = question.next("", b"no region");
    assert_eq!(get(&[&nowhere]).await[0].0, StatusCode::BAD_REQUEST);
    let asked = [
        &nowhere,
        "/v1/territories/regions/75",
        "/v1/territories/regions/05",
        "/v1/territories/regions?limit=0",
        "/v1/territories/regions?cursor=AbC",
    ];
    let answers = ask(&asked, "*").await.into_iter();
    let statuses: Vec<u16> = answers.map(|answer| answer.status().as_u16()).collect();
    assert_eq!(statuses, [304, 304, 404, 400, 400]);
}

#[actix_web::test]
async fn what_cannot_be_used_is_refused() {
    let page = one("/v1/territories/communes?limit=1").await;
    let next = page["next"].as_str().unwrap();
    let elsewhere = format!("{}&departement=33", next.strip_prefix(BASE).unwrap());
    let refused = [
        "/v1/territories/communes?postcode=3317",
        "/v1/territories/communes?departement=99",
        "/v1/territories/communes?q=",
        "/v1/territories/communes?q=-",
        "/v1/territories/communes?name=lyon",
        "/v1/territories/communes/33192?q=lyon",
        "/v1/territories/departements?direction=nowhere",
        "/v1/territories/regions?region=75",
        elsewhere.as_str(),
    ];
    for (address, (status, _)) in refused.iter().zip(get(&refused).await) {
        assert_eq!(status, StatusCode::BAD_REQUEST, "{address}");
    }
    let absent = [
        "/v1/territories/communes/99999",
        "/v1/territories/communes/lyon",
        "/v1/territories/departements/20",
        "/v1/territories/regions/05",
        "/v1/territories/directions/brest",
    ];
    for (address, (status, _)) in absent.iter().zip(get(&absent).await) {
        assert_eq!(status, StatusCode::NOT_FOUND, "{address}");
    }
}
