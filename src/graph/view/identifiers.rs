//! Look-up by identifier.

use super::entity::Entity;
use super::view::View;
use crate::graph::store::data::GraphData;
use crate::graph::store::entity_fields::NUMBER;
use crate::graph::store::fields::Field;
use crate::graph::store::identifiers::{Asked, keys, kind_apart, letters_and_digits};
use crate::graph::store::index::EntityIx;
use crate::value::{Isin, Lei};

/// The entities that have an identifier, each with it, in id order.
pub(crate) fn find<'g>(view: View<'g>, text: &str) -> Vec<(Entity<'g>, &'g str)> {
    let Some(asked) = Asked::of(text) else { return Vec::new() };
    let data: &'g GraphData = view.data();
    let identifier = |entity: EntityIx| {
        let field = data.entities.fields(entity).find(|field| asked.fits(*field))?;
        Some((view.entity_at(entity), field.text()))
    };
    match data.identified() {
        Some(table) => {
            let mut found: Vec<EntityIx> = asked.keys().flat_map(|key| table.of(key)).collect();
            found.sort_unstable();
            found.dedup();
            found.into_iter().filter_map(identifier).collect()
        }
        None => data.entities.all().filter_map(identifier).collect(),
    }
}

/// The identifier of an entity that equals or contains the input.
pub(crate) fn part_in<'g>(asked: &Asked, entity: Entity<'g>) -> Option<&'g str> {
    entity.fields().find(|field| asked.is_in(*field)).map(Field::text)
}

/// What is wrong with an unknown identifier, if that can be told.
pub(crate) fn hint(view: View<'_>, text: &str) -> Option<String> {
    let asked = Asked::of(text)?;
    let code = letters_and_digits(text);
    let misspelt = |noun: &str, hint: Option<&str>| hint.map(|hint| format!("as {noun}: {hint}"));
    if is_code(&code, 20, 2) {
        let error = code.parse::<Lei>().err()?;
        return misspelt("an LEI", error.hint());
    }
    if is_code(&code, 12, 1) && code.chars().take(2).all(|c| c.is_ascii_alphabetic()) {
        let error = code.parse::<Isin>().err()?;
        return misspelt("an ISIN", error.hint());
    }
    let (number, _) = kind_apart(asked.plain())?;
    let is_same = |field: &Field<'_>| field.tag == NUMBER && keys(*field).iter().any(|key| key == number);
    let other = view.entities().find_map(|entity| entity.fields().find(is_same))?;
    Some(format!("`{}` is another document of that number", other.text()))
}

/// Whether a text has the length of a code and ends in this many digits.
fn is_code(text: &str, length: usize, check_digits: usize) -> bool {
    text.len() == length && text.bytes().rev().take(check_digits).all(|b| b.is_ascii_digit())
}
