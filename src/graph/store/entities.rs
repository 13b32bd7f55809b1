//! Entities stored in columns.

use std::io::{self, Read, Write};

use super::entity_fields as tags;
use super::fields::{Blobs, Fields};
use super::ids::IdIndex;
use super::index::{EntityIx, SourceIx};
use super::lazy::Lazy;
#[cfg(feature = "import")]
use super::property::Property;
use super::room;
use super::section::damage::Damage;
use super::section::read::Source;
use super::section::write::Sink;
use super::texts::Texts;
use crate::model::{EntityKind, EntityRecord, Id, SourceRecord};
#[cfg(feature = "import")]
use crate::parallel::join_if_large;

/// All entities, sorted by id, so that the order of indices is the order of ids.
#[derive(Debug, Default)]
pub(crate) struct Entities {
    kinds: Vec<EntityKind>,
    ids: Texts,
    names: Texts,
    fields: Blobs,
    table: Option<IdIndex>,
    /// The id index of a graph that has no `table`, built once ids have been looked up often.
    late_table: Lazy<IdIndex>,
}

impl Entities {
    /// Size in bytes, without the index of ids.
    pub(crate) const fn memory(&self) -> usize {
        room(&self.kinds) + self.ids.memory() + self.names.memory() + self.fields.memory()
    }

    pub(crate) fn table_memory(&self) -> usize {
        self.table.as_ref().map_or(0, IdIndex::memory)
    }

    /// Reserves room for this many entities.
    pub(crate) fn reserve(&mut self, entities: usize) {
        self.kinds.reserve_exact(entities);
        self.fields.reserve(entities);
    }

    /// Adds an entity with its packed fields, in id order. Maps its sources if a mapping is given.
    pub(crate) fn push_packed(
        &mut self,
        kind: EntityKind,
        id: &str,
        name: &str,
        fields: &Fields<'_>,
        source: Option<&dyn Fn(SourceIx) -> SourceIx>,
    ) {
        self.kinds.push(kind);
        self.ids.push(id);
        self.names.push(name);
        match source {
            Some(source) => self.fields.push_resolved(fields, tags::EVIDENCE, source),
            None => self.fields.push_copy(fields),
        }
    }

    /// Completes the entities with the index of their ids.
    pub(crate) fn set_table(&mut self, table: IdIndex) {
        self.table = Some(table);
        self.shrink();
    }

    /// Adds an entity of a table, without checking its id for duplicates. The order is free until [`Entities::sort`].
    #[cfg(feature = "import")]
    pub(crate) fn add(
        &mut self,
        kind: EntityKind,
        id: &str,
        name: &str,
        country: Option<&str>,
        properties: &[Property],
    ) {
        self.kinds.push(kind);
        self.ids.push(id);
        self.names.push(name);
        self.fields.optional_text(tags::COUNTRY, country);
        properties.iter().for_each(|one| self.fields.bytes(tags::PROPERTY, &one.0));
        self.fields.end_record();
    }

    /// Adds a copy of an entity from another collection.
    #[cfg(feature = "import")]
    pub(crate) fn add_copy(&mut self, others: &Self, other: EntityIx) {
        self.kinds.push(others.kind(other));
        self.ids.push(others.id(other));
        self.names.push(others.name(other));
        self.fields.copy(&others.fields(other));
        self.fields.end_record();
    }

    /// Tries to reserve room for this many times the entities of a part.
    #[cfg(feature = "import")]
    pub(crate) fn expect(&mut self, part: &Self, times: usize) {
        let _ = self.kinds.try_reserve(part.len().saturating_mul(times));
        self.ids.expect(&part.ids, times);
        self.names.expect(&part.names, times);
        let bytes = part.fields.byte_count().saturating_mul(times);
        self.fields.expect(part.len().saturating_mul(times), bytes);
    }

    #[cfg(feature = "import")]
    pub(crate) fn clear(&mut self) {
        self.kinds.clear();
        self.ids.clear();
        self.names.clear();
        self.fields.clear();
    }

    #[cfg(feature = "import")]
    pub(crate) const fn ids(&self) -> &Texts {
        &self.ids
    }

    /// Sorts the entities by id. Returns the new index of each.
    #[cfg(feature = "import")]
    pub(crate) fn sort(&mut self) -> Vec<u32> {
        // The first eight bytes settle most comparisons.
        let prefix = |n: usize| {
            let mut bytes = [0; 8];
            bytes.iter_mut().zip(self.ids.get(n).bytes()).for_each(|(slot, byte)| *slot = byte);
            u64::from_be_bytes(bytes)
        };
        let mut order: Vec<(u64, u32)> = (0..self.len()).map(|n| (prefix(n), n as u32)).collect();
        order.sort_unstable_by(|(one, a), (other, b)| {
            let texts = || self.ids.get(*a as usize).cmp(self.ids.get(*b as usize));
            one.cmp(other).then_with(texts)
        });
        let texts = |from: &Texts| {
            let mut sorted = Texts::with_capacity(from.len(), from.bytes());
            order.iter().for_each(|(_, n)| sorted.push(from.get(*n as usize)));
            sorted
        };
        let ids_and_fields = || {
            let mut fields = Blobs::default();
            fields.reserve_like(&self.fields);
            for (_, n) in &order {
                fields.copy(&self.fields(EntityIx::of(*n)));
                fields.end_record();
            }
            (texts(&self.ids), fields)
        };
        let (names, (ids, fields)) = join_if_large(self.len(), || texts(&self.names), ids_and_fields);
        let kinds = order.iter().map(|(_, n)| self.kind(EntityIx::of(*n))).collect();
        let mut places = vec![0_u32; self.len()];
        for (place, (_, n)) in order.iter().enumerate() {
            if let Some(slot) = places.get_mut(*n as usize) {
                *slot = place as u32;
            }
        }
        *self = Self { kinds, ids, names, fields, ..Self::default() };
        self.shrink();
        places
    }

    /// An index of ids, if there is none yet.
    pub(crate) fn missing_table(&self) -> Option<IdIndex> {
        self.table.is_none().then(|| self.tabulated())
    }

    pub(crate) fn put_table(&mut self, table: Option<IdIndex>) {
        self.table = self.table.take().or(table);
    }

    fn shrink(&mut self) {
        self.kinds.shrink_to_fit();
        self.ids.shrink();
        self.names.shrink();
        self.fields.shrink();
    }

    pub(crate) const fn len(&self) -> usize {
        self.kinds.len()
    }

    pub(crate) fn all(&self) -> impl ExactSizeIterator<Item = EntityIx> + use<> {
        (0..self.len()).map(EntityIx::new)
    }

    pub(crate) fn find(&self, id: &str) -> Option<EntityIx> {
        let text_of = |n| self.ids.get(n);
        let table = match &self.table {
            Some(table) => table,
            None if self.late_table.is_wanted() => self.late_table.get_or_make(&|| self.tabulated()),
            None => return self.searched(id),
        };
        table.find(id, text_of).map(EntityIx::new)
    }

    /// Builds the id index, if it has none.
    pub(crate) fn warm(&self) {
        if self.table.is_none() {
            self.late_table.get_or_make(&|| self.tabulated());
        }
    }

    /// Looks up an id without an index, by binary search.
    fn searched(&self, id: &str) -> Option<EntityIx> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.ids.get(middle).cmp(id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(EntityIx::new(middle)),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn tabulated(&self) -> IdIndex {
        IdIndex::new(self.len(), |n| self.ids.get(n))
    }

    pub(crate) fn save<W: Write>(&self, sink: &mut Sink<W>) -> io::Result<()> {
        let kinds: Vec<u8> = self.kinds.iter().map(|kind| *kind as u8).collect();
        sink.bytes(&kinds)?;
        self.ids.save(sink)?;
        self.names.save(sink)?;
        self.fields.save(sink)
    }

    pub(crate) fn load<R: Read>(source: &mut Source<R>) -> Result<Self, Damage> {
        let kinds = super::kinds(source.bytes()?, EntityKind::ALL)?;
        let (ids, names) = (Texts::load(source, "id")?, Texts::load(source, "name")?);
        let fields = Blobs::load(source)?;
        if [ids.len(), names.len(), fields.len()] != [kinds.len(); 3] || !ids.are_sorted() {
            return Err(Damage::Inconsistent);
        }
        Ok(Self { kinds, ids, names, fields, ..Self::default() })
    }

    /// Rejects texts that no graph file could contain.
    pub(crate) fn check_texts(&self) -> Result<(), Damage> {
        self.fields.check(tags::PARSED, tags::check)
    }

    pub(crate) fn kind(&self, index: EntityIx) -> EntityKind {
        *super::at(&self.kinds, index.get())
    }

    pub(crate) fn id(&self, index: EntityIx) -> &str {
        self.ids.get(index.get())
    }

    pub(crate) fn name(&self, index: EntityIx) -> &str {
        self.names.get(index.get())
    }

    pub(crate) fn fields(&self, index: EntityIx) -> Fields<'_> {
        self.fields.of(index.get())
    }

    /// Every name of an entity: current, aliases, native, former.
    pub(crate) fn names(&self, index: EntityIx) -> impl Iterator<Item = &str> {
        let fields = move || self.fields(index);
        let aliases = fields().filter(|field| field.tag == tags::ALIAS).map(|field| field.text());
        let native = fields().filter(|field| field.tag == tags::NATIVE_NAME).map(|field| field.text());
        let former = fields().filter(|field| field.tag == tags::FORMER_NAME);
        let former = former.filter_map(|field| tags::former_name(field.value)).map(|(name, _)| name);
        std::iter::once(self.name(index)).chain(aliases).chain(native).chain(former)
    }

    /// Rebuilds the record of an entity.
    pub(crate) fn record(&self, index: EntityIx, sources: &[SourceRecord]) -> EntityRecord {
        let mut record = EntityRecord::new(self.kind(index), Id::unchecked(self.id(index)), self.name(index));
        tags::read(&mut record, self.fields(index), |source| super::source_id(sources, source));
        record
    }

    pub(crate) const fn is_too_large(&self) -> bool {
        self.ids.is_too_large() || self.names.is_too_large() || self.fields.is_too_large()
    }
}
