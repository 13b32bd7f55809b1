//! Questions who partners with whom.

use super::partner_search::Search;
use super::traversal::{Outcome, StoppedBy};
use crate::graph::{Entity, Relation, View};
use crate::limits::Limits;

/// A partner, and what makes it one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Partner<'g> {
    /// Whose partner it is.
    pub company: Entity<'g>,
    /// The partner.
    pub partner: Entity<'g>,
    /// How many partnerships away: 1 is a direct partner.
    pub hops: usize,
    /// Direct: every relation that makes it one, the earliest first. Further away: one shortest chain that leads
    /// there, from the company on.
    pub relations: Vec<Relation<'g>>,
}

/// The question who partners with whom, all pairs of direct partners; built up, then run.
///
/// Partners are those whom a `PartnersWith` relation joins, partners in a joint venture among them. A
/// partnership that is only sought, or was called off, does not count.
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is run"]
pub struct PartnerPairs<'g> {
    view: View<'g>,
    terms: Terms,
}

/// The question with whom one company partners; built up, then run.
///
/// Who is a partner is as for [`PartnerPairs`].
///
/// ```
/// # use keiretsu::Graph;
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
///     facts: [
///         Partnership(between: ["a", "b"], unsourced: true),
///         Supply(supplier: "a", customer: "c", unsourced: true),
///     ],
/// )"#)?;
/// let a = graph.view().find("A")?;
/// let names = |found: Vec<keiretsu::Partner<'_>>| found.iter().map(|p| p.partner.name().to_owned()).collect::<Vec<_>>();
/// assert_eq!(names(a.partners().run().0), ["B"]);
/// assert_eq!(names(a.partners().broad().run().0), ["B", "C"]);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is run"]
pub struct Partners<'g> {
    company: Entity<'g>,
    hops: usize,
    group: bool,
    terms: Terms,
}

/// The question which direct partners two companies share; built up, then run.
///
/// Who is a partner is as for [`PartnerPairs`].
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is run"]
pub struct SharedPartners<'g> {
    company: Entity<'g>,
    other: Entity<'g>,
    group: bool,
    terms: Terms,
}

/// What counts as a partnership, and how much may be searched.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    pub(super) broad: bool,
    pub(super) limits: Limits,
}

impl<'g> View<'g> {
    /// Asks who partners with whom: all pairs, direct partnerships only.
    pub fn partners(self) -> PartnerPairs<'g> {
        PartnerPairs { view: self, terms: Terms::default() }
    }
}

impl<'g> Entity<'g> {
    /// Asks for its partners: at first direct ones only.
    pub fn partners(self) -> Partners<'g> {
        Partners { company: self, hops: 1, group: false, terms: Terms::default() }
    }

    /// Asks for the direct partners that it shares with another, each with the relations to both. With an entity of another
    /// graph it shares none.
    pub fn shared_partners(self, other: Self) -> SharedPartners<'g> {
        let other = self.view().adopt(other).unwrap_or(other);
        SharedPartners { company: self, other, group: false, terms: Terms::default() }
    }
}

impl<'g> PartnerPairs<'g> {
    /// Counts agreements, shared alliances, trade and rights between organisations too; never ownership,
    /// rivalry or mere links.
    pub const fn broad(mut self) -> Self {
        self.terms.broad = true;
        self
    }

    /// Bounds the search.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.terms.limits = limits;
        self
    }

    /// The pairs, by name of the first, then by name of the second; and whether these are all.
    #[must_use]
    pub fn run(&self) -> (Vec<Partner<'g>>, Outcome) {
        found(|partners| Search::new(&self.terms, false).all_pairs(self.view, partners))
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn view(&self) -> View<'g> {
        self.view
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn is_broad(&self) -> bool {
        self.terms.broad
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn most_rows(&self) -> usize {
        self.terms.limits.rows
    }
}

impl<'g> Partners<'g> {
    /// Partners of partners, up to so many partnerships away.
    pub const fn hops(mut self, hops: usize) -> Self {
        self.hops = hops;
        self
    }

    /// Counts agreements, shared alliances, trade and rights between organisations too; never ownership,
    /// rivalry or mere links.
    pub const fn broad(mut self) -> Self {
        self.terms.broad = true;
        self
    }

    /// Counts the company's units and subsidiaries as the company.
    pub const fn group(mut self) -> Self {
        self.group = true;
        self
    }

    /// Bounds the search.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.terms.limits = limits;
        self
    }

    /// The partners, the nearest first, then by name; and whether these are all.
    #[must_use]
    pub fn run(&self) -> (Vec<Partner<'g>>, Outcome) {
        found(|partners| Search::new(&self.terms, self.group).around(self.company, self.hops, partners))
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn company(&self) -> Entity<'g> {
        self.company
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn is_broad(&self) -> bool {
        self.terms.broad
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn most_rows(&self) -> usize {
        self.terms.limits.rows
    }
}

impl<'g> SharedPartners<'g> {
    /// Counts agreements, shared alliances, trade and rights between organisations too; never ownership,
    /// rivalry or mere links.
    pub const fn broad(mut self) -> Self {
        self.terms.broad = true;
        self
    }

    /// Counts the units and subsidiaries of either company as the company.
    pub const fn group(mut self) -> Self {
        self.group = true;
        self
    }

    /// Bounds the search.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.terms.limits = limits;
        self
    }

    /// The partners, by name; and whether these are all.
    #[must_use]
    pub fn run(&self) -> (Vec<Partner<'g>>, Outcome) {
        found(|partners| Search::new(&self.terms, self.group).shared(self.company, self.other, partners))
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn companies(&self) -> [Entity<'g>; 2] {
        [self.company, self.other]
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn is_broad(&self) -> bool {
        self.terms.broad
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn most_rows(&self) -> usize {
        self.terms.limits.rows
    }
}

/// What a search finds, in order: by the company, then the nearest first, then by name.
fn found<'g>(
    search: impl FnOnce(&mut Vec<Partner<'g>>) -> Result<(), StoppedBy>,
) -> (Vec<Partner<'g>>, Outcome) {
    let mut partners = Vec::new();
    let outcome = search(&mut partners);
    partners.sort_by(|a, b| order(a).cmp(&order(b)));
    (partners, outcome.map_or_else(Outcome::Stopped, |()| Outcome::Complete))
}

fn order<'p>(partner: &'p Partner<'_>) -> (&'p str, &'p str, usize, &'p str, &'p str) {
    let (company, other) = (partner.company, partner.partner);
    (company.name(), company.id(), partner.hops, other.name(), other.id())
}
