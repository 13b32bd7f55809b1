//! Values for serde: the text that graph files have, read with the same checks.

use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

use super::{
    Country, Currency, Date, Day, Decimal, ExchangeRate, Isin, Lei, Money, PatentNumber, Proportion,
    Quantity, RegisterNumber, Share, Term, Territory, ValueError, WikidataId,
};

/// Reads a value from its text.
struct TextVisitor<T>(PhantomData<T>);

impl<T: FromStr<Err = ValueError>> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value in the text form of graph files")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(|error: ValueError| match error.hint() {
            Some(hint) => E::custom(format_args!("{error} ({hint})")),
            None => E::custom(error),
        })
    }
}

fn read<'de, T: FromStr<Err = ValueError>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor(PhantomData))
}

fn write<S: Serializer>(value: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

macro_rules! as_text {
    ($( $value:ident $text:literal, )+) => { $(
        #[doc = "As the text that graph files have."]
        #[doc = ""]
        #[doc = "```"]
        #[doc = concat!("use keiretsu::", stringify!($value), ";")]
        #[doc = concat!("let value: ", stringify!($value), " = \"", $text, "\".parse()?;")]
        #[doc = "let json = serde_json::to_string(&value)?;"]
        #[doc = concat!("assert_eq!(json, \"\\\"", $text, "\\\"\");")]
        #[doc = concat!("assert_eq!(serde_json::from_str::<", stringify!($value), ">(&json)?, value);")]
        #[doc = "# Ok::<(), Box<dyn std::error::Error>>(())"]
        #[doc = "```"]
        impl Serialize for $value {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                write(self, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $value {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                read(deserializer)
            }
        }
    )+ };
}

as_text! {
    Country "SE",
    Currency "USD",
    Date "2016-05~",
    Day "2016-05-31",
    Decimal "1.5",
    ExchangeRate "USD=0.92@2016",
    Isin "US5949181045",
    Lei "INR2EJN1ERAN0W5ZP974",
    Money "USD ~350 million",
    PatentNumber "US 8155091 B2",
    Quantity ">=1500",
    RegisterNumber "GB 0123456",
    Share ">25%..50%",
    Term "18 months",
    Territory "worldwide",
    WikidataId "Q42",
}

/// As the text that it prints.
impl Serialize for Proportion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write(self, serializer)
    }
}
