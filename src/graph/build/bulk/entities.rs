//! Entities read from a table, a part at a time.

use crate::graph::store::entities::Entities;
use crate::graph::store::ids::IdTable;
use crate::graph::store::index::EntityIx;
use crate::graph::store::property::Property;
use crate::graph::store::short_ids::ShortIds;
use crate::model::EntityKind;

/// Some entities, in table order, with ids not yet compared.
#[derive(Debug, Default)]
pub(crate) struct EntityPart(pub(crate) Entities);

impl EntityPart {
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn push(
        &mut self,
        kind: EntityKind,
        id: &str,
        name: &str,
        country: Option<&str>,
        properties: &[Property],
    ) {
        self.0.add(kind, id, name, country, properties);
    }
}

/// The index from ids to entities while tables are read.
pub(crate) struct Ids {
    short: ShortIds,
    /// The ids that are not short.
    long: IdTable,
}

impl Ids {
    pub(crate) fn with_capacity(entities: usize) -> Self {
        Self { short: ShortIds::with_capacity(entities), long: IdTable::default() }
    }

    /// Appends entities to `to`. Those whose id is taken go to `refuse`.
    pub(crate) fn add(&mut self, part: &Entities, to: &mut Entities, refuse: &mut impl FnMut(usize, &str)) {
        self.short.touch(part.ids());
        for own in part.all() {
            let (id, number) = (part.id(own), to.len());
            let is_new = match self.short.insert(id, number, to.ids()) {
                Ok(is_new) => is_new,
                Err(()) => self.long.insert(id, number, |n| to.ids().get(n)).is_none(),
            };
            if is_new {
                to.add_copy(part, own);
            } else {
                refuse(own.get(), id);
            }
        }
    }

    pub(crate) fn renumber(&mut self, new: &[u32]) {
        self.short.renumber(new);
        self.long.renumber(|n| new.get(n).copied().unwrap_or_default());
    }
}

/// Finds entities by their ids.
#[derive(Clone, Copy)]
pub(crate) struct Finder<'b> {
    pub(crate) ids: &'b Ids,
    pub(crate) entities: &'b Entities,
}

impl Finder<'_> {
    pub(crate) fn find(self, id: &str) -> Option<EntityIx> {
        let long = || self.ids.long.find(id, |n| self.entities.ids().get(n)).map(EntityIx::new);
        self.ids.short.find(id).unwrap_or_else(|()| long())
    }

    /// Looks up the ids at several places at once, to be read with [`Finder::seen`].
    pub(crate) fn look(self, bytes: &[u8], places: impl Iterator<Item = (u32, u32)>, found: &mut Vec<u32>) {
        self.ids.short.look(bytes, places, found);
    }

    /// The entity found for a place; `None` means [`Finder::find`] must be asked.
    pub(crate) fn seen(found: u32) -> Option<EntityIx> {
        ShortIds::seen(found)
    }
}
