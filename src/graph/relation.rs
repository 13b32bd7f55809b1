//! The handle on a relation: a typed edge, read from one of its ends.

use std::hash::{Hash, Hasher};

use super::certainty;
use super::claims;
use super::index::{EntityIx, FactIx, RelationIx};
use super::known_stakes;
use super::rule::Rule;
use super::sentence;
use super::side;
use super::store::rows::Entry;
use super::validity::{Certainty, Validity};
use super::{EndRule, Ending, Entity, Evidence, Fact, Right, View};
use crate::model::vocabulary::Projection;
use crate::model::{RelationKind, Role};
use crate::value::{Money, Share};

/// A relation as stored.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RelationData {
    pub(crate) kind: RelationKind,
    pub(crate) from: EntityIx,
    pub(crate) to: EntityIx,
    pub(crate) origin: Origin,
}

/// What says a relation: a fact, or the record of an entity.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin {
    Fact(FactIx),
    Record(EntityIx),
    Derived(Derived),
}

/// What an event leaves behind, and by which rule.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Derived {
    pub(crate) fact: FactIx,
    pub(crate) rule: Rule,
    /// Of a stake, the share that is left, if that can be told.
    pub(crate) share: Option<Share>,
}

/// A relation of the graph: `Copy`, compared by graph and position.
///
/// It remembers from which end it is read: [`subject`](Self::subject), [`verb`](Self::verb) and
/// [`object`](Self::object) follow the reading, `Display` is the sentence with its date.
#[derive(Clone, Copy)]
pub struct Relation<'g> {
    view: View<'g>,
    index: RelationIx,
    /// Its ends, as stored.
    from: EntityIx,
    to: EntityIx,
    /// Read from the object to the subject.
    inverted: bool,
}

impl<'g> Relation<'g> {
    pub(crate) fn new(view: View<'g>, index: RelationIx, inverted: bool) -> Self {
        let (from, to) = view.data().relations.ends(index);
        Self { view, index, from, to, inverted }
    }

    /// As one of the relations that touch an entity.
    pub(crate) const fn seen(view: View<'g>, own: EntityIx, entry: Entry) -> Self {
        let (from, to) = if entry.inverted { (entry.target, own) } else { (own, entry.target) };
        Self { view, index: entry.relation, from, to, inverted: entry.inverted }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(self) -> RelationKind {
        self.view.data().relations.kind(self.index)
    }

    /// Where it starts; of a symmetric relation, where the reading starts. A wish starts at who wishes.
    #[must_use]
    pub fn from(self) -> Entity<'g> {
        if self.is_turned() { self.end() } else { self.start() }
    }

    /// Where it ends; of a symmetric relation, where the reading ends, but for a wish.
    #[must_use]
    pub fn to(self) -> Entity<'g> {
        if self.is_turned() { self.start() } else { self.end() }
    }

    /// The verb from [`from`](Self::from) to [`to`](Self::to), as the fact words it: "sells to".
    #[must_use]
    pub fn label(self) -> &'static str {
        self.wording().0
    }

    /// As [`label`](Self::label), as who wishes or called off has it: "seeks to partner with", "was to acquire". What is
    /// [over](Self::is_over) it does not tell: that is for [`phrase`](Self::phrase).
    #[must_use]
    pub fn told_label(self) -> String {
        sentence::label(self)
    }

    /// The entity from which it is read.
    #[must_use]
    pub fn subject(self) -> Entity<'g> {
        if self.inverted { self.end() } else { self.start() }
    }

    /// The verb in the reading direction: "buys from".
    #[must_use]
    pub fn verb(self) -> &'static str {
        let (label, inverse) = self.wording();
        if self.inverted { inverse } else { label }
    }

    /// The entity to which it is read.
    #[must_use]
    pub fn object(self) -> Entity<'g> {
        if self.inverted { self.start() } else { self.end() }
    }

    /// The same relation read from this end; unchanged if the entity is not its object.
    #[must_use]
    pub fn read_from(self, entity: Entity<'g>) -> Self {
        if self.subject() != entity && self.object() == entity {
            Self { inverted: !self.inverted, ..self }
        } else {
            self
        }
    }

    /// The same relation read from where its sentence starts: a wish from who wishes, all else unchanged.
    #[must_use]
    pub fn told(self) -> Self {
        if self.is_wish() { Self { inverted: false, ..self } } else { self }
    }

    /// Whether it only says that its fact is connected with another one.
    #[must_use]
    pub fn is_tie(self) -> bool {
        let projects = |fact: Fact<'g>| fact.kind().row().projections.iter().any(|p| p.kind() == self.kind());
        self.derived().is_none() && self.fact().is_some_and(|fact| !projects(fact))
    }

    /// The fact that states it, or from which it follows; none where an entity's record states it (units,
    /// members).
    #[must_use]
    pub fn fact(self) -> Option<Fact<'g>> {
        match self.origin() {
            Origin::Fact(index) => Some(self.view.fact_at(index)),
            Origin::Derived(derived) => Some(self.view.fact_at(derived.fact)),
            Origin::Record(_) => None,
        }
    }

    /// The rule by which it follows from its fact; none where it is stated.
    #[must_use]
    pub fn derived(self) -> Option<Rule> {
        match self.origin() {
            Origin::Derived(derived) => Some(derived.rule),
            Origin::Fact(_) | Origin::Record(_) => None,
        }
    }

    /// When it is in force, by its dates and by the events that end it, of those that count in the view.
    #[must_use]
    pub fn validity(self) -> Validity {
        certainty::validity(self.view, self.index)
    }

    /// What ends it besides its own dates, in the view: a purchase or sale, a succession, what replaces its fact, the end of
    /// a party; in the order of days.
    ///
    /// Of a view with a date only what may have come by then. Where a relation is only possible, this may be why.
    ///
    /// ```
    /// # use keiretsu::{Graph, RelationKind};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B") },
    ///     brands: { "x": (name: "X") },
    ///     facts: [
    ///         Holding(id: "held", holder: "a", of: "x", since: "2010", unsourced: true),
    ///         Sale(id: "sale", seller: "a", buyer: "b", of: "x", completed: "2014-03", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let held = graph.view().relations().find(|relation| relation.kind() == RelationKind::Holds).unwrap();
    /// let endings = held.endings();
    /// assert_eq!((endings[0].fact.id(), endings[0].rule.name()), ("sale", "sold"));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn endings(self) -> Vec<Ending<'g>> {
        let found = certainty::endings(self.view, self.index);
        found.into_iter().map(|cut| Ending::new(self.view, cut)).collect()
    }

    /// How sure the view is that it is in force and known; `None` if the view asks for no date.
    #[must_use]
    pub fn certainty(self) -> Option<Certainty> {
        certainty::of_relation(self.view, self.index).flatten()
    }

    /// Whether it is over, so that its sentence is in the past: where its fact [is](Fact::is_over).
    #[must_use]
    pub fn is_over(self) -> bool {
        !self.is_tie() && self.derived().is_none() && self.fact().is_some_and(Fact::is_over)
    }

    /// Whether it rests on a fact that is [disputed](Fact::is_disputed).
    #[must_use]
    pub fn is_disputed(self) -> bool {
        self.fact().is_some_and(Fact::is_disputed)
    }

    /// Whether it is walked and counted: without a date, a wish or a deal called off is not; with one, all
    /// that the view shows is.
    #[must_use]
    pub fn counts(self) -> bool {
        let counts = |relation: Self| relation.fact().is_none_or(Fact::counts);
        // Of several claims any is enough.
        self.view.date().is_some() || counts(self) || self.claims().into_iter().any(counts)
    }

    /// What the sources say: to its fact and to other claims about the same thing, or to the entity whose record
    /// states it.
    #[must_use]
    pub fn evidence(self) -> Vec<Evidence<'g>> {
        let Some(fact) = self.fact() else {
            let Origin::Record(index) = self.origin() else { return Vec::new() };
            return self.view.entity_at(index).evidence().collect();
        };
        let claims = fact.claims();
        if claims.is_empty() {
            fact.evidence().collect()
        } else {
            claims.into_iter().flat_map(Fact::evidence).collect()
        }
    }

    /// The share of a stake, as stated or as left by an event; of several claims that differ, the range over all.
    #[must_use]
    pub fn share(self) -> Option<Share> {
        claims::share(self, Right::Equity)
    }

    /// The share of a right that a stake gives: of the votes or the profit what is stated of them, and where that is
    /// nothing, [`Relation::share`].
    ///
    /// ```
    /// # use keiretsu::{Graph, RelationKind, Right};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "delta": (name: "Delta"), "oak": (name: "Oak") },
    ///     facts: [Ownership(owner: "oak", owned: "delta", share: "49%", votes: "60%", unsourced: true)],
    /// )"#)?;
    /// let stake = graph.view().relations().find(|relation| relation.kind() == RelationKind::OwnsShareOf).unwrap();
    /// let of = |right| stake.share_of(right).unwrap().to_string();
    /// assert_eq!([of(Right::Equity), of(Right::Votes), of(Right::Profit)], ["49%", "60%", "49%"]);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn share_of(self, right: Right) -> Option<Share> {
        claims::share(self, right)
    }

    /// Those who hold a stake jointly, or control a company or run a trust together, by the fact of this relation, its own party among
    /// them: in the order of ids; empty if one party holds it, or controls alone.
    ///
    /// ```
    /// # use keiretsu::{Graph, RelationKind};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     people: { "ann": (name: "Ann"), "bo": (name: "Bo") },
    ///     companies: { "linn": (name: "Linnet") },
    ///     facts: [Ownership(owner: ["ann", "bo"], owned: "linn", share: "60%", unsourced: true)],
    /// )"#)?;
    /// let stake = graph.view().relations().next().unwrap();
    /// assert_eq!(stake.to_string(), "Ann jointly with Bo owns 60% of Linnet");
    /// assert_eq!(stake.joint_parties().len(), 2);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn joint_parties(self) -> Vec<Entity<'g>> {
        let role = match self.kind() {
            RelationKind::OwnsShareOf => Role::Owner,
            RelationKind::Controls => Role::Controller,
            RelationKind::IsTrusteeOf => Role::Trustee,
            _ => return Vec::new(),
        };
        let Some(fact) = self.fact().filter(|_| self.derived().is_none()) else { return Vec::new() };
        if fact.parties(role).nth(1).is_none() {
            return Vec::new();
        }
        let mut parties: Vec<_> = fact.parties(role).collect();
        parties.sort_unstable();
        parties.dedup();
        if parties.len() > 1 { parties } else { Vec::new() }
    }

    /// The money of its fact; of several claims that differ, the range over all in the currency of the first.
    #[must_use]
    pub fn amount(self) -> Option<Money> {
        claims::amount(self).0
    }

    /// Of several claims, what the sources say of those that tell the [amount](Self::amount), where others do not;
    /// else nothing.
    #[must_use]
    pub fn amount_evidence(self) -> Vec<Evidence<'g>> {
        claims::that_tell_amount(self).into_iter().flat_map(Fact::evidence).collect()
    }

    /// The same of the [share](Self::share).
    #[must_use]
    pub fn share_evidence(self) -> Vec<Evidence<'g>> {
        claims::that_tell_share(self).into_iter().flat_map(Fact::evidence).collect()
    }

    /// Itself, or what each of several claims that count says of it.
    pub(crate) fn claims(self) -> Vec<Self> {
        let same = certainty::saying_the_same(self.view, self.index);
        same.into_iter().map(|index| Self::new(self.view, index, self.inverted)).collect()
    }

    pub(crate) fn own_share(self) -> Option<Share> {
        match self.origin() {
            Origin::Derived(derived) => known_stakes::share(self.view, self.index, derived),
            Origin::Fact(index) => sentence::share(self.view.fact_at(index)),
            Origin::Record(_) => None,
        }
    }

    /// Whether it is a stake that gives a share of the profit, and none of the capital or the votes.
    pub(crate) fn gives_profit_only(self) -> bool {
        side::rights_only(self).is_some_and(|rights| rights.is_profit_only())
    }

    /// Whether it words the whole of its fact, rather than a side of it: of a sale, `SellsTo`, not `Divests`.
    #[must_use]
    pub fn is_principal(self) -> bool {
        let principal = |fact: Fact<'g>| fact.kind().row().projections.first().map(Projection::kind);
        self.fact().is_some_and(|fact| principal(fact) == Some(self.kind()))
    }

    /// Whether it comes before another one of the same graph, in the order of [`View::relations`].
    pub(crate) fn is_before(self, other: Self) -> bool {
        self.index < other.index
    }

    /// The view it is seen in.
    #[must_use]
    pub const fn view(self) -> View<'g> {
        self.view
    }

    /// The relation read as it is stored.
    pub(crate) const fn as_stored(self) -> Self {
        Self { inverted: false, ..self }
    }

    pub(crate) const fn index(self) -> RelationIx {
        self.index
    }

    fn origin(self) -> Origin {
        self.view.data().relations.origin(self.index)
    }

    const fn start(self) -> Entity<'g> {
        self.view.entity_at(self.from)
    }

    const fn end(self) -> Entity<'g> {
        self.view.entity_at(self.to)
    }

    /// Whether `from` and `to` follow the reading.
    fn is_turned(self) -> bool {
        self.inverted && self.kind().is_symmetric() && !self.is_wish()
    }

    /// Whether it is a wish: the first side stated wishes, and the other need not know.
    fn is_wish(self) -> bool {
        !self.is_tie() && self.fact().is_some_and(|fact| fact.is_sought())
    }

    /// Whether it is read from the side that does it, or wishes it.
    pub(crate) fn is_read_as_told(self) -> bool {
        !self.inverted || !self.is_wish()
    }

    /// Label and inverse, as the fact's choices word them.
    fn wording(self) -> (&'static str, &'static str) {
        let kind = self.kind();
        let chosen = self.fact().and_then(|fact| sentence::worded(fact, kind));
        chosen.unwrap_or((kind.label(), kind.inverse()))
    }

    /// The verb as the sentence has it: "seeks to partner with", "owns 51% of", "owned 51% of".
    #[must_use]
    pub fn phrase(self) -> String {
        sentence::verb(self)
    }

    /// When it happened or began, as a note: "announced 2016-05-31, reported", and whether it is disputed; empty if
    /// nothing is stated.
    ///
    /// That two facts are tied has no date of its own, whatever dates the facts have.
    #[must_use]
    pub fn date_note(self) -> String {
        let note = self.undisputed_note();
        match (self.is_disputed(), note.is_empty()) {
            (false, _) => note,
            (true, true) => "disputed".to_owned(),
            (true, false) => format!("{note}, disputed"),
        }
    }

    fn undisputed_note(self) -> String {
        if let Some(rule) = self.derived() {
            let note = sentence::derived_note(self, rule);
            return self.doubt().map_or_else(|| note.clone(), |doubt| format!("{note}; {doubt}"));
        }
        let note = self.fact().filter(|_| !self.is_tie()).map(Fact::date_note).unwrap_or_default();
        match self.doubt() {
            Some(doubt) if note.is_empty() => doubt,
            Some(doubt) => format!("{note}; {doubt}"),
            None => note,
        }
    }

    /// Why it is only possible on the date of the view, where a party is no more: "Acme was dissolved 2019 (`end`)".
    #[must_use]
    pub fn doubt(self) -> Option<String> {
        if self.view.date().is_none() || self.certainty() != Some(Certainty::Possible) {
            return None;
        }
        let ended = self.endings().into_iter().find(|ending| ending.rule == EndRule::CompanyEnded)?;
        let party = [self.start(), self.end()].into_iter().find(|end| ended.is_end_of(*end))?;
        Some(ended.end_of(party))
    }

    /// What its fact is about, where the relation does not say it: of `SellsTo`, what is sold.
    #[must_use]
    pub fn about(self) -> Vec<Entity<'g>> {
        sentence::about(self)
    }

    /// What its sentence leaves out of the fact: who does it together with its subject or object, parties, territory,
    /// terms, amount and so on, each with its lead.
    ///
    /// Of a relation that shows only a side of its fact as of that which words the whole: a license says where it holds
    /// and whether it is exclusive from whichever end it is read.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "inns": (name: "Inns"), "hotels": (name: "Hotels") },
    ///     brands: { "m": (name: "MARLOWE") },
    ///     facts: [License(licensor: "hotels", licensee: "inns", of: "m", territory: ["DE"], exclusive: true, unsourced: true)],
    /// )"#)?;
    /// let brand = graph.view().find("MARLOWE")?;
    /// let told: Vec<_> = brand.relations().map(|r| format!("{r}{}", r.details())).collect();
    /// assert_eq!(told, ["MARLOWE is licensed out to Inns from Hotels in DE, exclusively"]);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn details(self) -> String {
        sentence::relation_details(self, &[], true)
    }

    /// As [`details`](Self::details), in a sentence that names several objects of the fact at once: these are not said again.
    #[must_use]
    pub fn details_beside(self, objects: &[Entity<'g>]) -> String {
        sentence::relation_details(self, objects, true)
    }

    /// The same without the amount, and the amount: " for USD 350 million".
    ///
    /// For where both have sources of their own: of several claims not each need tell the amount.
    #[must_use]
    pub fn details_and_amount(self, objects: &[Entity<'g>]) -> (String, String) {
        (sentence::relation_details(self, objects, false), sentence::relation_amount(self))
    }

    /// Who does it together with its subject or object, where what the fact states is of all of them: the price of a joint
    /// purchase, a number of pieces, an exclusive right.
    #[must_use]
    pub fn together_with(self) -> Vec<Entity<'g>> {
        let (own, other) = side::beside(self);
        own.into_iter().chain(other).collect()
    }
}

impl PartialEq for Relation<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && self.view.is_same_graph(other.view)
    }
}

impl Eq for Relation<'_> {}

impl Hash for Relation<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

impl std::fmt::Debug for Relation<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Relation({} {} {})", self.subject().id(), self.verb(), self.object().id())
    }
}

impl std::fmt::Display for Relation<'_> {
    /// The sentence, with its date: "Xiaomi buys from Microsoft (announced 2016-05-31, reported)".
    ///
    /// A wish is told from who wishes, from whichever end it is [read](Relation::told).
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        sentence::write_relation(f, *self)
    }
}
