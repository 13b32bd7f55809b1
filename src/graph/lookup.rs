//! What is found by a key that the columns are not ordered by: made when somebody first needs it, or needs it often.

use super::identifiers::Identified;
use super::index::{EntityIx, FactIx};
use super::names::Names;
use super::store::ids::IdTable;
use super::store::lazy::Lazy;
use super::twins::Twins;
use super::{GraphData, at};

/// The tables of one graph.
#[derive(Debug, Default)]
pub(crate) struct Lookups {
    names: Lazy<Names>,
    identified: Lazy<Identified>,
    twins: Lazy<Twins>,
    casts: Lazy<Casts>,
    fact_ids: Lazy<IdTable>,
}

/// The facts in which each entity takes part, in the order given.
struct Casts {
    /// Where the facts of each entity start, and one more.
    starts: Vec<u32>,
    facts: Vec<FactIx>,
}

impl GraphData {
    /// Who is called what; the first look makes it.
    pub(crate) fn names(&self) -> &Names {
        self.lookups.names.get_or_make(&|| Names::new(&self.entities))
    }

    /// Who has which identifier; none where nobody has asked often, and looking at all entities is cheaper.
    pub(crate) fn identified(&self) -> Option<&Identified> {
        let table = &self.lookups.identified;
        table.is_wanted().then(|| table.get_or_make(&|| Identified::new(&self.entities)))
    }

    /// Whose name another has, too; the first name that is told makes it.
    pub(crate) fn twins(&self) -> &Twins {
        self.lookups.twins.get_or_make(&|| Twins::new(&self.entities))
    }

    /// The facts in which an entity takes part; none where nobody has asked often, and looking at all facts is cheaper.
    pub(crate) fn facts_of(&self, entity: EntityIx) -> Option<&[FactIx]> {
        let casts = &self.lookups.casts;
        casts.is_wanted().then(|| casts.get_or_make(&|| Casts::new(self)).of(entity))
    }

    /// The fact of an id, stated or derived; `Err` where nobody has asked often, and looking at all facts is cheaper.
    pub(crate) fn fact_of_id(&self, id: &str) -> Result<Option<FactIx>, ()> {
        let table = &self.lookups.fact_ids;
        if !table.is_wanted() {
            return Err(());
        }
        let text_of = |n: usize| self.fact_id(FactIx::new(n));
        let table = table.get_or_make(&|| {
            let mut table = IdTable::with_capacity(self.facts.len());
            for fact in self.facts.all() {
                table.insert(text_of(fact.get()), fact.get(), text_of);
            }
            table
        });
        Ok(table.find(id, text_of).map(FactIx::new))
    }
}

impl Casts {
    fn new(data: &GraphData) -> Self {
        let roles = |fact| data.facts.roles(fact, &data.relations).map(|(_, entity)| entity);
        let mut starts = vec![0_u32; data.entities.len() + 1];
        for entity in data.facts.all().flat_map(roles) {
            if let Some(count) = starts.get_mut(entity.get() + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut facts = vec![FactIx::new(0); sum as usize];
        for fact in data.facts.all() {
            for entity in roles(fact) {
                let Some(place) = next.get_mut(entity.get()) else { continue };
                if let Some(slot) = facts.get_mut(*place as usize) {
                    *slot = fact;
                }
                *place += 1;
            }
        }
        Self { starts, facts }
    }

    /// One that takes part in two roles comes twice in a row.
    fn of(&self, entity: EntityIx) -> &[FactIx] {
        let (start, end) = (*at(&self.starts, entity.get()), *at(&self.starts, entity.get() + 1));
        self.facts.get(start as usize..end as usize).unwrap_or_default()
    }
}
