//! Derived ids, for facts that state none.

use std::collections::{HashMap, HashSet};

use super::data::GraphData;
use super::fact_fields;
use super::ids::IdTable;
use super::index::FactIx;
use super::texts::Texts;
use crate::value::Day;

impl GraphData {
    /// The id of a fact, stated or derived.
    pub(crate) fn fact_id(&self, fact: FactIx) -> &str {
        match self.facts.stated_id(fact) {
            Some(id) => id,
            None => self.facts.derived_id(fact, &|| derive(self)),
        }
    }

    /// The index of the ids of facts.
    pub(super) fn fact_ids(&self) -> &IdTable {
        self.lookups.fact_ids.get_or_make(&|| {
            let text_of = |n: usize| self.fact_id(FactIx::new(n));
            let mut table = IdTable::with_capacity(self.facts.len());
            for fact in self.facts.all() {
                table.insert(text_of(fact.get()), fact.get(), text_of);
            }
            table
        })
    }

    /// Looks up a fact by its stated or derived id; `Err` until asked for often, since a scan of all facts is cheaper
    /// before.
    pub(crate) fn fact_of_id(&self, id: &str) -> Result<Option<FactIx>, ()> {
        let table = &self.lookups.fact_ids;
        if !table.is_wanted() {
            return Err(());
        }
        let found = self.fact_ids().find(id, |n| self.fact_id(FactIx::new(n)));
        Ok(found.map(FactIx::new))
    }
}

/// Ids for all facts that state none (empty for the others): kind, first party of each required role, earliest day,
/// then `-2` and so on for duplicates.
pub(crate) fn derive(data: &GraphData) -> Texts {
    let stated: HashSet<&str> = data.facts.all().filter_map(|fact| data.facts.stated_id(fact)).collect();
    let mut next: HashMap<String, usize> = HashMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut ids = Texts::default();
    for fact in data.facts.all() {
        if data.facts.stated_id(fact).is_some() {
            ids.push("");
            continue;
        }
        let base = base(data, fact);
        let count = next.entry(base.clone()).or_insert(0);
        loop {
            *count += 1;
            let id = if *count == 1 { base.clone() } else { format!("{base}-{count}") };
            if !stated.contains(id.as_str()) && taken.insert(id.clone()) {
                ids.push(&id);
                break;
            }
        }
    }
    ids
}

fn base(data: &GraphData, fact: FactIx) -> String {
    let kind = data.facts.kind(fact);
    let mut id = String::new();
    for c in kind.name().chars() {
        if c.is_ascii_uppercase() && !id.is_empty() {
            id.push('-');
        }
        id.push(c.to_ascii_lowercase());
    }
    let cast = data.facts.roles(fact, &data.relations);
    let required = kind.row().roles.iter().filter(|row| row.required);
    for party in required.filter_map(|row| cast.clone().in_role(row.role).next()) {
        id.push('-');
        id.push_str(data.entities.id(party));
    }
    let dates = fact_fields::dates(data.facts.fields(fact));
    let earliest: Option<Day> = dates.filter_map(|date| date.earliest().or(date.latest())).min();
    if let Some(day) = earliest {
        id.push_str(&format!("-{day}"));
    }
    id
}
