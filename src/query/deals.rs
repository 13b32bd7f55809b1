//! Facts as deals, filtered by party, kind, time and money.

use super::traversal::{Budget, Outcome, StoppedBy};
use crate::graph::{Entity, Fact, View};
use crate::limits::Limits;
use crate::model::vocabulary::Projection;
use crate::model::{FactKind, RelationKind};
use crate::value::{Date, Money};

/// A query for deals; built up, then run.
///
/// ```
/// # use keiretsu::Graph;
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B") },
///     facts: [
///         Sale(seller: "a", buyer: "b", completed: "2014", amount: "USD 350 million", unsourced: true),
///         Sale(seller: "b", buyer: "a", completed: "2015", amount: "EUR 900 million", unsourced: true),
///     ],
/// )"#)?;
/// let large = graph.view().deals().at_least("USD 100 million".parse().unwrap()).run();
/// assert_eq!(large.facts().next().unwrap().sentence(), "A sells to B (done 2014) for USD 350 million");
/// assert_eq!(large.other_currency(), 1);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is run"]
pub struct Deals<'g> {
    view: View<'g>,
    parties: Vec<Entity<'g>>,
    kinds: Vec<FactKind>,
    relation_kinds: Vec<RelationKind>,
    since: Option<Date>,
    until: Option<Date>,
    min: Option<Money>,
    skip: usize,
    limits: Option<Limits>,
}

impl<'g> View<'g> {
    /// Starts a query for deals: initially all facts of the kinds that count as deals.
    pub const fn deals(self) -> Deals<'g> {
        Deals {
            view: self,
            parties: Vec::new(),
            kinds: Vec::new(),
            relation_kinds: Vec::new(),
            since: None,
            until: None,
            min: None,
            skip: 0,
            limits: None,
        }
    }
}

impl<'g> Deals<'g> {
    /// Only deals in which this entity takes part, in any role. Several entities must all take part.
    pub fn with(mut self, entity: Entity<'g>) -> Self {
        self.parties.push(entity);
        self
    }

    /// Only facts of this kind, a deal or not. Several kinds are alternatives.
    pub fn kind(mut self, kind: FactKind) -> Self {
        self.kinds.push(kind);
        self
    }

    /// Only facts that project relations of this kind. An alternative to other kinds given.
    pub fn relation_kind(mut self, kind: RelationKind) -> Self {
        self.relation_kinds.push(kind);
        self
    }

    /// Only deals that may be of this date or later.
    ///
    /// A deal is of every day on which it was announced, signed, began or was completed: one announced in 2014 and
    /// closed in 2015 belongs to both years. If none of these is stated, the day of its figure is used. With
    /// [`Deals::until`], one of its days must lie between the two. The day on which it ended or was called off does not
    /// count, since no deal was made then.
    pub const fn since(mut self, date: Date) -> Self {
        self.since = Some(date);
        self
    }

    /// Only deals that may be of this date or earlier; see [`Deals::since`].
    pub const fn until(mut self, date: Date) -> Self {
        self.until = Some(date);
        self
    }

    /// Only deals whose amount may be at least this. Amounts in another currency never match. An undisclosed amount may
    /// be anything, so every deal that states one matches.
    pub const fn at_least(mut self, amount: Money) -> Self {
        self.min = Some(amount);
        self
    }

    /// Leaves out the first deals of the order in which they are listed: with [`Limits::rows`], the next page of an answer.
    /// Each page looks at all facts again.
    ///
    /// ```
    /// # use keiretsu::{Graph, Limits};
    /// let graph = Graph::open("graphs/decade")?;
    /// let all: Vec<_> = graph.view().deals().run().facts().collect();
    /// let second: Vec<_> = graph.view().deals().skip(10).run().facts().take(10).collect();
    /// assert_eq!(second, all[10..20]);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    pub const fn skip(mut self, deals: usize) -> Self {
        self.skip = deals;
        self
    }

    /// Bounds the search and the rows of an answer; without, they are not bounded. A step is a look at a fact: [`Limits::steps`] and
    /// [`Limits::cancel`] count, and [`DealList::outcome`] tells whether they cut it.
    ///
    /// ```
    /// # use keiretsu::{Graph, Limits, Outcome, StoppedBy};
    /// # let graph = Graph::from_ron(r#"Graph(
    /// #     companies: { "a": (name: "A"), "b": (name: "B") },
    /// #     facts: [
    /// #         Sale(seller: "a", buyer: "b", completed: "2014", unsourced: true),
    /// #         Sale(seller: "b", buyer: "a", completed: "2015", unsourced: true),
    /// #     ],
    /// # )"#)?;
    /// let mut limits = Limits::strict();
    /// limits.steps = 1;
    /// let list = graph.view().deals().limits(limits).run();
    /// assert_eq!((list.facts().len(), list.outcome()), (1, Outcome::Stopped(StoppedBy::Steps)));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// The deals by date, then by id, undated ones last, and how many were left out for lack of a date or a comparable
    /// amount.
    #[must_use]
    pub fn run(&self) -> DealList<'g> {
        let mut list = DealList::default();
        let mut budget = Budget::of(self.limits.as_ref());
        let stopped = self.look(&mut list, &mut budget).err();
        list.outcome = stopped.into();
        in_order(&mut list.facts);
        list.facts.drain(..self.skip.min(list.facts.len()));
        in_order(&mut list.replaced);
        list
    }

    /// Looks at each fact in view, then at each that is over.
    fn look(&self, list: &mut DealList<'g>, budget: &mut Budget) -> Result<(), StoppedBy> {
        for fact in self.view.facts() {
            budget.spend()?;
            if !self.is_asked_for(fact) {
                continue;
            }
            match self.in_time(fact) {
                Some(true) => {}
                Some(false) => continue,
                None => {
                    list.undated += 1;
                    continue;
                }
            }
            match self.is_enough(fact) {
                Enough::Yes => list.facts.push(fact),
                Enough::No => {}
                Enough::NoAmount => list.no_amount += 1,
                Enough::OtherCurrency => list.other_currency += 1,
            }
        }
        for fact in self.view.uncertain().over().map(|fact| self.view.fact_at(fact.index())) {
            budget.spend()?;
            let fits = self.is_asked_for(fact) && self.in_time(fact) == Some(true);
            if fits && matches!(self.is_enough(fact), Enough::Yes) && !fact.replaced_by().is_empty() {
                list.replaced.push(fact);
            }
        }
        Ok(())
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn view(&self) -> View<'g> {
        self.view
    }

    #[cfg(feature = "answer")]
    pub(crate) fn most_rows(&self) -> usize {
        self.limits.as_ref().map_or(usize::MAX, |limits| limits.rows)
    }

    #[cfg(feature = "answer")]
    pub(crate) fn parties(&self) -> &[Entity<'g>] {
        &self.parties
    }

    fn is_asked_for(&self, fact: Fact<'g>) -> bool {
        let any_kind = self.kinds.is_empty() && self.relation_kinds.is_empty();
        let asked =
            || self.kinds.contains(&fact.kind()) || self.relation_kinds.iter().any(|k| projects(fact, *k));
        let kind = if any_kind { fact.kind().row().deal } else { asked() };
        kind && self.parties.iter().all(|party| fact.roles().any(|(_, entity)| entity == *party))
    }

    /// Whether a day of the deal is within the period asked for; `None` if it has none but a period was given.
    fn in_time(&self, fact: Fact<'g>) -> Option<bool> {
        if self.since.is_none() && self.until.is_none() {
            return Some(true);
        }
        let record = fact.bare_record();
        let made = [record.announced, record.signed, record.since, record.completed];
        let mut days = made.into_iter().flatten().peekable();
        match days.peek() {
            Some(_) => Some(days.any(|date| self.is_within(date))),
            None => record.as_of.map(|date| self.is_within(date)),
        }
    }

    /// Whether a date may be within the period asked for.
    fn is_within(&self, date: Date) -> bool {
        date.may_lie_within(self.since, self.until)
    }

    fn is_enough(&self, fact: Fact<'g>) -> Enough {
        let Some(min) = self.min else { return Enough::Yes };
        let Some(amount) = fact.amount() else { return Enough::NoAmount };
        match (amount.currency(), min.currency()) {
            (_, None) => Enough::Yes,
            (None, _) => Enough::NoAmount,
            (ours, theirs) if ours != theirs => Enough::OtherCurrency,
            _ => match (amount.high(), min.low()) {
                (Some(high), Some(least)) if high < least => Enough::No,
                (Some(high), Some(least))
                    if high == least && (amount.high_is_open() || min.low_is_open()) =>
                {
                    Enough::No
                }
                _ => Enough::Yes,
            },
        }
    }
}

/// Sorts by date, then by id, undated ones last.
fn in_order(facts: &mut [Fact<'_>]) {
    facts.sort_by_cached_key(|fact| {
        let date = fact.date();
        (date.is_none(), date, fact.id())
    });
}

/// Whether a relation of this kind follows from the fact.
fn projects(fact: Fact<'_>, kind: RelationKind) -> bool {
    let count = |role| fact.parties(role).count();
    let tied = kind == RelationKind::IsLinkedTo && fact.tied_to().next().is_some();
    let mut projections = fact.kind().row().projections.iter();
    tied || projections.any(|projection| match *projection {
        Projection::Each(k, from, to) => k == kind && count(from) > 0 && count(to) > 0,
        Projection::Mutual(k, side, other) => k == kind && count(side) + other.map_or(0, count) > 1,
    })
}

enum Enough {
    Yes,
    No,
    NoAmount,
    OtherCurrency,
}

/// The deals found, and how many could not be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DealList<'g> {
    facts: Vec<Fact<'g>>,
    replaced: Vec<Fact<'g>>,
    undated: usize,
    no_amount: usize,
    other_currency: usize,
    outcome: Outcome,
}

impl<'g> DealList<'g> {
    /// The deals, by date, then by id; undated ones last.
    pub fn facts(&self) -> impl ExactSizeIterator<Item = Fact<'g>> {
        self.facts.iter().copied()
    }

    /// Deals that match but are no longer in force on the view's date, since [others replace them](Fact::replaced_by).
    /// Empty in a view without a date.
    pub fn replaced(&self) -> impl ExactSizeIterator<Item = Fact<'g>> {
        self.replaced.iter().copied()
    }

    /// Complete, or what stopped the search: then only deals among the facts looked at before are in the list.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// How many were left out because a period was given and they have no date.
    #[must_use]
    pub const fn undated(&self) -> usize {
        self.undated
    }

    /// How many were left out because an amount was given and they state none, or an undisclosed one.
    #[must_use]
    pub const fn no_amount(&self) -> usize {
        self.no_amount
    }

    /// How many were left out because their amount is in another currency.
    #[must_use]
    pub const fn other_currency(&self) -> usize {
        self.other_currency
    }
}
