//! Facts stored in columns.

use std::io::{self, Read, Write};

use super::evidence::Said;
use super::fact_fields as tags;
use super::fields::{Blobs, Fields};
use super::index::{EntityIx, FactIx, RelationIx, SourceIx};
use super::lazy::Lazy;
use super::offsets::end_of;
use super::relations::{Origin, RelationData, Relations};
use super::room;
use super::runs::Runs;
use super::section::damage::Damage;
use super::section::read::Source;
use super::section::write::Sink;
use super::texts::Texts;
use super::validity::{Days, Timing, Validity};
use crate::model::fact_field::tag;
use crate::model::vocabulary::Projection;
use crate::model::{
    Attribute, AttributeValue, Confidence, FactKind, FactRecord, Id, RelationKind, Role, SourceRecord,
    Stance, Status,
};
use crate::value::{Date, Share};

/// All facts, in the order given.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    kinds: Vec<FactKind>,
    flags: Vec<u8>,
    /// The offset of the fact's roles in `cast`, or the relation whose ends they are, as the flags say.
    roles: Runs,
    cast: Vec<EntityIx>,
    cast_roles: Vec<Role>,
    /// The number of roles of facts that have many, sorted by fact.
    crowds: Vec<(FactIx, u32)>,
    fields: Blobs,
    /// Pairs of facts, each list sorted: from legs to their deals, and from facts to those they are tied to, claims of,
    /// or replace.
    pub(crate) part_of: Vec<(FactIx, FactIx)>,
    pub(crate) tied_to: Vec<(FactIx, FactIx)>,
    pub(crate) claims_of: Vec<(FactIx, FactIx)>,
    pub(crate) replaces: Vec<(FactIx, FactIx)>,
    derived_ids: Lazy<Texts>,
}

/// The roles of facts, without those that a relation implies.
#[derive(Default)]
pub(crate) struct Roles {
    places: Runs,
    flags: Vec<u8>,
    cast: Vec<EntityIx>,
    cast_roles: Vec<Role>,
}

/// The fact is neither sought nor called off.
const COUNTS: u8 = 1;
/// The fact is sought.
const SOUGHT: u8 = 2;
/// A source refutes the fact.
const REFUTED: u8 = 4;
/// The fact states a share that is certainly more than half.
const MAJORITY: u8 = 8;
/// The upper four bits hold the number of roles, or one of the values below: the roles are the ends of a relation, in
/// the same or the reverse order, or there are more than fit.
const COUNT_SHIFT: u32 = 4;
const MARKS: u8 = (1 << COUNT_SHIFT) - 1;
const AS_RELATION: u8 = 13;
const AS_TURNED: u8 = 14;
const CROWD: u8 = 15;
/// Largest number of roles that fits the flags.
const FEW: usize = 12;

/// Flags of a fact, besides its fields.
#[derive(Clone, Copy)]
pub(crate) struct Marks {
    pub(crate) counts: bool,
    pub(crate) sought: bool,
    pub(crate) refuted: bool,
    pub(crate) majority: bool,
}

impl Marks {
    fn of(record: &FactRecord) -> Self {
        let share = record.attributes.iter().find_map(|(attribute, value)| match (attribute, value) {
            (Attribute::Share, AttributeValue::Share(share)) => Some(*share),
            _ => None,
        });
        Self {
            counts: record.counts(),
            sought: record.status == Some(Status::Sought),
            refuted: record.evidence.iter().any(|evidence| evidence.stance == Stance::Refutes),
            majority: share.is_some_and(Share::is_majority),
        }
    }

    fn bits(self) -> u8 {
        let bit = |set: bool, bit: u8| if set { bit } else { 0 };
        bit(self.counts, COUNTS)
            | bit(self.sought, SOUGHT)
            | bit(self.refuted, REFUTED)
            | bit(self.majority, MAJORITY)
    }
}

impl Facts {
    pub(crate) const fn memory(&self) -> usize {
        let links = room(&self.part_of) + room(&self.tied_to) + room(&self.claims_of);
        let links = links + room(&self.replaces);
        let roles = self.roles.memory() + room(&self.cast) + room(&self.cast_roles) + room(&self.crowds);
        room(&self.kinds) + room(&self.flags) + roles + self.fields.memory() + links
    }

    /// Maps the entities and, if given a mapping, the sources that facts refer to.
    pub(crate) fn resolve(
        &mut self,
        entity: impl Fn(EntityIx) -> EntityIx,
        source: Option<&dyn Fn(SourceIx) -> SourceIx>,
    ) {
        for party in &mut self.cast {
            *party = entity(*party);
        }
        if let Some(source) = source {
            let mut fields = Blobs::default();
            for n in 0..self.len() {
                fields.push_resolved(&self.fields.of(n), tag::evidence, source);
            }
            self.fields = fields;
        }
    }

    /// Tries to reserve room for this many facts, roles, and bytes of fields.
    #[cfg(feature = "import")]
    pub(crate) fn expect(&mut self, facts: usize, roles: usize, bytes: usize) {
        let _ = self.kinds.try_reserve(facts);
        let _ = self.flags.try_reserve(facts);
        self.roles.expect(facts);
        let _ = self.cast.try_reserve(roles);
        let _ = self.cast_roles.try_reserve(roles);
        self.fields.expect(facts, bytes);
    }

    /// Adds a fact with its resolved roles.
    pub(crate) fn push_record(
        &mut self,
        record: &FactRecord,
        roles: &[(Role, EntityIx)],
        source: impl FnMut(&Id) -> Option<SourceIx>,
    ) {
        tags::write(record, roles.len() != record.roles.len(), &mut self.fields, source);
        self.push(record.kind, Marks::of(record), roles);
    }

    /// The buffer into which the fields of the next fact are written.
    #[cfg(feature = "import")]
    pub(crate) const fn fields_mut(&mut self) -> &mut Blobs {
        &mut self.fields
    }

    /// Adds a fact whose fields have been written, with the end of their record.
    pub(crate) fn push(&mut self, kind: FactKind, marks: Marks, roles: &[(Role, EntityIx)]) {
        let is_crowd = roles.len() > FEW;
        if is_crowd {
            self.crowds.push((FactIx::new(self.len()), end_of(roles.len())));
        }
        self.kinds.push(kind);
        let count = if is_crowd { CROWD } else { roles.len() as u8 };
        self.flags.push(marks.bits() | count << COUNT_SHIFT);
        self.roles.push(end_of(self.cast.len()));
        self.cast.extend(roles.iter().map(|(_, entity)| *entity));
        self.cast_roles.extend(roles.iter().map(|(role, _)| *role));
    }

    pub(crate) const fn len(&self) -> usize {
        self.kinds.len()
    }

    pub(crate) fn all(&self) -> impl ExactSizeIterator<Item = FactIx> + use<> {
        (0..self.len()).map(FactIx::new)
    }

    pub(crate) fn kind(&self, fact: FactIx) -> FactKind {
        *super::at(&self.kinds, fact.get())
    }

    fn flag(&self, fact: FactIx, flag: u8) -> bool {
        self.flags.get(fact.get()).is_some_and(|flags| flags & flag != 0)
    }

    pub(crate) fn counts(&self, fact: FactIx) -> bool {
        self.flag(fact, COUNTS)
    }

    pub(crate) fn is_sought(&self, fact: FactIx) -> bool {
        self.flag(fact, SOUGHT)
    }

    pub(crate) fn is_refuted(&self, fact: FactIx) -> bool {
        self.flag(fact, REFUTED)
    }

    /// Whether it is stated as a rumour.
    pub(crate) fn is_rumour(&self, fact: FactIx) -> bool {
        tags::confidence(self.fields(fact)) == Some(Confidence::Rumoured)
    }

    pub(crate) fn is_majority(&self, fact: FactIx) -> bool {
        self.flag(fact, MAJORITY)
    }

    pub(crate) fn fields(&self, fact: FactIx) -> Fields<'_> {
        self.fields.of(fact.get())
    }

    pub(crate) fn timing(&self, fact: FactIx) -> Timing {
        tags::timing(self.kind(fact), self.fields(fact))
    }

    /// When the fact is in force, by its own dates and those of its sources.
    pub(crate) fn validity(&self, fact: FactIx, sources: &[SourceRecord]) -> Validity {
        Validity::of_fact(&self.timing(fact), self.first_published(fact, sources))
    }

    pub(crate) fn share(&self, fact: FactIx) -> Option<Share> {
        tags::share(self.kind(fact), self.fields(fact))
    }

    /// The evidence of a fact, in the order written.
    pub(crate) fn evidence(&self, fact: FactIx) -> impl Iterator<Item = Said<'_>> {
        let fields = self.fields(fact).filter(|field| field.tag == tag::evidence);
        fields.filter_map(|field| Said::unpack(field.value))
    }

    /// The publication dates of supporting sources.
    fn published(&self, fact: FactIx, sources: &[SourceRecord]) -> impl Iterator<Item = Date> {
        let supporting = self.evidence(fact).filter(|said| said.stance == Stance::Supports);
        supporting.filter_map(|said| sources.get(said.source.get()).and_then(|source| source.published))
    }

    /// When the first supporting source was published, as earliest and latest possible day.
    pub(crate) fn first_published(&self, fact: FactIx, sources: &[SourceRecord]) -> Option<Days> {
        if sources.is_empty() {
            return None;
        }
        Days::first_of(self.published(fact, sources))
    }

    /// All roles of a fact, in the order written. For a finished graph, pass its own `relations`.
    pub(crate) fn roles<'f>(&'f self, fact: FactIx, relations: &'f Relations) -> Cast<'f> {
        let count = self.count(fact);
        if !is_said(count) {
            return self.listed_roles(fact);
        }
        let relation = RelationIx::of(self.roles.get(fact.get()));
        let roles = implied_roles(self.kind(fact), relations.kind(relation));
        let ((one, other), (from, to)) = (roles.unwrap_or((Role::Of, Role::Of)), relations.ends(relation));
        let (first, second) = (Some((one, from)), Some((other, to)));
        Cast::Pair(if count == AS_TURNED { [second, first] } else { [first, second] })
    }

    /// The roles that no relation implies; before [`Facts::compact`], all roles.
    pub(crate) fn listed_roles(&self, fact: FactIx) -> Cast<'_> {
        let start = self.roles.get(fact.get()) as usize;
        let span = start..start + self.role_count(fact);
        Cast::Listed {
            roles: self.cast_roles.get(span.clone()).unwrap_or_default(),
            entities: self.cast.get(span).unwrap_or_default(),
        }
    }

    /// The number of roles, or the marker, in the flags.
    fn count(&self, fact: FactIx) -> u8 {
        self.flags.get(fact.get()).copied().unwrap_or(0) >> COUNT_SHIFT
    }

    /// How many roles are listed.
    fn role_count(&self, fact: FactIx) -> usize {
        match self.count(fact) {
            AS_RELATION | AS_TURNED => 0,
            CROWD => {
                let found = self.crowds.binary_search_by_key(&fact, |(crowd, _)| *crowd).ok();
                found.and_then(|n| self.crowds.get(n)).map_or(0, |(_, count)| *count as usize)
            }
            count => usize::from(count),
        }
    }

    /// The roles of facts, without those that one relation implies.
    pub(crate) fn compacted(&self, relations: &Relations) -> Roles {
        let mut kept = Roles { flags: self.flags.clone(), ..Roles::default() };
        kept.places.reserve(self.len());
        let mut first = 0;
        for (fact, flags) in self.all().zip(&mut kept.flags) {
            let own = relations.stated_by(fact, &mut first);
            let start = self.roles.get(fact.get()) as usize;
            let span = start..start + self.role_count(fact);
            let roles = self.cast_roles.get(span.clone()).unwrap_or_default();
            let entities = self.cast.get(span).unwrap_or_default();
            let said = own.and_then(|relation| {
                Some((relation, said_by(self.kind(fact), &relations.get(relation), roles, entities)?))
            });
            kept.places.push(match said {
                Some((relation, how)) => {
                    *flags = *flags & MARKS | how << COUNT_SHIFT;
                    relation.number()
                }
                None => {
                    let place = end_of(kept.cast.len());
                    kept.cast.extend_from_slice(entities);
                    kept.cast_roles.extend_from_slice(roles);
                    place
                }
            });
        }
        kept
    }

    /// Replaces all roles by these, and frees unused memory.
    pub(crate) fn compact(&mut self, roles: Roles) {
        let Roles { places, flags, cast, cast_roles } = roles;
        (self.roles, self.flags, self.cast, self.cast_roles) = (places, flags, cast, cast_roles);
        self.roles.shrink();
        self.cast.shrink_to_fit();
        self.cast_roles.shrink_to_fit();
        self.fields.shrink();
        self.kinds.shrink_to_fit();
    }

    /// Rebuilds the record of a fact.
    pub(crate) fn record(
        &self,
        fact: FactIx,
        relations: &Relations,
        sources: &[SourceRecord],
        id_of: impl Fn(EntityIx) -> Id,
    ) -> FactRecord {
        let mut record = FactRecord::new(self.kind(fact));
        record.roles = self.roles(fact, relations).map(|(role, entity)| (role, id_of(entity))).collect();
        tags::read(&mut record, self.fields(fact), |source| super::source_id(sources, source));
        record
    }

    /// Rebuilds the record without roles, evidence and note.
    pub(crate) fn bare_record(&self, fact: FactIx) -> FactRecord {
        let mut record = FactRecord::new(self.kind(fact));
        tags::read_bare(&mut record, self.fields(fact));
        record
    }

    /// The id, if one is stated.
    pub(crate) fn stated_id(&self, fact: FactIx) -> Option<&str> {
        self.fields(fact).text(tag::id)
    }

    /// The derived id of a fact that states none. The first call derives all of them.
    pub(crate) fn derived_id(&self, fact: FactIx, derive: &dyn Fn() -> Texts) -> &str {
        self.derived_ids.get_or_make(derive).get(fact.get())
    }

    pub(crate) fn save<W: Write>(&self, sink: &mut Sink<W>) -> io::Result<()> {
        let bytes = |kinds: &mut dyn Iterator<Item = u8>| kinds.collect::<Vec<u8>>();
        sink.bytes(&bytes(&mut self.kinds.iter().map(|kind| *kind as u8)))?;
        sink.bytes(&self.flags)?;
        self.roles.save(sink)?;
        sink.numbers(self.cast.iter().map(|entity| entity.number()))?;
        sink.bytes(&bytes(&mut self.cast_roles.iter().map(|role| *role as u8)))?;
        self.fields.save(sink)?;
        let crowds: Vec<u32> = self.crowds.iter().flat_map(|(fact, count)| [fact.number(), *count]).collect();
        sink.numbers(crowds.into_iter())?;
        for pairs in [&self.part_of, &self.tied_to, &self.claims_of, &self.replaces] {
            let numbers: Vec<u32> = pairs.iter().flat_map(|(a, b)| [a.number(), b.number()]).collect();
            sink.numbers(numbers.into_iter())?;
        }
        Ok(())
    }

    /// Reads facts, for this many entities.
    pub(crate) fn load<R: Read>(source: &mut Source<R>, entities: usize) -> Result<Self, Damage> {
        let kinds = super::kinds(source.bytes()?, FactKind::ALL)?;
        let flags = source.bytes()?;
        let roles = Runs::load(source)?;
        let cast = source.numbers_below(entities, EntityIx::of)?;
        let cast_roles = super::kinds(source.bytes()?, Role::ALL)?;
        let fields = Blobs::load(source)?;
        let pairs = |source: &mut Source<R>| -> Result<Vec<(FactIx, u32)>, Damage> {
            let numbers = source.numbers()?;
            let (pairs, rest) = numbers.as_chunks::<2>();
            let pairs = pairs.iter().map(|[fact, other]| (FactIx::of(*fact), *other)).collect();
            if rest.is_empty() { Ok(pairs) } else { Err(Damage::Inconsistent) }
        };
        let crowds = pairs(source)?;
        let mut links = || -> Result<Vec<(FactIx, FactIx)>, Damage> {
            Ok(pairs(source)?.into_iter().map(|(fact, other)| (fact, FactIx::of(other))).collect())
        };
        let (part_of, tied_to, claims_of, replaces) = (links()?, links()?, links()?, links()?);
        let derived_ids = Lazy::default();
        Ok(Self {
            kinds,
            flags,
            roles,
            cast,
            cast_roles,
            crowds,
            fields,
            part_of,
            tied_to,
            claims_of,
            replaces,
            derived_ids,
        })
    }

    /// Rejects texts that no graph file could contain.
    pub(crate) fn check_texts(&self) -> Result<(), Damage> {
        self.fields.check(tags::PARSED, tags::check)
    }

    /// When a relation is in force, before events end it.
    pub(crate) fn validity_of(
        &self,
        relations: &Relations,
        index: RelationIx,
        sources: &[SourceRecord],
    ) -> Validity {
        match relations.origin(index) {
            Origin::Fact(fact) => self.validity(fact, sources),
            Origin::Record(_) => Validity::ALWAYS,
            Origin::Derived(_) => relations.derived_validity(index),
        }
    }

    /// Whether everything that these facts refer to exists.
    pub(crate) fn fits(&self, relations: &Relations) -> bool {
        let lengths = [self.flags.len(), self.roles.len(), self.fields.len()] == [self.len(); 3];
        let is_known = |fact: &FactIx| fact.get() < self.len();
        let mut links = [&self.part_of, &self.tied_to, &self.claims_of, &self.replaces].into_iter().flatten();
        lengths
            && self.cast.len() == self.cast_roles.len()
            && links.all(|(fact, other)| is_known(fact) && is_known(other))
            && self.roles_are_there(relations)
    }

    fn roles_are_there(&self, relations: &Relations) -> bool {
        /// Facts checked in one batch: most have the roles of their relation.
        const CHUNK: usize = 64;
        let is_there = |n: usize| {
            let (fact, start) = (FactIx::new(n), self.roles.get(n) as usize);
            if is_said(self.count(fact)) {
                start < relations.len()
            } else {
                start + self.role_count(fact) <= self.cast.len()
            }
        };
        self.flags.chunks(CHUNK).enumerate().all(|(n, flags)| {
            let span = n * CHUNK..n * CHUNK + flags.len();
            let are_said = flags.iter().fold(true, |all, flags| all & is_said(flags >> COUNT_SHIFT));
            are_said && self.roles.are_below(span.start, span.end, relations.len())
                || span.into_iter().all(is_there)
        })
    }

    pub(crate) const fn is_too_large(&self) -> bool {
        self.fields.is_too_large() || self.cast.len() > (u32::MAX >> 1) as usize
    }
}

/// Whether the role bits of the flags mean that a relation implies the roles.
const fn is_said(count: u8) -> bool {
    matches!(count, AS_RELATION | AS_TURNED)
}

/// How a relation implies the roles of a fact, if it does.
fn said_by(fact: FactKind, relation: &RelationData, roles: &[Role], entities: &[EntityIx]) -> Option<u8> {
    let ([one, other], [first, second]) = (roles, entities) else { return None };
    let implied = implied_roles(fact, relation.kind)?;
    let is = |from: (Role, EntityIx), to: (Role, EntityIx)| {
        implied == (from.0, to.0) && (relation.from, relation.to) == (from.1, to.1)
    };
    let (one, other) = ((*one, *first), (*other, *second));
    if is(one, other) { Some(AS_RELATION) } else { is(other, one).then_some(AS_TURNED) }
}

/// The two roles that a relation of this kind implies for its fact.
fn implied_roles(fact: FactKind, relation: RelationKind) -> Option<(Role, Role)> {
    fact.row().projections.iter().find(|projection| projection.kind() == relation).map(|projection| {
        match *projection {
            Projection::Each(_, from, to) => (from, to),
            Projection::Mutual(_, side, _) => (side, side),
        }
    })
}

/// The facts linked to a fact in a sorted list of pairs.
pub(crate) fn linked(pairs: &[(FactIx, FactIx)], fact: FactIx) -> impl Iterator<Item = FactIx> {
    let start = pairs.partition_point(|(from, _)| *from < fact);
    let rest = pairs.get(start..).unwrap_or_default();
    rest.iter().take_while(move |(from, _)| *from == fact).map(|(_, to)| *to)
}

/// The roles of a fact.
#[derive(Clone, Debug)]
pub(crate) enum Cast<'f> {
    Listed { roles: &'f [Role], entities: &'f [EntityIx] },
    Pair([Option<(Role, EntityIx)>; 2]),
}

impl Cast<'_> {
    /// The entities in one role.
    pub(crate) fn in_role(self, role: Role) -> impl Iterator<Item = EntityIx> + Clone {
        self.filter(move |(own, _)| *own == role).map(|(_, entity)| entity)
    }
}

impl Iterator for Cast<'_> {
    type Item = (Role, EntityIx);

    fn next(&mut self) -> Option<(Role, EntityIx)> {
        match self {
            Self::Listed { roles, entities } => {
                let (role, other_roles) = roles.split_first()?;
                let (entity, others) = entities.split_first()?;
                (*roles, *entities) = (other_roles, others);
                Some((*role, *entity))
            }
            Self::Pair(pair) => match pair {
                [first @ Some(_), _] => first.take(),
                [None, second] => second.take(),
            },
        }
    }
}
