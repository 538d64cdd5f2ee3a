//! JSON in which an object is an object: serde would also take a list of a struct's fields in their order.

use serde::{
    Deserializer,
    de::{
        Error as _, IntoDeserializer, Unexpected, Visitor,
        value::{MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_json::{Error, Value};

/// A value, read strictly.
#[derive(Debug)]
pub(super) struct Strict(pub(super) Value);

impl<'de> Deserializer<'de> for Strict {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(items) => {
                let mut items = SeqDeserializer::new(items.into_iter().map(Strict));
                let seen = visitor.visit_seq(&mut items)?;
                items.end().map(|()| seen)
            }
            Value::Object(fields) => {
                let mut fields =
                    MapDeserializer::new(fields.into_iter().map(|(name, value)| (name, Strict(value))));
                let seen = visitor.visit_map(&mut fields)?;
                fields.end().map(|()| seen)
            }
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.0.is_array() {
            return Err(Error::invalid_type(Unexpected::Seq, &"an object"));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

impl IntoDeserializer<'_, Error> for Strict {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::collections::BTreeMap;

    use serde::{Deserialize, de::DeserializeOwned};
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "snake_case")]
    enum Word {
        One,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Inner {
        number: u8,
        words: Vec<Word>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        inner: Option<Inner>,
        #[serde(default)]
        rest: BTreeMap<String, Value>,
    }

    fn read<T: DeserializeOwned>(value: Value) -> Result<T, String> {
        T::deserialize(Strict(value)).map_err(|error| error.to_string())
    }

    #[test]
    fn good_json_reads_as_ever() {
        let value =
            json!({ "inner": { "number": 7, "words": ["one"] }, "rest": { "a": [1, { "b": null }] } });
        let read: Outer = read(value.clone()).unwrap();
        assert_eq!(read, serde_json::from_value(value).unwrap());
        assert_eq!(self::read::<Outer>(json!({ "inner": null })).unwrap().inner, None);
        assert_eq!(self::read::<Value>(json!([1, { "a": 1.5 }])).unwrap(), json!([1, { "a": 1.5 }]));
    }

    #[test]
    fn a_list_is_no_object() {
        for value in [json!([null, {}]), json!({ "inner": [7, ["one"]] })] {
            let refused = read::<Outer>(value).unwrap_err();
            assert!(refused.contains("expected an object"), "{refused}");
        }
        for value in [json!({ "inner": { "number": -1, "words": [] } }), json!({ "other": 1 }), json!("x")] {
            read::<Outer>(value).unwrap_err();
        }
    }
}
