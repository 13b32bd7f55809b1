//! Shares that companies hold of themselves, where votes are reported: as data, and as notes below an answer.

use std::collections::BTreeSet;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::readings::stakes_of;
use super::row::OwnerRow;
use super::share_words::share_words;
use crate::analysis::{OwnShares, Ownership};
use crate::answer::{Page, counted};
use crate::graph::{Entity, Right};

/// The company and its share of itself; not what states it.
impl Serialize for OwnShares<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("company", &self.company)?;
        map.serialize_entry("share", &self.share)?;
        map.end()
    }
}

/// The own shares of some companies, in order of id.
pub(super) fn own_shares<'g>(
    ownership: &Ownership<'g>,
    companies: impl IntoIterator<Item = Entity<'g>>,
) -> Vec<OwnShares<'g>> {
    let companies: BTreeSet<Entity<'g>> = companies.into_iter().collect();
    companies.into_iter().filter_map(|company| ownership.own_shares(company)).collect()
}

/// Adds to each row about votes the own shares of its company, which is this one or the row's, and of the companies
/// on its chains.
pub(super) fn add<'g>(rows: &mut [OwnerRow<'g>], ownership: &Ownership<'g>, company: Option<Entity<'g>>) {
    for row in rows.iter_mut().filter(|row| row.test.right() == Right::Votes) {
        let on_chains = stakes_of(&row.chains).map(|stake| stake.to());
        row.own_shares = own_shares(ownership, company.or(row.entity()).into_iter().chain(on_chains));
    }
}

/// The most companies listed, unless `--why` asks for all.
const NOTED: usize = 5;

/// "own shares have no vote: Acme holds 20% of itself [1], and votes in it are parts of the rest".
pub(super) fn note<'a, 'g: 'a>(found: impl IntoIterator<Item = &'a OwnShares<'g>>, page: &mut Page<'g>) {
    let mut seen = BTreeSet::new();
    let found: Vec<&OwnShares<'g>> = found.into_iter().filter(|own| seen.insert(own.company)).collect();
    let most = if page.asks_why() { usize::MAX } else { NOTED };
    for own in found.iter().take(most) {
        let evidence: Vec<_> = own.stakes.iter().flat_map(|stake| stake.evidence()).collect();
        let cited = page.cite(&evidence);
        let (company, share) = (own.company, share_words(&own.share));
        page.line(&format!(
            "own shares have no vote: {company} holds {share} of itself{cited}, so votes in it are counted out of the rest"
        ));
    }
    if found.len() > most {
        let left = counted(found.len() - most, "more company");
        page.line(&format!("own shares of {left} have no vote either; --why lists them"));
    }
}
