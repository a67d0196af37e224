//! The activities and their nomenclatures.

use crate::support::{Parts, on};

#[test]
fn the_31_activities_carry_their_nomenclatures() {
    on(Parts::Real, |server| {
        let list = server.get("/v1/activities?limit=100").json();
        assert_eq!(list["total"], 31);
        let joinery = server.get("/v1/activities/joinery").json();
        assert_eq!(joinery["label"], "Menuiserie, mobilier bois");
        assert_eq!(joinery["family"]["code"], "wood_furniture");
        let text = joinery.to_string();
        for expected in ["31.01Z", "H2206", "naf-rev2"] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
        server
            .get("/v1/activities/mining")
            .problem(404, "not-found");
    });
}

#[test]
fn activities_are_filtered() {
    on(Parts::Real, |server| {
        let codes = |query: &str| -> Vec<String> {
            let list = server
                .get(&format!("/v1/activities?limit=100&{query}"))
                .json();
            let items = list["items"].as_array().unwrap();
            items
                .iter()
                .map(|i| i["code"].as_str().unwrap().to_owned())
                .collect()
        };
        let mut wood = codes("family=wood_furniture");
        wood.sort();
        assert_eq!(wood, ["bedding", "joinery", "wooden_packaging"]);
        assert_eq!(codes("naf=31.01Z"), ["joinery"]);
        assert_eq!(codes("naf=3101Z"), ["joinery"], "with or without its dot");
        assert!(codes("rome=H2206").contains(&"joinery".to_owned()));
        assert!(codes("regime=iae").contains(&"bicycle_repair".to_owned()));
        assert_eq!(codes("q=menuiserie"), ["joinery"]);
        let refused = server
            .get("/v1/activities?naf=31")
            .refused("invalid-parameter");
        assert_eq!(refused[0].0, "naf");
        let refused = server
            .get("/v1/activities?q=-")
            .refused("invalid-parameter");
        assert_eq!(refused[0].0, "q", "no word");
    });
}
