//! A code with its official French label, as it is written in every answer.

use std::{borrow::Cow, marker::PhantomData};

use domain::kernel::Code;
use serde::{Deserialize, Deserializer, Serialize, de};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Type, schema::Schema},
};

/// A code and its label; `T` is the list the code comes from, which the document enumerates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Coded<T: Code> {
    /// The code.
    pub code: &'static str,
    /// The official French label.
    pub label: &'static str,
    #[serde(skip)]
    list: PhantomData<T>,
}

impl<T: Code> From<T> for Coded<T> {
    fn from(value: T) -> Self {
        Self {
            code: value.code(),
            label: value.label(),
            list: PhantomData,
        }
    }
}

/// Read back from what was written: the code alone says which value it is.
impl<'de, T: Code> Deserialize<'de> for Coded<T> {
    fn deserialize<D: Deserializer<'de>>(written: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Written<'w> {
            #[serde(borrow)]
            code: Cow<'w, str>,
        }
        let Written { code } = Written::deserialize(written)?;
        let value = T::parse(&code);
        value
            .map(Self::from)
            .ok_or_else(|| de::Error::custom(format_args!("no code of {}: {code}", T::LIST.name)))
    }
}

impl<T: Code> PartialSchema for Coded<T> {
    fn schema() -> RefOr<Schema> {
        let items = T::items();
        let first = items.first().copied();
        let code = ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("The code."))
            .enum_values(Some(items.iter().map(|item| item.code)))
            .examples(first.map(|item| item.code));
        let label = ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("The official French label."))
            .max_length(Some(300))
            .examples(first.map(|item| item.label));
        let kind = if T::LIST.open { "open" } else { "closed" };
        ObjectBuilder::new()
            .description(Some(format!(
                "{}: a code of `/v1/code-lists/{}` ({kind} list) with its label.",
                T::LIST.title,
                T::LIST.name
            )))
            .property("code", code)
            .required("code")
            .property("label", label)
            .required("label")
            .into()
    }
}

impl<T: Code> ToSchema for Coded<T> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("Coded{}", capitalised(T::LIST.name)))
    }
}

/// A bare code, as a parameter or a body takes it; `T` is the list the code comes from.
#[derive(Debug, Clone, Copy)]
pub struct Bare<T>(PhantomData<T>);

impl<T: Code> PartialSchema for Bare<T> {
    fn schema() -> RefOr<Schema> {
        let codes = T::items().into_iter().map(|item| item.code);
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(format!(
                "A code of `/v1/code-lists/{}`.",
                T::LIST.name
            )))
            .enum_values(Some(codes))
            .into()
    }
}

impl<T: Code> ToSchema for Bare<T> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Code", capitalised(T::LIST.name)))
    }
}

/// `work-regimes` → `WorkRegimes`.
fn capitalised(list: &str) -> String {
    let capitals = list.split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| {
            first.to_uppercase().chain(letters).collect::<String>()
        })
    });
    capitals.collect()
}

/// A code of a nomenclature that is data (a commune, an activity) with its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Labelled {
    /// The code.
    #[schema(max_length = 40, example = "33063")]
    pub code: Cow<'static, str>,
    /// The official French label.
    #[schema(max_length = 300, example = "Bordeaux")]
    pub label: Cow<'static, str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    domain::kernel::code_list! {
        /// A list for this test.
        pub Light, "work-lights", "Éclairages", closed, unordered {
            Natural = "natural", "Naturel";
            Artificial = "artificial", "Artificiel";
        }
    }

    #[test]
    fn a_code_travels_with_its_label() {
        let written = serde_json::to_value(Coded::from(Light::Natural)).unwrap();
        assert_eq!(
            written,
            serde_json::json!({"code": "natural", "label": "Naturel"})
        );
    }

    #[test]
    fn what_was_written_is_read_back() {
        let written = serde_json::to_string(&Coded::from(Light::Natural)).unwrap();
        let read: Coded<Light> = serde_json::from_str(&written).unwrap();
        assert_eq!(read, Coded::from(Light::Natural));
        assert!(serde_json::from_str::<Coded<Light>>(r#"{"code":"dim","label":"-"}"#).is_err());
    }

    #[test]
    fn the_document_lists_the_codes() {
        let schema = serde_json::to_value(Coded::<Light>::schema()).unwrap();
        let codes = &schema["properties"]["code"]["enum"];
        assert_eq!(*codes, serde_json::json!(["natural", "artificial"]));
        assert_eq!(Coded::<Light>::name(), "CodedWorkLights");
    }
}
