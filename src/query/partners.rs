//! Queries for partners.

use super::partner_search::Search;
use super::traversal::{Outcome, StoppedBy};
use crate::graph::{Entity, Relation, View};
use crate::limits::Limits;

/// A partner, and what makes it one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Partner<'g> {
    /// The company whose partner it is.
    pub company: Entity<'g>,
    /// The partner.
    pub partner: Entity<'g>,
    /// How many partnerships away: 1 is a direct partner.
    pub hops: usize,
    /// For a direct partner, every relation that makes it one, the earliest first. For others, one shortest chain that
    /// leads there from the company.
    pub relations: Vec<Relation<'g>>,
}

/// A query for all pairs of direct partners; built up, then run.
///
/// Partners are entities joined by a `PartnersWith` relation, including the partners in a joint venture. A partnership
/// that is only sought or was called off does not count.
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is run"]
pub struct PartnerPairs<'g> {
    view: View<'g>,
    terms: Terms,
}

/// A query for the partners of one company; built up, then run.
///
/// Partners are defined as for [`PartnerPairs`].
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

/// A query for the direct partners that two companies share; built up, then run.
///
/// Partners are defined as for [`PartnerPairs`].
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is run"]
pub struct SharedPartners<'g> {
    company: Entity<'g>,
    other: Entity<'g>,
    group: bool,
    terms: Terms,
}

/// What counts as a partnership, and the limits of the search.
#[derive(Clone, Debug, Default)]
pub(super) struct Terms {
    pub(super) broad: bool,
    pub(super) limits: Limits,
}

impl<'g> View<'g> {
    /// Starts a query for all pairs of direct partners.
    pub fn partners(self) -> PartnerPairs<'g> {
        PartnerPairs { view: self, terms: Terms::default() }
    }
}

impl<'g> Entity<'g> {
    /// Starts a query for its partners: initially only direct ones.
    pub fn partners(self) -> Partners<'g> {
        Partners { company: self, hops: 1, group: false, terms: Terms::default() }
    }

    /// Starts a query for the direct partners that it shares with another entity, each with the relations to both.
    /// There are none if the other is of another graph.
    pub fn shared_partners(self, other: Self) -> SharedPartners<'g> {
        let other = self.view().adopt(other).unwrap_or(other);
        SharedPartners { company: self, other, group: false, terms: Terms::default() }
    }
}

impl<'g> PartnerPairs<'g> {
    /// Also counts agreements, shared alliances, trade and rights between organisations, but never ownership, rivalry
    /// or mere links.
    pub const fn broad(mut self) -> Self {
        self.terms.broad = true;
        self
    }

    /// Limits the search.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.terms.limits = limits;
        self
    }

    /// The pairs, by name of the first, then by name of the second, and whether these are all.
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
    /// Includes partners of partners, up to this many partnerships away.
    pub const fn hops(mut self, hops: usize) -> Self {
        self.hops = hops;
        self
    }

    /// Also counts agreements, shared alliances, trade and rights between organisations, but never ownership, rivalry
    /// or mere links.
    pub const fn broad(mut self) -> Self {
        self.terms.broad = true;
        self
    }

    /// Counts the company's units and subsidiaries as the company.
    pub const fn group(mut self) -> Self {
        self.group = true;
        self
    }

    /// Limits the search.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.terms.limits = limits;
        self
    }

    /// The partners, nearest first, then by name, and whether these are all.
    #[must_use]
    pub fn run(&self) -> (Vec<Partner<'g>>, Outcome) {
        let company = self.company.everywhere();
        listed(found(|partners| Search::new(&self.terms, self.group).around(company, self.hops, partners)))
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
    /// Also counts agreements, shared alliances, trade and rights between organisations, but never ownership, rivalry
    /// or mere links.
    pub const fn broad(mut self) -> Self {
        self.terms.broad = true;
        self
    }

    /// Counts the units and subsidiaries of either company as the company.
    pub const fn group(mut self) -> Self {
        self.group = true;
        self
    }

    /// Limits the search.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.terms.limits = limits;
        self
    }

    /// The partners, by name, and whether these are all.
    #[must_use]
    pub fn run(&self) -> (Vec<Partner<'g>>, Outcome) {
        let (company, other) = (self.company.everywhere(), self.other.everywhere());
        listed(found(|partners| Search::new(&self.terms, self.group).shared(company, other, partners)))
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

/// The results of a search in order: by company, then nearest first, then by name.
fn found<'g>(
    search: impl FnOnce(&mut Vec<Partner<'g>>) -> Result<(), StoppedBy>,
) -> (Vec<Partner<'g>>, Outcome) {
    let mut partners = Vec::new();
    let outcome = search(&mut partners);
    partners.sort_by(|a, b| order(a).cmp(&order(b)));
    (partners, outcome.map_or_else(Outcome::Stopped, |()| Outcome::Complete))
}

/// Without partners that the view's filter does not list.
fn listed<'g>((mut partners, outcome): (Vec<Partner<'g>>, Outcome)) -> (Vec<Partner<'g>>, Outcome) {
    partners.retain(|row| row.company.view().lists(row.partner));
    (partners, outcome)
}

fn order<'p>(partner: &'p Partner<'_>) -> (&'p str, &'p str, usize, &'p str, &'p str) {
    let (company, other) = (partner.company, partner.partner);
    (company.name(), company.id(), partner.hops, other.name(), other.id())
}
