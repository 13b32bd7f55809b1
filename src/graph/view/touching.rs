//! The relations that touch an entity, as a view shows them.

use super::entity::Entity;
use super::relation::Relation;
use super::view::View;
use crate::graph::store::adjacency::KindLists;
use crate::model::{RelationKind, RelationKinds};

impl<'g> View<'g> {
    /// The relations of one kind, as they are stored, sorted by the ids of their starts, then of their ends.
    ///
    /// These are the [`View::relations`] of this kind, in another order. Visits each relation of this kind twice,
    /// whereas filtering visits every relation of the graph once.
    ///
    /// ```
    /// # use keiretsu::{Graph, RelationKind};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
    ///     facts: [
    ///         Supply(supplier: "c", customer: "a", unsourced: true),
    ///         Supply(supplier: "a", customer: "b", unsourced: true),
    ///         Partnership(between: ["a", "c"], unsourced: true),
    ///     ],
    /// )"#)?;
    /// let supplies: Vec<_> = graph.view().relations_of(RelationKind::Supplies).map(|one| one.to_string()).collect();
    /// assert_eq!(supplies, ["A supplies B", "C supplies A"]);
    /// assert_eq!(graph.view().relations_of(RelationKind::PartnersWith).count(), 1);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    pub fn relations_of(self, kind: RelationKind) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let (filter, rows) = (self.filter(), &self.data().adjacency);
        let lists = rows.find(kind).into_iter().flat_map(KindLists::all);
        let entries = lists.flat_map(move |(own, list)| list.entries.map(move |at| (own, rows.entry(at))));
        entries
            .filter(move |(_, entry)| !entry.inverted && filter.shows(self, *entry))
            .map(move |(own, entry)| Relation::seen(self, own, entry))
    }
}

impl<'g> Entity<'g> {
    /// Every relation that touches it, as returned by [`Entity::relations`].
    pub(crate) fn touching(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let (view, filter, own) = (self.view(), self.view().filter(), self.index());
        let rows = &view.data().adjacency;
        rows.of(own, RelationKinds::ALL)
            .flat_map(move |row| row.entries.map(move |at| rows.entry(at)))
            .filter(move |entry| !(entry.inverted && entry.target == own) && filter.shows(view, *entry))
            .map(move |entry| Relation::seen(view, own, entry))
    }

    /// The relations of some kinds that are walked, in the same order.
    pub(crate) fn walked(self, kinds: RelationKinds) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let (view, filter, own) = (self.view(), self.view().filter(), self.index());
        let rows = &view.data().adjacency;
        rows.of(own, kinds)
            .flat_map(move |row| row.entries.map(move |at| rows.entry(at)))
            .filter(move |entry| !(entry.inverted && entry.target == own) && filter.walks(view, *entry))
            .map(move |entry| Relation::seen(view, own, entry))
    }
}

impl<'g> Entity<'g> {
    /// The relations that the view shows and of which it is the subject.
    #[cfg(feature = "diagram")]
    pub(crate) fn leaving(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        self.directed(false)
    }

    /// The stakes in it that the view shows. Without a date, also those left by purchases, sales and successions that
    /// still stand.
    pub(crate) fn stakes_in_it(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let (view, filter, own) = (self.view(), self.view().filter(), self.index());
        let rows = &view.data().adjacency;
        let row = rows.of_kind(own, RelationKind::OwnsShareOf).into_iter();
        row.flat_map(move |row| row.entries.map(move |at| rows.entry(at)))
            .filter(move |entry| {
                entry.inverted && (filter.shows(view, *entry) || view.leaves(entry.relation))
            })
            .map(move |entry| Relation::seen(view, own, entry).as_stored())
    }

    /// The stakes that it has in others, by the same rule.
    #[cfg(feature = "diagram")]
    pub(crate) fn stakes_it_has(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let (view, filter, own) = (self.view(), self.view().filter(), self.index());
        let lists = &view.data().adjacency;
        let list = lists.of_kind(own, RelationKind::OwnsShareOf).into_iter();
        list.flat_map(move |list| list.entries.map(move |at| lists.entry(at)))
            .filter(move |entry| {
                !entry.inverted && (filter.shows(view, *entry) || view.leaves(entry.relation))
            })
            .map(move |entry| Relation::seen(view, own, entry).as_stored())
    }

    /// All stakes in it that were ever stated or followed from events, in force or over, but not what is sought or
    /// unknown.
    pub(crate) fn stakes_ever_in_it(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let (view, own) = (self.view(), self.index());
        let rows = &view.data().adjacency;
        let row = rows.of_kind(own, RelationKind::OwnsShareOf).into_iter();
        let stakes = row.flat_map(move |row| row.entries.map(move |at| rows.entry(at)));
        let is_said = move |fact: super::fact::Fact<'g>| {
            view.undated().fact_at(fact.index()).counts() && fact.is_known()
        };
        stakes
            .filter(|entry| entry.inverted)
            .map(move |entry| Relation::seen(view, own, entry).as_stored())
            .filter(move |relation| relation.fact().is_some_and(is_said))
    }

    /// The relations that the view shows and of which it is the object.
    #[cfg(feature = "diagram")]
    pub(crate) fn entering(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        self.directed(true)
    }

    #[cfg(feature = "diagram")]
    fn directed(self, entering: bool) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let (view, filter, own) = (self.view(), self.view().filter(), self.index());
        let rows = &view.data().adjacency;
        rows.of(own, RelationKinds::ALL)
            .flat_map(move |row| row.entries.map(move |at| rows.entry(at)))
            .filter(move |entry| entry.inverted == entering && filter.shows(view, *entry))
            .map(move |entry| Relation::seen(view, own, entry))
    }
}
