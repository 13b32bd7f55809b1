//! Interlocks: companies that share people, owners, investors or partners.

use std::collections::BTreeMap;

use super::traversal::{Budget, Outcome, StoppedBy};
use crate::graph::{Entity, Relation, View};
use crate::limits::Limits;
use crate::model::RelationKind;
use crate::value::Date;

/// What two companies share somebody as.
///
/// The word is that of the literature on interlocking directorates (M. S. Mizruchi, "What do interlocks do?", Annual Review
/// of Sociology 22, 1996), here for owners, investors and partners, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Tie {
    /// A person with a position at both.
    Person,
    /// An owner of shares of both.
    Owner,
    /// An investor in both.
    Investor,
    /// A partner of both.
    Partner,
}

impl Tie {
    /// Every tie, in order.
    pub const ALL: &'static [Self] = &[Self::Person, Self::Owner, Self::Investor, Self::Partner];

    /// The name, as in JSON: "person".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Owner => "owner",
            Self::Investor => "investor",
            Self::Partner => "partner",
        }
    }

    /// The relation from the one who is shared to each company.
    #[must_use]
    pub const fn relation(self) -> RelationKind {
        match self {
            Self::Person => RelationKind::HoldsPositionAt,
            Self::Owner => RelationKind::OwnsShareOf,
            Self::Investor => RelationKind::InvestsIn,
            Self::Partner => RelationKind::PartnersWith,
        }
    }
}

impl serde::Serialize for Tie {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Somebody whom two companies share.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Shared<'g> {
    /// Who it is.
    pub entity: Entity<'g>,
    /// As what.
    pub tie: Tie,
    /// Since when to both: the later of the two beginnings, and of several such the first. `None` if a beginning is not stated,
    /// or only the last day that it may have had.
    pub since: Option<Date>,
    /// The relations to the first company, then those to the other.
    pub relations: Vec<Relation<'g>>,
}

/// Two companies, and whom they share.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Interlock<'g> {
    /// The first.
    pub company: Entity<'g>,
    /// The other.
    pub other: Entity<'g>,
    /// Whom they share: people first, then owners, investors and partners, each by name.
    pub through: Vec<Shared<'g>>,
}

/// A query for interlocks; built up, then run.
///
/// Two organisations are interlocked by somebody who has the same [`Tie`] to both, unless one tie surely ended before the
/// other began. Only direct ties count, and only those that the view shows and that [count](Relation::counts).
///
/// ```
/// # use keiretsu::Graph;
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
///     people: { "ann": (name: "Ann") },
///     facts: [
///         Position(person: "ann", at: "a", position: "director", since: "2011", unsourced: true),
///         Position(person: "ann", at: "b", position: "director", since: "2014", unsourced: true),
///         Position(person: "ann", at: "c", position: "director", since: "2001", until: "2005", unsourced: true),
///     ],
/// )"#)?;
/// let (found, _) = graph.view().find("A")?.interlocks().run();
/// assert_eq!(found.iter().map(|one| one.other.name()).collect::<Vec<_>>(), ["B"]);
/// assert_eq!(found[0].through[0].since, Some("2014".parse().unwrap()));
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is run"]
pub struct Interlocks<'g> {
    view: View<'g>,
    company: Option<Entity<'g>>,
    ties: Vec<Tie>,
    limits: Limits,
}

impl<'g> View<'g> {
    /// Starts a query for all pairs of organisations that are interlocked.
    pub fn interlocks(self) -> Interlocks<'g> {
        Interlocks { view: self, company: None, ties: Tie::ALL.to_vec(), limits: Limits::default() }
    }
}

impl<'g> Entity<'g> {
    /// Starts a query for the organisations that are interlocked with this one.
    pub fn interlocks(self) -> Interlocks<'g> {
        Interlocks { company: Some(self), ..self.view().interlocks() }
    }
}

/// Whom two companies share, as what.
type Through<'g> = BTreeMap<(Tie, Entity<'g>), Met<'g>>;

type Pairs<'g> = BTreeMap<(Entity<'g>, Entity<'g>), Through<'g>>;

/// The relations to each of two companies that may have lasted together.
#[derive(Default)]
struct Met<'g> {
    relations: [Vec<Relation<'g>>; 2],
    /// For each two that lasted together the later beginning, `None` if it is not known.
    since: Vec<Option<Date>>,
}

impl<'g> Interlocks<'g> {
    /// Only by these ties.
    pub fn ties(mut self, ties: impl IntoIterator<Item = Tie>) -> Self {
        self.ties = ties.into_iter().collect();
        self.ties.sort_unstable();
        self.ties.dedup();
        self
    }

    /// Bounds the search: a step is a relation, or a pair of relations, and no more pairs are looked for than there may be rows.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The interlocks by name of the first, then of the other, and whether these are all. Of all pairs, the first has the
    /// lower id.
    #[must_use]
    pub fn run(&self) -> (Vec<Interlock<'g>>, Outcome) {
        let mut pairs = Pairs::new();
        let outcome = self.search(&mut pairs);
        let mut found: Vec<Interlock<'g>> = pairs.into_iter().map(interlock).collect();
        found.retain(|one| !one.through.is_empty() && self.lists(one));
        found.sort_by_cached_key(|one| [one.company, one.other].map(|entity| (entity.name(), entity.id())));
        (found, outcome.map_or_else(Outcome::Stopped, |()| Outcome::Complete))
    }

    /// Of one company, the other is listed; of all pairs, either is enough.
    fn lists(&self, one: &Interlock<'g>) -> bool {
        self.view.lists(one.other) || self.company.is_none() && self.view.lists(one.company)
    }

    fn search(&self, pairs: &mut Pairs<'g>) -> Result<(), StoppedBy> {
        let mut budget = Budget::new(&self.limits);
        let view = self.view.everywhere();
        for tie in &self.ties {
            match self.company {
                Some(company) => {
                    let company = view.adopt(company).unwrap_or(company);
                    for (who, own) in tied_to(company, *tie, &mut budget)? {
                        let companies = companies_of(who, *tie, &mut budget)?;
                        for (other, theirs) in companies.into_iter().filter(|(other, _)| *other != company) {
                            meet(
                                pairs,
                                (company, &own),
                                (other, &theirs),
                                (*tie, who),
                                (&mut budget, self.limits.rows),
                            )?;
                        }
                    }
                }
                None => {
                    for who in view.entities() {
                        let companies: Vec<_> = companies_of(who, *tie, &mut budget)?.into_iter().collect();
                        for (n, (company, own)) in companies.iter().enumerate() {
                            for (other, theirs) in companies.iter().skip(n + 1) {
                                meet(
                                    pairs,
                                    (*company, own),
                                    (*other, theirs),
                                    (*tie, who),
                                    (&mut budget, self.limits.rows),
                                )?;
                            }
                        }
                    }
                }
            }
        }
        Ok(())
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn view(&self) -> View<'g> {
        self.view
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn company(&self) -> Option<Entity<'g>> {
        self.company
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn most_rows(&self) -> usize {
        self.limits.rows
    }
}

type Ties<'g> = BTreeMap<Entity<'g>, Vec<Relation<'g>>>;

/// Who has a tie to a company, with the relations.
fn tied_to<'g>(company: Entity<'g>, tie: Tie, budget: &mut Budget) -> Result<Ties<'g>, StoppedBy> {
    ends(company, tie, false, budget)
}

/// The organisations to which somebody has a tie, with the relations.
fn companies_of<'g>(who: Entity<'g>, tie: Tie, budget: &mut Budget) -> Result<Ties<'g>, StoppedBy> {
    let mut found = ends(who, tie, true, budget)?;
    found.retain(|company, _| company.kind().is_organisation());
    Ok(found)
}

/// The other ends of an entity's relations of a tie: those that start from it, or those that lead to it.
fn ends<'g>(entity: Entity<'g>, tie: Tie, starts: bool, budget: &mut Budget) -> Result<Ties<'g>, StoppedBy> {
    let mut found = Ties::new();
    for (relation, other) in entity.neighbors(tie.relation()) {
        budget.spend()?;
        let is_turned = !tie.relation().is_symmetric() && (relation.from() == entity) != starts;
        if !is_turned && other != entity {
            found.entry(other).or_default().push(relation);
        }
    }
    Ok(found)
}

/// Adds what two companies share of one, if any of its ties to one may have lasted together with one to the other.
fn meet<'g>(
    pairs: &mut Pairs<'g>,
    (company, own): (Entity<'g>, &[Relation<'g>]),
    (other, theirs): (Entity<'g>, &[Relation<'g>]),
    shared: (Tie, Entity<'g>),
    (budget, most): (&mut Budget, usize),
) -> Result<(), StoppedBy> {
    let mut met = Met::default();
    for one in own {
        for another in theirs {
            budget.spend()?;
            // One partnership of three makes no interlock of its parties.
            let is_same_fact =
                one.fact().is_some() && one.fact() == another.fact() && shared.0 == Tie::Partner;
            let (first, second) = (one.validity(), another.validity());
            if is_same_fact || first.begins_after_end_of(second) || second.begins_after_end_of(first) {
                continue;
            }
            met.since.push(began(*one).zip(began(*another)).map(|(one, another)| one.max(another)));
            for (side, relation) in met.relations.iter_mut().zip([one, another]) {
                if !side.contains(relation) {
                    side.push(*relation);
                }
            }
        }
    }
    if !met.since.is_empty() {
        // Somebody whom n companies share interlocks n * n: these are not all kept to be cut later.
        if pairs.len() >= most && !pairs.contains_key(&(company, other)) {
            return Err(StoppedBy::Rows);
        }
        pairs.entry((company, other)).or_default().insert(shared, met);
    }
    Ok(())
}

fn interlock<'g>(((company, other), through): ((Entity<'g>, Entity<'g>), Through<'g>)) -> Interlock<'g> {
    let mut through: Vec<Shared<'g>> = through
        .into_iter()
        .map(|((tie, entity), Met { relations, since })| {
            let since = since.into_iter().collect::<Option<Vec<Date>>>();
            Shared {
                entity,
                tie,
                since: since.and_then(|all| all.into_iter().min()),
                relations: relations.concat(),
            }
        })
        .collect();
    through.sort_by(|a, b| {
        (a.tie, a.entity.name(), a.entity.id()).cmp(&(b.tie, b.entity.name(), b.entity.id()))
    });
    Interlock { company, other, through }
}

/// When a tie began, if that is stated with a first day. The day of a figure is no beginning.
fn began(relation: Relation<'_>) -> Option<Date> {
    let record = relation.fact()?.bare_record();
    let began = record.since.or(record.completed).or(record.signed).or(record.announced);
    began.filter(|date| date.earliest().is_some())
}
