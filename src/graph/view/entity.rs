//! The handle for an entity.

use std::hash::{Hash, Hasher};

use super::evidence::Evidence;
use super::fact::Fact;
use super::relation::Relation;
use super::view::View;
use crate::graph::store::entity_fields;
use crate::graph::store::evidence::Said;
use crate::graph::store::fields::{Field, Fields};
use crate::graph::store::index::{EntityIx, FactIx};
use crate::graph::store::names::normalised;
use crate::graph::store::property;
use crate::graph::store::relations::Origin;
use crate::graph::store::rule::Rule;
use crate::model::{EntityKind, EntityRecord, Reason, RelationKind};
use crate::value::{Country, Date};

/// An entity of the graph: `Copy`, compared by graph and position.
#[derive(Clone, Copy)]
pub struct Entity<'g> {
    view: View<'g>,
    index: EntityIx,
}

impl<'g> Entity<'g> {
    pub(crate) const fn new(view: View<'g>, index: EntityIx) -> Self {
        Self { view, index }
    }

    /// Its id.
    #[must_use]
    pub fn id(self) -> &'g str {
        self.view.data().entities.id(self.index)
    }

    /// What it is.
    #[must_use]
    pub fn kind(self) -> EntityKind {
        self.view.data().entities.kind(self.index)
    }

    /// Its current name; under a second clock, its name then.
    #[must_use]
    pub fn name(self) -> &'g str {
        let current = || self.view.data().entities.name(self.index);
        match self.view.knowledge() {
            None => current(),
            Some(_) => self.name_unless(|until| self.view.knows_of(until)).unwrap_or_else(current),
        }
    }

    /// Its first name not yet given up; `None` if all former ones were.
    fn name_unless(self, is_given_up: impl Fn(Date) -> bool) -> Option<&'g str> {
        let former = self.fields().filter(|field| field.tag == entity_fields::FORMER_NAME);
        let former = former.filter_map(|field| entity_fields::former_name(field.value));
        // An undated one was given up at an unknown time, and so never comes first.
        let dated = former.filter_map(|(name, until)| Some((name, until?)));
        let borne = dated.filter(|(_, until)| !is_given_up(*until));
        borne
            .min_by_key(|(_, until)| (until.latest().is_none(), until.latest(), *until))
            .map(|(name, _)| name)
    }

    /// Other names it goes by.
    pub fn aliases(self) -> impl Iterator<Item = &'g str> + use<'g> {
        self.texts(entity_fields::ALIAS)
    }

    /// Its full record.
    ///
    /// The record is rebuilt at every call, at a cost proportional to its size. Id, kind, name, aliases, country and
    /// evidence are available without it.
    #[must_use]
    pub fn record(self) -> EntityRecord {
        let data = self.view.data();
        let mut record = data.entities.record(self.index, &data.sources);
        if self.view.knowledge().is_some() {
            self.name().clone_into(&mut record.name);
            let is_known = |until: Option<Date>| until.is_none_or(|until| self.view.knows_of(until));
            record.former_names.retain(|former| is_known(former.until));
            let mut cited = self.said().map(|said| self.view.cites(self.view.has_heard(&said)));
            record.evidence.retain(|_| cited.next().unwrap_or(false));
        }
        record
    }

    /// Whether it has any relation of this kind, in view or not.
    pub(crate) fn has_relations_of(self, kind: RelationKind) -> bool {
        self.view.data().adjacency.of_kind(self.index, kind).is_some()
    }

    /// The successions by which it came to a holder, by rule, without taking part in them.
    pub(crate) fn passed_by(self) -> impl Iterator<Item = Fact<'g>> + use<'g> {
        let data = self.view.data();
        let row = data.adjacency.of_kind(self.index, RelationKind::Holds);
        let entries = row.into_iter().flat_map(|row| row.entries).map(|at| data.adjacency.entry(at));
        let facts = entries.filter(|entry| entry.inverted).filter_map(|entry| {
            match data.relations.origin(entry.relation) {
                Origin::Derived(derived) if derived.rule == Rule::SuccessorTakesOver => Some(derived.fact),
                _ => None,
            }
        });
        facts.map(move |fact| self.view.fact_at(fact))
    }

    /// Its open properties, each a key with its value, in the order written.
    pub fn properties(self) -> impl Iterator<Item = (&'g str, &'g str)> + Clone + use<'g> {
        let fields = self.fields().filter(|field| field.tag == entity_fields::PROPERTY);
        fields.filter_map(|field| property::read(field.value))
    }

    /// The value of an open property; see [`EntityRecord::property`].
    #[must_use]
    pub fn property(self, key: &str) -> Option<&'g str> {
        self.properties().find(|(own, _)| *own == key).map(|(_, value)| value)
    }

    /// Its country.
    #[must_use]
    pub fn country(self) -> Option<Country> {
        self.fields().find_tag(entity_fields::COUNTRY).and_then(Field::parse)
    }

    /// Its industry, as written.
    #[must_use]
    pub fn industry(self) -> Option<&'g str> {
        self.fields().text(entity_fields::INDUSTRY)
    }

    /// Its position in [`View::entities`], for a program's own tables with one row per entity.
    ///
    /// It is the same in every view of a graph, but may change when the graph is built anew; ids do not.
    #[must_use]
    pub const fn position(self) -> usize {
        self.index.get()
    }

    /// The view it is seen in.
    #[must_use]
    pub const fn view(self) -> View<'g> {
        self.view
    }

    /// The organisation it is a unit of.
    #[must_use]
    pub fn unit_of(self) -> Option<Self> {
        let id = self.fields().text(entity_fields::OF)?;
        self.view.entity(id).ok()
    }

    /// The evidence of the entity itself; under a second clock, from sources published by then.
    pub fn evidence(self) -> impl Iterator<Item = Evidence<'g>> + use<'g> {
        let view = self.view;
        let cited = self.said().filter(move |said| view.cites(view.has_heard(said)));
        cited.map(move |said| Evidence::new(view, said))
    }

    fn said(self) -> impl Iterator<Item = Said<'g>> + use<'g> {
        let sources = self.view.data().sources.len();
        let fields = self.fields().filter(|field| field.tag == entity_fields::EVIDENCE);
        let said = fields.filter_map(|field| Said::unpack(field.value));
        said.filter(move |said| said.source.get() < sources)
    }

    /// Every relation that touches it, each read from its side, in order of kind, then of the other's id.
    ///
    /// A relation to itself appears once. Includes what is sought or called off; see [`Relation::counts`].
    pub fn relations(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        self.touching()
    }

    /// The facts in which it takes part, in the order given.
    ///
    /// Not all of them project a relation of it: the subject of a partnership takes part too. Scans all facts; repeated
    /// calls build and use an index.
    pub fn facts(self) -> impl Iterator<Item = Fact<'g>> + use<'g> {
        let view = self.view;
        let listed = view.data().facts_of(self.index);
        let scanned = listed
            .is_none()
            .then(|| view.facts().filter(move |fact| fact.roles().any(|(_, entity)| entity == self)));
        let listed = listed.unwrap_or_default().chunk_by(FactIx::eq).filter_map(|same| same.first().copied());
        listed
            .filter(view.shows_facts())
            .map(move |index| view.fact_at(index))
            .chain(scanned.into_iter().flatten())
    }

    /// The facts in which it takes part that are no longer in force on the view's date: by their own dates, or because
    /// [something else ended them](Fact::endings). In the order given. Empty without a date.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
    ///     facts: [
    ///         Ownership(owner: "b", owned: "a", share: "80%", since: "2000", unsourced: true),
    ///         Acquisition(id: "bought", acquirer: "c", target: "a", seller: "b", completed: "2012", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let then = graph.as_of("2015".parse().unwrap());
    /// let over = then.find("A")?.no_longer_in_force();
    /// assert_eq!(over[0].sentence(), "B owned 80% of A (since 2000)");
    /// assert_eq!(over[0].endings()[0].to_string(), "sold 2012 (`bought`)");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn no_longer_in_force(self) -> Vec<Fact<'g>> {
        let view = self.view.with_possible();
        if view.date().is_none() {
            return Vec::new();
        }
        let takes_part = |fact: &Fact<'g>| fact.roles().any(|(_, entity)| entity.index == self.index);
        let by_others = view.over().filter(takes_part).map(Fact::index);
        let is_over = |fact: &Fact<'g>| fact.is_over() && fact.is_left_out();
        let ever = view.undated().entity_at(self.index).facts().map(|fact| view.fact_at(fact.index()));
        let mut over: Vec<FactIx> = by_others.chain(ever.filter(is_over).map(Fact::index)).collect();
        over.sort_unstable();
        over.dedup();
        over.into_iter().map(|index| self.view.fact_at(index)).collect()
    }

    /// The relations of one kind that count, read from this entity's side, with the entity at the other end.
    ///
    /// Both directions: for `SellsTo`, those it sells to and those it buys from. In order of the others' ids, so that
    /// an entity with several such relations appears several times in a row. Takes time linear in the relations of this
    /// kind alone.
    pub fn neighbors(self, kind: RelationKind) -> impl Iterator<Item = (Relation<'g>, Self)> + use<'g> {
        self.walked(kind.into()).map(|relation| (relation, relation.object()))
    }

    pub(crate) const fn index(self) -> EntityIx {
        self.index
    }

    /// Why it is not named, if it is not.
    pub(crate) fn reason(self) -> Option<Reason> {
        self.fields().text(entity_fields::REASON).and_then(Reason::from_name)
    }

    pub(crate) fn fields(self) -> Fields<'g> {
        self.view.data().entities.fields(self.index)
    }

    fn texts(self, tag: u8) -> impl Iterator<Item = &'g str> + use<'g> {
        self.fields().filter(move |field| field.tag == tag).map(Field::text)
    }

    /// Its names: current, aliases, native, former.
    pub(crate) fn names(self) -> impl Iterator<Item = &'g str> + use<'g> {
        self.view.data().entities.names(self.index)
    }

    /// Its present and former names, without case, accents, punctuation and legal form.
    pub(crate) fn normalised_names(self) -> impl Iterator<Item = String> + use<'g> {
        self.names().map(normalised)
    }
}

impl PartialEq for Entity<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && self.view.is_same_graph(other.view)
    }
}

impl Eq for Entity<'_> {}

impl PartialOrd for Entity<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entity<'_> {
    /// By id. Entities with the same id in different graphs are not equal; their order is fixed as long as both graphs
    /// exist.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        if self.view.is_same_graph(other.view) {
            // Entities are stored in id order.
            return self.index.cmp(&other.index);
        }
        let place = |entity: &Self| std::ptr::from_ref(entity.view.data()).addr();
        self.id().cmp(other.id()).then_with(|| place(self).cmp(&place(other)))
    }
}

impl Hash for Entity<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

impl std::fmt::Debug for Entity<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Entity({})", self.id())
    }
}

impl std::fmt::Display for Entity<'_> {
    /// Its name, with what distinguishes it from others of that name: [`Entity::told_name`].
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.told_name())
    }
}
