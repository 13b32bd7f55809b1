//! The chains of stakes that explain shares.

use keiretsu::{Chain, Chains, Doubt, OwnerRule, OwnerTest, Owners, Right};

use super::owner_rows::{Row, Who};
use super::owner_table::who;
use super::share_words::share_words;
use crate::options::Format;
use crate::output::{Page, name};
use crate::session::Session;

/// The most chains that explain a share.
pub(super) const CHAINS: usize = 3;

/// The chains that explain the shares, and whether longer ones were left out; data output has all of them.
pub(super) fn chains<'g>(
    session: &Session,
    found: &[Owners<'g>],
    find: impl Fn(OwnerTest, usize) -> Chains<'g>,
) -> (Vec<Chains<'g>>, bool) {
    let chains: Vec<Chains<'g>> = found.iter().map(|owners| find(owners.test, session.limits.hops)).collect();
    let shows = session.options.why || session.options.format != Format::Text;
    let is_cut = shows && chains.iter().any(|chains| chains.is_cut);
    (chains, is_cut)
}

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
fn doubts<'g>(rows: &[Row<'g>], page: &mut Page<'g>) {
    let stakes = rows.iter().flat_map(|row| &row.why).flat_map(|chain| chain.stakes.iter().flatten());
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
pub(super) fn explain<'g>(rows: &[Row<'g>], page: &mut Page<'g>) {
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
        if row.why.is_empty() {
            page.line("  what returns to it");
            continue;
        }
        for chain in &row.why {
            page.line(&format!("  {} by", share_words(&chain.product)));
            page.stakes(4, &chain.stakes.concat(), row.test.right());
        }
        if row.test.rule() == OwnerRule::Multiply && row.passes_rings() {
            page.line("  and again for every round of the rings, adjusted for its own shares");
        }
    }
}
