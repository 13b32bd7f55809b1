//! Merges lines that say the same about the same pair into one, with their count and total.

use std::collections::{BTreeMap, HashSet};

use super::size::Total;
use super::{can_be_added, remove};
use crate::diagram::compose::Composed;
use crate::diagram::scene::{Label, Line};
use crate::diagram::standing::Standing;
use crate::diagram::style::LineStyle;
use crate::diagram::words::counted;

/// The most source numbers on a merged line; more would be longer than the label itself.
const MOST_SOURCES: usize = 5;

/// What merged lines have in common.
type Same = (usize, usize, LineStyle, Standing, bool, String);

/// Merges lines of one style and verb between the same pair. Stakes stay apart, since each has its own share. Returns
/// whether any were merged.
pub(crate) fn parallels(composed: &mut Composed<'_>) -> bool {
    let mut groups: BTreeMap<Same, Vec<usize>> = BTreeMap::new();
    for (at, line) in composed.scene.lines.iter().enumerate() {
        let is_stake = line.style == LineStyle::Owns && !line.label.strong.is_empty();
        if !is_stake && composed.relations.get(at).is_some_and(|relations| !relations.is_empty()) {
            groups.entry(same(line)).or_default().push(at);
        }
    }
    let mut gone = HashSet::new();
    for lines in groups.values().filter(|lines| lines.len() > 1) {
        let Some((first, others)) = lines.split_first() else { continue };
        let mut numbers = Vec::new();
        let mut relations = Vec::new();
        for at in lines {
            numbers.extend(composed.scene.lines.get(*at).into_iter().flat_map(|line| &line.label.footnotes));
            relations.extend(composed.relations.get(*at).into_iter().flatten());
        }
        numbers.sort_unstable();
        numbers.dedup();
        let Some(line) = composed.scene.lines.get_mut(*first) else { continue };
        let total = Total::of(&relations);
        let facts = counted(lines.len(), "fact", "facts");
        line.alt_text = format!("{}: {facts}", line.alt_text);
        line.label = Label {
            strong: format!("{}: {facts}", line.label.strong),
            details: total.unknown().filter(|_| can_be_added(line.standing)).into_iter().collect(),
            amount: total.words().filter(|_| can_be_added(line.standing)),
            footnotes: if numbers.len() > MOST_SOURCES { Vec::new() } else { numbers },
            ..Label::default()
        };
        if let Some(all) = composed.relations.get_mut(*first) {
            *all = relations;
        }
        gone.extend(others.iter().copied());
    }
    remove(composed, &HashSet::new(), &gone);
    !gone.is_empty()
}

fn same(line: &Line) -> Same {
    let ends =
        if line.has_head { (line.from, line.to) } else { (line.from.min(line.to), line.from.max(line.to)) };
    (ends.0, ends.1, line.style, line.standing, line.has_head, line.label.strong.clone())
}
