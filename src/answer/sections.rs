//! The facts about an entity under headings: what is in force by family, then what happened, what is over, and what never
//! was done.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{EndedFact, EntityRow, Page, TableBuilder, counted};
use crate::graph::{EndRule, Entity, Fact, Relation};
use crate::model::RelationKind;
use crate::model::vocabulary::Family;
use crate::value::Date;

/// What stands under a heading. Ordered as headings are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Heading {
    /// In force, or not stated to be over.
    Now(Family),
    Happened,
    Over,
    NotDone,
}

impl Heading {
    const fn words(self) -> &'static str {
        match self {
            Self::Now(Family::Alliance) => "partnerships and alliances",
            Self::Now(Family::Trade) => "trade",
            Self::Now(Family::Ownership) => "ownership and control",
            Self::Now(Family::Rights) => "patents, brands and licenses",
            Self::Now(Family::Product) => "products",
            Self::Now(Family::Rivalry) => "rivalry",
            Self::Now(Family::People) => "people",
            Self::Now(Family::Other) => "other",
            Self::Happened => "what happened",
            Self::Over => "no longer in force",
            Self::NotDone => "sought, or called off",
        }
    }
}

/// What one line says.
#[derive(Clone, Debug)]
enum Said<'g> {
    /// Relations of one fact and kind.
    Relations(Vec<Relation<'g>>),
    Fact(Fact<'g>),
    Ended(EndedFact<'g>),
}

/// The lines below each heading.
#[derive(Clone, Debug)]
pub(super) struct Sections<'g> {
    lines: BTreeMap<Heading, Vec<Said<'g>>>,
    entity: Entity<'g>,
}

impl<'g> Sections<'g> {
    /// All that a row says, a line for each fact.
    pub(super) fn of(row: &EntityRow<'g>) -> Self {
        let mut lines: BTreeMap<Heading, Vec<Said<'g>>> = BTreeMap::new();
        for group in one_each(grouped(&row.relations)) {
            let Some(first) = group.first() else { continue };
            lines.entry(of_relation(*first)).or_default().push(Said::Relations(group));
        }
        for fact in &row.facts {
            lines.entry(of_fact(*fact)).or_default().push(Said::Fact(*fact));
        }
        for ended in &row.ended {
            lines.entry(Heading::Over).or_default().push(Said::Ended(ended.clone()));
        }
        for (heading, said) in &mut lines {
            if !matches!(heading, Heading::Now(_)) {
                said.sort_by_cached_key(|said| {
                    let date = said.date();
                    (date.is_none(), date)
                });
            }
        }
        Self { lines, entity: row.entity.0 }
    }

    /// The headings with their lines, or with counts alone.
    pub(super) fn write(&self, page: &mut Page<'g>) {
        let is_cut = self.lines.values().any(|said| page.left_out(said.len()) > 0);
        if page.is_brief() || is_cut {
            page.gap();
            self.lines.iter().for_each(|(heading, said)| self.summary(*heading, said, page));
        }
        if page.is_brief() {
            return;
        }
        for (heading, said) in &self.lines {
            page.gap();
            page.line(&format!("{}:", heading.words()));
            let left_out = page.left_out(said.len());
            for said in said.iter().take(said.len() - left_out) {
                match said {
                    Said::Relations(relations) => page.relations(2, relations),
                    Said::Fact(fact) => page.indented_fact(2, *fact),
                    Said::Ended(ended) => {
                        page.over(ended.fact, &ended_by(ended));
                    }
                }
            }
            page.say_left_out(2, left_out);
        }
    }

    /// The lines, each with its heading.
    pub(super) fn read(&self, table: &mut TableBuilder<'g>) {
        for (heading, said) in &self.lines {
            for said in said {
                table.reading_row();
                table.reads_text("part", heading.words());
                match said {
                    Said::Relations(relations) => table.reads_relations("fact", relations),
                    Said::Fact(fact) => table.reads_fact("fact", *fact),
                    Said::Ended(ended) => {
                        table.reads_fact("fact", ended.fact);
                        table.reads_text("ended by", ended_by(ended));
                    }
                }
            }
        }
    }

    /// "trade: 3 (Supply 2, Distribution 1), with Acme, Bolt and 1 other".
    fn summary(&self, heading: Heading, said: &[Said<'g>], page: &mut Page<'g>) {
        const NAMED: usize = 5;
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        let mut others: Vec<Entity<'g>> = Vec::new();
        let mut seen = HashSet::from([self.entity]);
        for said in said {
            *kinds.entry(said.kind()).or_default() += 1;
            others.extend(said.others(self.entity).into_iter().filter(|other| seen.insert(*other)));
        }
        let kinds: Vec<_> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        let mut names: Vec<String> =
            others.iter().take(NAMED).map(|other| other.told_name().into_owned()).collect();
        if others.len() > NAMED {
            names.push(counted(others.len() - NAMED, "other"));
        }
        let with = match names.split_last() {
            Some((last, [])) => format!(", with {last}"),
            Some((last, rest)) => format!(", with {} and {last}", rest.join(", ")),
            None => String::new(),
        };
        page.line(&format!("{}: {} ({}){with}", heading.words(), said.len(), kinds.join(", ")));
    }
}

impl<'g> Said<'g> {
    fn fact(&self) -> Option<Fact<'g>> {
        match self {
            Self::Relations(relations) => relations.first().and_then(|relation| relation.fact()),
            Self::Fact(fact) => Some(*fact),
            Self::Ended(ended) => Some(ended.fact),
        }
    }

    fn date(&self) -> Option<Date> {
        self.fact().and_then(Fact::date)
    }

    /// The kind of its fact, or of its relation if an entity's record states it.
    fn kind(&self) -> &'static str {
        let of_relation = || match self {
            Self::Relations(relations) => relations.first().map_or("", |relation| relation.kind().name()),
            Self::Fact(_) | Self::Ended(_) => "",
        };
        self.fact().map_or_else(of_relation, |fact| fact.kind().name())
    }

    /// Whom it is about, besides one entity.
    fn others(&self, entity: Entity<'g>) -> Vec<Entity<'g>> {
        match self {
            Self::Relations(relations) => {
                relations.iter().map(|one| one.read_from(entity).object()).collect()
            }
            Self::Fact(fact) | Self::Ended(EndedFact { fact, .. }) => {
                fact.roles().map(|(_, party)| party).collect()
            }
        }
    }
}

/// What ended a fact, where its sentence does not say when.
fn ended_by(ended: &EndedFact<'_>) -> String {
    if ended.by.is_empty() {
        return ended.fact.ran_out().map_or_else(String::new, |date| format!("term ended {}", date.words()));
    }
    let by = ended.by.iter().map(|ending| match ending.rule {
        // The sentence names what replaces it.
        EndRule::Replaced => format!("{}{}", ending.word(), ending.when()),
        _ => ending.to_string(),
    });
    by.collect::<Vec<_>>().join("; ")
}

fn of_relation(relation: Relation<'_>) -> Heading {
    let family = relation.kind().row().family;
    match relation.fact() {
        Some(_) if !relation.counts() => Heading::NotDone,
        // A tie has the family of the link, not that of the fact which states it.
        Some(_) if relation.is_tie() => Heading::Now(family),
        Some(_) if relation.derived().is_some() => Heading::Now(family),
        Some(fact) if fact.kind().row().event => Heading::Happened,
        Some(_) if relation.is_over() => Heading::Over,
        _ => Heading::Now(family),
    }
}

fn of_fact(fact: Fact<'_>) -> Heading {
    match fact.kind().row() {
        _ if !fact.counts() => Heading::NotDone,
        row if row.event => Heading::Happened,
        _ if fact.is_over() => Heading::Over,
        row => Heading::Now(row.family),
    }
}

/// The relations that share fact, kind, direction, and all that a sentence says besides its objects: of several stakes that
/// one event leaves, each has its own share, and its own joint holders.
fn grouped<'g>(relations: &[Relation<'g>]) -> Vec<Vec<Relation<'g>>> {
    let mut groups: Vec<Vec<Relation<'g>>> = Vec::new();
    let mut known = HashMap::new();
    for relation in relations.iter().map(|relation| relation.told()) {
        let wording = relation.wording();
        let key = (
            relation.fact(),
            relation.kind(),
            relation.subject(),
            wording.verb(),
            wording.note(),
            relation.joint_parties(),
        );
        let place = *known.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(relation),
            None => groups.push(vec![relation]),
        }
    }
    groups
}

/// Without sentences that say again what another one says of the same fact: a sale is told as a sale, not as what one side
/// gives up and the other gets, too.
pub(super) fn one_each<'g>(groups: Vec<Vec<Relation<'g>>>) -> Vec<Vec<Relation<'g>>> {
    let mut of_fact: HashMap<Fact<'g>, Vec<usize>> = HashMap::new();
    for (n, group) in groups.iter().enumerate() {
        let stated = group.first().filter(|first| first.derived().is_none() && !first.is_tie());
        if let Some(fact) = stated.and_then(|first| first.fact()) {
            of_fact.entry(fact).or_default().push(n);
        }
    }
    let mut again: HashSet<usize> = HashSet::new();
    for mut places in of_fact.into_values().filter(|places| places.len() > 1) {
        places
            .sort_by_key(|n| groups.get(*n).and_then(|group| group.first()).map(|first| (rank(*first), *n)));
        let mut told: HashSet<Entity<'g>> = HashSet::new();
        for n in places {
            let Some(group) = groups.get(n) else { continue };
            let named = named(group);
            if named.iter().all(|party| told.contains(party)) {
                again.insert(n);
            }
            told.extend(named);
        }
    }
    groups.into_iter().enumerate().filter(|(n, _)| !again.contains(n)).map(|(_, group)| group).collect()
}

/// Which of the sentences about one fact is preferred: the lower.
fn rank(relation: Relation<'_>) -> u8 {
    match relation.kind() {
        _ if relation.is_principal() => 0,
        RelationKind::Acquires => 1,
        _ => 2,
    }
}

/// The parties that the sentence of a group names.
fn named<'g>(group: &[Relation<'g>]) -> Vec<Entity<'g>> {
    let Some(first) = group.first() else { return Vec::new() };
    let objects: Vec<_> = group.iter().map(|relation| relation.object()).collect();
    let wording = first.wording();
    let details = wording.details(&objects);
    let mut named = wording.about();
    let parties = first.fact().into_iter().flat_map(|fact| fact.roles().map(|(_, party)| party));
    named.extend(parties.filter(|party| details.contains(party.told_name().as_ref())));
    named.push(first.subject());
    named.extend(objects);
    named
}
