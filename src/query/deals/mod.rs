//! Facts as deals, filtered by party, kind, time and money.

mod deal;
mod fit;
mod list;
mod order;

pub use deal::{Converted, Deal, DealEnd};
pub use list::DealList;
pub use order::DealOrder;
pub(crate) use order::by_amount;

use self::fit::Fit;
use super::traversal::{Budget, StoppedBy};
use crate::graph::{Entity, View};
use crate::limits::Limits;
use crate::model::{FactKind, RelationKind};
use crate::value::{Currency, Date, ExchangeRate, Money};

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
    ending: Option<Date>,
    min: Option<Money>,
    rates: Vec<ExchangeRate>,
    currency: Option<Currency>,
    order: Option<DealOrder>,
    skip: usize,
    top: Option<usize>,
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
            ending: None,
            min: None,
            rates: Vec::new(),
            currency: None,
            order: None,
            skip: 0,
            top: None,
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

    /// Only deals that may be over on the first day of this date: certainly or possibly, as [`Deal::end`] tells. Those that end first
    /// come first.
    ///
    /// They end by their own dates, by their term, or by an event: a sale, a successor, what [replaces](crate::Fact::replaced_by)
    /// them. Sales and other events happen once and never end, and what is sought or called off never began. What goes
    /// on without an end is left out; where nothing is stated about one, [`DealList::no_end`] counts it. Before an open
    /// beginning (`../2016`) nothing ends.
    ///
    /// ```
    /// # use keiretsu::{Certainty, Graph};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B") },
    ///     brands: { "x": (name: "X"), "y": (name: "Y") },
    ///     facts: [
    ///         License(licensor: "a", licensee: "b", of: "x", since: "2019-03-01", term: "5 years", unsourced: true),
    ///         License(licensor: "a", licensee: "b", of: "y", since: "2019", until: "2027/2028", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let list = graph.view().deals().ending_before("2028".parse().unwrap()).run();
    /// let ends: Vec<_> = list.deals().map(|deal| deal.end.unwrap()).collect();
    /// assert_eq!((ends[0].to_string(), ends[0].certainty), ("ends 2024-03-01".to_owned(), Certainty::Certain));
    /// assert_eq!(ends[1].to_string(), "possibly ends 2027-01-01/2028-12-31");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    pub const fn ending_before(mut self, date: Date) -> Self {
        self.ending = Some(date);
        self
    }

    /// Only deals whose amount may be at least this. Amounts in another currency never match, unless there is a
    /// [rate](Deals::rate) for them. An undisclosed amount may be anything, so every deal that states one matches.
    pub const fn at_least(mut self, amount: Money) -> Self {
        self.min = Some(amount);
        self
    }

    /// Converts amounts in the currency of this rate into that of [`Deals::at_least`], or that of [`Deals::currency`].
    /// The graph has no rates, and guesses none. A second rate for one currency takes the place of the first.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B") },
    ///     facts: [
    ///         Sale(seller: "a", buyer: "b", completed: "2014", amount: "USD 350 million", unsourced: true),
    ///         Sale(seller: "b", buyer: "a", completed: "2015", amount: "USD 300 million", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let question = graph.view().deals().at_least("EUR 300 million".parse().unwrap());
    /// assert_eq!(question.run().other_currency(), 2);
    /// let list = question.rate("USD=0.92@2016".parse().unwrap()).run();
    /// let converted = list.deals().next().unwrap().converted.unwrap();
    /// assert_eq!((list.facts().len(), converted.to_string().as_str()), (1, "EUR 322 million (USD at 0.92 of 2016)"));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    pub fn rate(mut self, rate: ExchangeRate) -> Self {
        self.rates.retain(|other| other.currency() != rate.currency());
        self.rates.push(rate);
        self
    }

    /// The currency that [rates](Deals::rate) convert to, if it is not that of [`Deals::at_least`].
    pub const fn currency(mut self, currency: Currency) -> Self {
        self.currency = Some(currency);
        self
    }

    /// The order of the deals; without, by date, or by their ends if [these were asked for](Deals::ending_before).
    ///
    /// ```
    /// # use keiretsu::{DealOrder, Graph};
    /// let graph = Graph::open("graphs/showcase")?;
    /// let largest = graph.view().deals().sort(DealOrder::Amount).top(2).run();
    /// let amounts: Vec<_> = largest.facts().map(|fact| fact.amount().unwrap().to_string()).collect();
    /// assert_eq!(amounts, ["EUR 1.5..2 billion", "EUR 420000"]); // and then those in pounds, and in dollars
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    pub const fn sort(mut self, order: DealOrder) -> Self {
        self.order = Some(order);
        self
    }

    /// At most so many deals, the first of their order; [`DealList::more`] says how many follow.
    pub const fn top(mut self, deals: usize) -> Self {
        self.top = Some(deals);
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

    /// The deals in their order, and how many were left out and why.
    #[must_use]
    pub fn run(&self) -> DealList<'g> {
        let mut list = self.find();
        match (self.order, self.ending) {
            (None, Some(_)) => order::by_end(&mut list.deals),
            (order, _) => order.unwrap_or_default().sort(&mut list.deals, self.target()),
        }
        list.currencies = list.deals.iter().filter_map(|deal| deal.amount()?.currency()).collect();
        list.deals.drain(..self.skip.min(list.deals.len()));
        if let Some(top) = self.top {
            list.more = list.deals.len().saturating_sub(top);
            list.deals.truncate(top);
        }
        list
    }

    /// All that match, by date: neither skipped nor cut.
    pub(crate) fn find(&self) -> DealList<'g> {
        let mut list = DealList::default();
        let mut budget = Budget::of(self.limits.as_ref());
        let stopped = self.look(&mut list, &mut budget).err();
        list.outcome = stopped.into();
        DealOrder::Date.sort(&mut list.deals, None);
        DealOrder::Date.sort(&mut list.replaced, None);
        list
    }

    /// Looks at each fact in view, then at each that is over.
    fn look(&self, list: &mut DealList<'g>, budget: &mut Budget) -> Result<(), StoppedBy> {
        for fact in self.view.facts() {
            budget.spend()?;
            if !self.is_asked_for(fact) {
                continue;
            }
            match self.fits(fact) {
                Fit::Yes(deal) => list.deals.push(deal),
                Fit::No => {}
                Fit::NoDate => list.undated += 1,
                Fit::NoEnd => list.no_end += 1,
                Fit::NoAmount => list.no_amount += 1,
                Fit::OtherCurrency => list.other_currency += 1,
            }
        }
        // What was over before is not among what ends.
        if self.ending.is_some() {
            return Ok(());
        }
        for fact in self.view.with_possible().over().map(|fact| self.view.fact_at(fact.index())) {
            budget.spend()?;
            if !self.is_asked_for(fact) || fact.replaced_by().is_empty() {
                continue;
            }
            if let Fit::Yes(deal) = self.fits(fact) {
                list.replaced.push(deal);
            }
        }
        Ok(())
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn view(&self) -> View<'g> {
        self.view
    }

    /// The order that was asked for.
    pub(crate) const fn order(&self) -> Option<DealOrder> {
        self.order
    }

    /// The least amount that was asked for.
    #[cfg(feature = "answer")]
    pub(crate) const fn least(&self) -> Option<Money> {
        self.min
    }

    /// How many to leave out, and how many to give.
    pub(crate) fn page(&self) -> (usize, usize) {
        (self.skip, self.top.unwrap_or(usize::MAX))
    }

    #[cfg(feature = "answer")]
    pub(crate) fn most_rows(&self) -> usize {
        self.limits.as_ref().map_or(usize::MAX, |limits| limits.rows)
    }

    pub(crate) fn parties(&self) -> &[Entity<'g>] {
        &self.parties
    }
}
