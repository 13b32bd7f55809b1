//! Checks attributes against the vocabulary row of their kind of fact.

use crate::model::vocabulary::AttributeType;
use crate::model::{AttributeValue, FactRecord};

/// Whether a fact has an attribute unknown to its kind, of the wrong type, or given twice. Only a program can build
/// such a fact.
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
