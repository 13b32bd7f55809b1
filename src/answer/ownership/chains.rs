//! The chains of stakes that explain shares.

use super::row::{OwnerRow, Who};
use super::share_words::share_words;
use super::table::who;
use crate::analysis::{Chain, OwnerRule};
use crate::answer::{Page, name};
use crate::graph::{Doubt, Right};

/// The most chains that explain a share.
pub(super) const CHAINS: usize = 3;

/// "60% of Beta AG, which has 30%".
pub(super) fn way(chain: &Chain<'_>, right: Right) -> String {
    let mut parts = Vec::new();
    let last = chain.stakes.len().saturating_sub(1);
    for (n, relations) in chain.stakes.iter().enumerate() {
        let Some(relation) = relations.first() else { continue };
        let share = match relations.as_slice() {
            [one] => one.share_of(right).map_or_else(|| "some".to_owned(), |share| share.words().to_string()),
            _ => "several stakes".to_owned(),
        };
        let jointly = if relation.joint_parties().is_empty() { "" } else { "jointly " };
        let share = format!("{jointly}{share}");
        if n == last {
            parts.push(share);
        } else {
            parts.push(format!("{share} of {}", relation.to()));
        }
    }
    match parts.as_slice() {
        [first, .., _] if parts.len() > 3 => format!("{first}, and on through {} more", parts.len() - 2),
        _ => parts.join(", which has "),
    }
}

/// Notes whose end makes stakes only possible, each once.
fn doubts<'g>(rows: &[OwnerRow<'g>], page: &mut Page<'g>) {
    let stakes = rows.iter().flat_map(|row| &row.chains).flat_map(|chain| chain.stakes.iter().flatten());
    let mut noted: Vec<Doubt<'g>> = Vec::new();
    for doubt in stakes.filter_map(|stake| stake.doubt()) {
        if !noted.contains(&doubt) {
            page.line(&format!(
                "{doubt}: what it owned and who owned it is only possible since (rule {})",
                doubt.ending.rule.name()
            ));
            noted.push(doubt);
        }
    }
}

/// `--why`: for each row, the chains with the largest products, and the sources of each stake.
pub(super) fn explain<'g>(rows: &[OwnerRow<'g>], page: &mut Page<'g>) {
    doubts(rows, page);
    if !page.asks_why() {
        return;
    }
    for row in rows {
        page.gap();
        let who = row.entity().map_or_else(|| who(row), name);
        page.line(&format!("{who}: {} by the rule `{}`", share_words(&row.share), row.test.rule()));
        if matches!(row.who, Who::Together(_)) {
            page.line(if row.stakes.is_empty() {
                "  no stake of theirs"
            } else {
                "  by these stakes, nearest first"
            });
            for stake in &row.stakes {
                page.stakes(4, &[*stake], row.test.right());
            }
            continue;
        }
        if row.chains.is_empty() {
            page.line("  what returns to it");
            continue;
        }
        for chain in &row.chains {
            page.line(&format!("  {} by", share_words(&chain.product)));
            page.stakes(4, &chain.stakes.concat(), row.test.right());
        }
        if row.test.rule() == OwnerRule::Multiply && row.passes_rings() {
            page.line("  and again for every round of the rings, adjusted for its own shares");
        }
    }
}
