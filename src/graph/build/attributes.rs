//! Attributes, held against the row of their kind of fact.

use crate::model::vocabulary::AttributeType;
use crate::model::{AttributeValue, FactRecord};

/// Whether a fact has attributes that its kind has not, or of another type, or one twice; only a program can make it.
pub(crate) fn has_odd_attributes(fact: &FactRecord) -> bool {
    let row = fact.kind.row();
    fact.attributes.iter().enumerate().any(|(n, (attribute, value))| {
        let is_right = row.attribute(*attribute).is_some_and(|own| is_of_type(value, own.values));
        !is_right || fact.attributes.iter().take(n).any(|(other, _)| other == attribute)
    })
}

pub(crate) fn is_of_type(value: &AttributeValue, values: AttributeType) -> bool {
    match (value, values) {
        (AttributeValue::Text(_), AttributeType::Text)
        | (AttributeValue::Share(_), AttributeType::Share)
        | (AttributeValue::Flag(_), AttributeType::Flag) => true,
        (AttributeValue::Choice(word), AttributeType::Choice(words)) => {
            words.iter().any(|choice| choice.name == *word)
        }
        _ => false,
    }
}
