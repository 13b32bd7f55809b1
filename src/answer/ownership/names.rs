//! Lists of names in sentences.

use crate::graph::Entity;

/// The most names listed; the rest are counted.
const NAMED: usize = 6;

/// "Ann, Bo and Cy", "Ann, Bo, ... and 12 more".
pub(super) fn several<'g>(entities: &[Entity<'g>], name: impl Fn(Entity<'g>) -> String) -> String {
    let mut names: Vec<String> = entities.iter().take(NAMED).map(|one| name(*one)).collect();
    if entities.len() > NAMED {
        names.push(format!("{} more", entities.len() - NAMED));
    }
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}
