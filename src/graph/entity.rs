//! The handle on an entity.

use std::hash::{Hash, Hasher};

use super::index::{EntityIx, RelationIx};
use super::relation::Relation;
use super::{Evidence, Fact, Source, View, names};
use crate::model::{EntityKind, EntityRecord, RelationKind};

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
        self.record().id.as_str()
    }

    /// What it is.
    #[must_use]
    pub fn kind(self) -> EntityKind {
        self.record().kind
    }

    /// Its current name.
    #[must_use]
    pub fn name(self) -> &'g str {
        &self.record().name
    }

    /// Other names it goes by.
    pub fn aliases(self) -> impl Iterator<Item = &'g str> + use<'g> {
        self.record().aliases.iter().map(String::as_str)
    }

    /// All that its record says.
    #[must_use]
    pub fn record(self) -> &'g EntityRecord {
        super::at(&self.view.data().entities, self.index.get())
    }

    /// The view it is seen in.
    #[must_use]
    pub const fn view(self) -> View<'g> {
        self.view
    }

    /// The organisation it is a unit of.
    #[must_use]
    pub fn unit_of(self) -> Option<Self> {
        let id = self.record().of.as_ref()?;
        self.view.entity(id.as_str()).ok()
    }

    /// What sources say of the entity itself.
    pub fn evidence(self) -> impl Iterator<Item = Evidence<'g>> + use<'g> {
        let view = self.view;
        self.record().evidence.iter().filter_map(move |record| {
            let source: Source<'g> = view.sources().find(|source| source.record().id == record.source)?;
            Some(Evidence::new(source, record))
        })
    }

    /// Every relation that touches it, each read from its side, in the order of kind, then of the other's id.
    ///
    /// A relation to itself comes once. Wishes and deals called off are among them;
    /// [`Relation::counts`] tells.
    pub fn relations(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let key = |relation: &Relation<'g>| (relation.kind(), relation.object().index, relation.index());
        let mut leaving = self.leaving().peekable();
        let mut entering = self.entering().filter(|relation| relation.from() != relation.to()).peekable();
        std::iter::from_fn(move || match (leaving.peek(), entering.peek()) {
            (Some(left), Some(entered)) if key(entered) < key(left) => entering.next(),
            (None, Some(_)) => entering.next(),
            _ => leaving.next(),
        })
    }

    /// The facts in which it takes part, in the order given.
    ///
    /// Not all of them project a relation of it: of a partnership, what it is over takes part too.
    pub fn facts(self) -> impl Iterator<Item = Fact<'g>> + use<'g> {
        self.view.facts().filter(move |fact| fact.roles().any(|(_, entity)| entity == self))
    }

    /// The relations of one kind that count, read from this entity's side, with the entity at the other end.
    ///
    /// Both directions: of `SellsTo`, whom it sells to and whom it buys from.
    pub fn neighbors(self, kind: RelationKind) -> impl Iterator<Item = (Relation<'g>, Self)> + use<'g> {
        self.relations()
            .filter(move |relation| relation.kind() == kind && relation.counts())
            .map(|relation| (relation, relation.object()))
    }

    pub(crate) fn leaving(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let store = &self.view.data().store;
        let shown = store.leaving(self.index).filter(move |index| self.view.shows(*index));
        shown.map(move |index: RelationIx| Relation::new(self.view, index, false))
    }

    pub(crate) fn entering(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let store = &self.view.data().store;
        let shown = store.entering(self.index).filter(move |index| self.view.shows(*index));
        shown.map(move |index: RelationIx| Relation::new(self.view, index, true))
    }

    #[cfg(feature = "petgraph-traits")]
    pub(crate) const fn index(self) -> EntityIx {
        self.index
    }

    /// Its names, present and former, without case, accents, punctuation and legal suffix.
    pub(crate) fn normalised_names(self) -> impl Iterator<Item = String> + use<'g> {
        names::names_of(self.record()).map(names::normalised)
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
    /// By id, among entities of one graph.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.index.cmp(&other.index)
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
    /// Its name.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}
