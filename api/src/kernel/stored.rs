//! What was written as JSON and kept so, read back as it was.

use std::borrow::Cow;

use domain::kernel::Code;
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::value::RawValue;

/// A number to its last bit: the reader of JSON itself may be off by one.
pub(crate) fn exact<'de, D: Deserializer<'de>>(written: D) -> Result<f64, D::Error> {
    let figures = <&RawValue>::deserialize(written)?.get();
    figures.parse().map_err(Error::custom)
}

/// The same of a number that may be absent.
pub(crate) fn exact_if_any<'de, D: Deserializer<'de>>(written: D) -> Result<Option<f64>, D::Error> {
    exact(written).map(Some)
}

/// A bare code of the list `T`.
pub(crate) fn code<'de, T: Code, D: Deserializer<'de>>(written: D) -> Result<T, D::Error> {
    let code = <Cow<'_, str>>::deserialize(written)?;
    T::parse(&code)
        .ok_or_else(|| Error::custom(format_args!("no code of {}: {code}", T::LIST.name)))
}

#[cfg(test)]
mod tests {
    use domain::kernel::GeoPrecision;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Stored {
        #[serde(deserialize_with = "exact")]
        number: f64,
        #[serde(default, deserialize_with = "exact_if_any")]
        other: Option<f64>,
        #[serde(deserialize_with = "code::<GeoPrecision, _>")]
        precision: GeoPrecision,
    }

    #[test]
    fn numbers_are_read_to_the_last_bit() {
        for number in [
            51.248_171_138_684_14,
            5e-324,
            0.1,
            -0.0,
            1e300,
            17.333_333_333_333_332,
        ] {
            let written = serde_json::to_string(&number).unwrap();
            let object = format!(r#"{{"number":{written},"precision":"site"}}"#);
            let read: Stored = serde_json::from_str(&object).unwrap();
            assert_eq!(read.number.to_bits(), f64::to_bits(number), "{written}");
            assert_eq!((read.other, read.precision), (None, GeoPrecision::Site));
        }
    }

    #[test]
    fn a_code_of_no_list_is_refused() {
        let object = r#"{"number":1,"other":2,"precision":"country"}"#;
        assert!(serde_json::from_str::<Stored>(object).is_err());
        let object = object.replace("country", "commune");
        let read: Stored = serde_json::from_str(&object).unwrap();
        assert_eq!(read.other, Some(2.0));
    }
}
