//! The handle for a relation: a typed edge, read from one of its ends.

use std::hash::{Hash, Hasher};

use super::ending::Doubt;
use super::entity::Entity;
use super::evidence::Evidence;
use super::fact::Fact;
use super::view::View;
use crate::graph::store::adjacency::Entry;
use crate::graph::store::index::{EntityIx, RelationIx};
use crate::graph::store::relations::Origin;
use crate::graph::store::rule::{EndRule, Rule};
use crate::graph::store::validity::Certainty;
use crate::model::vocabulary::Projection;
use crate::model::{RelationKind, Role};

/// A relation of the graph: `Copy`, compared by graph and position.
///
/// It remembers the end from which it is read: [`subject`](Self::subject), [`verb`](Self::verb) and
/// [`object`](Self::object) follow the reading direction. `Display` is the sentence with its date.
#[derive(Clone, Copy)]
pub struct Relation<'g> {
    view: View<'g>,
    index: RelationIx,
    /// Its ends, as stored.
    from: EntityIx,
    to: EntityIx,
    /// Whether it is read from the object to the subject.
    inverted: bool,
}

/// A relation without its view, for what is kept beside a graph.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeptRelation {
    index: RelationIx,
    inverted: bool,
}

impl KeptRelation {
    /// The relation as seen in a view of the same graph.
    pub(crate) fn seen(self, view: View<'_>) -> Relation<'_> {
        Relation::new(view, self.index, self.inverted)
    }
}

impl<'g> Relation<'g> {
    /// The relation without its view.
    pub(crate) const fn kept(self) -> KeptRelation {
        KeptRelation { index: self.index, inverted: self.inverted }
    }

    pub(crate) fn new(view: View<'g>, index: RelationIx, inverted: bool) -> Self {
        let (from, to) = view.data().relations.ends(index);
        Self { view, index, from, to, inverted }
    }

    /// As one of the relations of an entity.
    pub(crate) const fn seen(view: View<'g>, own: EntityIx, entry: Entry) -> Self {
        let (from, to) = if entry.inverted { (entry.target, own) } else { (own, entry.target) };
        Self { view, index: entry.relation, from, to, inverted: entry.inverted }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(self) -> RelationKind {
        self.view.data().relations.kind(self.index)
    }

    /// Where it starts. A symmetric relation starts where its reading does, but if sought, with the one who seeks it.
    #[must_use]
    pub fn from(self) -> Entity<'g> {
        if self.is_turned() { self.end() } else { self.start() }
    }

    /// Where it ends. A symmetric relation ends where its reading does, unless it is sought.
    #[must_use]
    pub fn to(self) -> Entity<'g> {
        if self.is_turned() { self.start() } else { self.end() }
    }

    /// The verb from [`from`](Self::from) to [`to`](Self::to), as the fact words it: "sells to".
    #[must_use]
    pub fn label(self) -> &'static str {
        self.labels().0
    }

    /// The entity from which it is read.
    #[must_use]
    pub fn subject(self) -> Entity<'g> {
        if self.inverted { self.end() } else { self.start() }
    }

    /// The verb in the reading direction: "buys from".
    #[must_use]
    pub fn verb(self) -> &'static str {
        let (label, inverse) = self.labels();
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

    /// The same relation read from where its sentence starts: what is sought from the one who seeks it, all else
    /// unchanged.
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

    /// The fact that states it, or from which it follows; `None` if an entity's record states it (units, members).
    #[must_use]
    pub fn fact(self) -> Option<Fact<'g>> {
        match self.origin() {
            Origin::Fact(index) => Some(self.view.fact_at(index)),
            Origin::Derived(derived) => Some(self.view.fact_at(derived.fact)),
            Origin::Record(_) => None,
        }
    }

    /// The rule by which it follows from its fact; `None` if it is stated.
    #[must_use]
    pub fn derived(self) -> Option<Rule> {
        match self.origin() {
            Origin::Derived(derived) => Some(derived.rule),
            Origin::Fact(_) | Origin::Record(_) => None,
        }
    }

    /// Whether it is over and worded in the past, because its fact [is](Fact::is_over).
    #[must_use]
    pub fn is_over(self) -> bool {
        !self.is_tie() && self.derived().is_none() && self.fact().is_some_and(Fact::is_over)
    }

    /// Whether its fact, or one that it [rests on](Self::rests_on), is [disputed](Fact::is_disputed).
    #[must_use]
    pub fn is_disputed(self) -> bool {
        self.fact().is_some_and(Fact::is_disputed) || self.rests_on().into_iter().any(Fact::is_disputed)
    }

    /// Whether it is walked and counted. Without a date, what is sought or called off is not; with one, all that the
    /// view shows is.
    #[must_use]
    pub fn counts(self) -> bool {
        let counts = |relation: Self| relation.fact().is_none_or(Fact::counts);
        // Of several claims, one that counts is enough.
        self.view.date().is_some() || counts(self) || self.claims().into_iter().any(counts)
    }

    /// The evidence for its fact, for other claims about the same thing, and for what it [rests on](Self::rests_on); or
    /// for the entity whose record states it.
    #[must_use]
    pub fn evidence(self) -> Vec<Evidence<'g>> {
        let Some(fact) = self.fact() else {
            let Origin::Record(index) = self.origin() else { return Vec::new() };
            return self.view.entity_at(index).evidence().collect();
        };
        let claims = fact.claims();
        let own = if claims.is_empty() { vec![fact] } else { claims };
        own.into_iter().chain(self.rests_on()).flat_map(Fact::evidence).collect()
    }

    /// Those who hold the stake jointly, control the company or run the trust together, including its own party, in id
    /// order; empty if there is only one. For what follows from an event, those who hold it jointly from then on.
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
        if let Origin::Derived(derived) = self.origin() {
            let holders = derived.jointly.map(|jointly| self.view.data().relations.joint(jointly));
            return holders.into_iter().flatten().map(|holder| self.view.entity_at(*holder)).collect();
        }
        let Some(fact) = self.fact() else { return Vec::new() };
        if fact.parties(role).nth(1).is_none() {
            return Vec::new();
        }
        let mut parties: Vec<_> = fact.parties(role).collect();
        parties.sort_unstable();
        parties.dedup();
        if parties.len() > 1 { parties } else { Vec::new() }
    }

    /// Whether it words the whole of its fact rather than one side: for a sale, `SellsTo`, not `Divests`.
    #[must_use]
    pub fn is_principal(self) -> bool {
        let principal = |fact: Fact<'g>| fact.kind().row().projections.first().map(Projection::kind);
        self.fact().is_some_and(|fact| principal(fact) == Some(self.kind()))
    }

    /// Whether it precedes another relation of the same graph, in the order of [`View::relations`].
    pub(crate) fn is_before(self, other: Self) -> bool {
        self.index < other.index
    }

    /// The view it is seen in.
    #[must_use]
    pub const fn view(self) -> View<'g> {
        self.view
    }

    /// The relation, read as it is stored.
    pub(crate) const fn as_stored(self) -> Self {
        Self { inverted: false, ..self }
    }

    pub(crate) const fn index(self) -> RelationIx {
        self.index
    }

    pub(crate) fn origin(self) -> Origin {
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

    /// Whether it is sought: the first side seeks it, and the other need not know.
    fn is_wish(self) -> bool {
        !self.is_tie() && self.fact().is_some_and(|fact| fact.is_sought())
    }

    /// Whether it is read from the object to the subject.
    pub(crate) const fn is_inverted(self) -> bool {
        self.inverted
    }

    /// Whether it is read from the side that does or seeks it.
    pub(crate) fn is_read_as_told(self) -> bool {
        !self.inverted || !self.is_wish()
    }

    /// Whether it is an event that certainly happened by the view's date.
    pub(crate) fn surely_happened(self) -> bool {
        let event = self.fact().filter(|fact| self.derived().is_none() && fact.kind().row().event);
        event.is_some_and(|fact| fact.certainty() == Some(Certainty::Certain) && !fact.is_disputed())
            && !self.endings().is_empty()
    }

    /// Why it is only possible on the view's date, if a party no longer exists: "Acme was dissolved 2019 (`end`)".
    #[must_use]
    pub fn doubt(self) -> Option<Doubt<'g>> {
        if self.view.date().is_none() || self.certainty() != Some(Certainty::Possible) {
            return None;
        }
        if self.surely_happened() {
            // What happened stays so. Only what it led to may be over.
            return Some(Doubt { ending: self.endings().into_iter().next()?, party: None });
        }
        let ending = self.endings().into_iter().find(|ending| ending.rule == EndRule::CompanyEnded)?;
        let party = [self.start(), self.end()].into_iter().find(|end| ending.is_end_of(*end))?;
        Some(Doubt { ending, party: Some(party) })
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
