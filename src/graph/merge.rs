//! One graph of two.

use std::collections::{HashMap, HashSet};
use std::fmt::{self, Write};
use std::hash::{BuildHasher, DefaultHasher, Hasher, RandomState};

use super::Graph;
use super::build::intake::Intake;
use super::build::problem::{Problem, Problems, Record};
use super::builder::finish;
use super::store::index::FactIx;
use crate::diagnostic::{Code, Diagnostic, list, shown};
use crate::error::Result;
use crate::limits::Limits;
use crate::model::{EntityRecord, FactRecord, Id, SourceRecord};

/// What becomes of two records of the same id that differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MergePolicy {
    /// It is an error (E0208), and no graph is built.
    #[default]
    Refuse,
    /// That of the first graph is kept, with a warning (W0928).
    KeepFirst,
    /// That of the second graph is kept, in the place of the first, with a warning (W0928).
    KeepSecond,
}

/// The question for one graph of two: see [`Graph::merge`].
#[derive(Clone, Debug)]
#[must_use = "a graph is built by `build`"]
pub struct Merge<'g> {
    first: &'g Graph,
    second: &'g Graph,
    policy: MergePolicy,
    by_identifiers: bool,
    limits: Limits,
}

impl Graph {
    /// One graph of this and another: the records of this one in their order, then those that only the other has.
    ///
    /// Records of the same id and content are one, and so are facts without a stated id that are the same word for word. For
    /// records of one id that differ there is a [`MergePolicy`]. Nothing is mixed within a record. The title and
    /// the description are those of the first graph that has one.
    ///
    /// ```
    /// use keiretsu::{Graph, MergePolicy};
    /// let first = Graph::from_ron(r#"Graph(companies: {"acme": (name: "Acme")})"#)?;
    /// let second = Graph::from_ron(r#"Graph(
    ///     companies: {"acme": (name: "Acme Ltd"), "bolt": (name: "Bolt")},
    ///     facts: [Supply(supplier: "acme", customer: "bolt", unsourced: true)],
    /// )"#)?;
    /// assert!(first.merge(&second).build().is_err()); // they differ about `acme`
    /// let merged = first.merge(&second).policy(MergePolicy::KeepFirst).build()?;
    /// assert_eq!(merged.view().relations().next().unwrap().to_string(), "Acme supplies Bolt");
    /// assert_eq!(merged.warnings()[0].code.as_str(), "W0928");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    pub fn merge<'g>(&'g self, other: &'g Self) -> Merge<'g> {
        let limits = Limits::default();
        Merge { first: self, second: other, policy: MergePolicy::default(), by_identifiers: false, limits }
    }
}

impl<'g> Merge<'g> {
    /// What becomes of records of one id that differ; without it, they are an error.
    pub const fn policy(mut self, policy: MergePolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Takes entities of the two graphs for one that share an identifier (LEI, ISIN, Wikidata, register), whatever their ids. Those of
    /// the second graph get the id that the first has, in all records. Without it, only ids count.
    pub const fn match_identifiers(mut self) -> Self {
        self.by_identifiers = true;
        self
    }

    /// Bounds what may be built.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Checks everything, and builds the graph. Takes as long as building both graphs together.
    ///
    /// # Errors
    /// As for [`GraphBuilder::build`](crate::GraphBuilder::build); and if records of one id differ, unless the policy keeps one; and if
    /// an entity shares identifiers with several of the first graph.
    pub fn build(self) -> Result<Graph> {
        let mut merging = Merging::new(&self);
        merging.sources();
        merging.entities();
        merging.facts();
        finish(merging.intake, merging.told, |_| {})
    }
}

/// A merge under way.
struct Merging<'g> {
    first: &'g Graph,
    second: &'g Graph,
    policy: MergePolicy,
    /// Ids of entities of the second graph that have another id in the first.
    renamed: HashMap<&'g str, Id>,
    intake: Intake<'static>,
    told: Vec<Diagnostic>,
}

impl<'g> Merging<'g> {
    fn new(merge: &Merge<'g>) -> Self {
        let Merge { first, second, policy, by_identifiers, limits } = merge;
        let mut intake = Intake::new(limits.clone(), Problems::default());
        for graph in [first, second] {
            intake.heading(graph.title().map(str::to_owned), graph.description().map(str::to_owned));
        }
        let (renamed, told) = if *by_identifiers { renamed(first, second) } else { Default::default() };
        Self { first, second, policy: *policy, renamed, intake, told }
    }

    fn sources(&mut self) {
        let (first, second) = (&self.first.data().sources, &self.second.data().sources);
        let theirs: HashMap<&Id, &SourceRecord> = second.iter().map(|source| (&source.id, source)).collect();
        for mine in first {
            let theirs = theirs.get(&mine.id).map(|theirs| (*theirs).clone());
            let place = self.intake.next_source();
            let chosen = self.choose(mine.clone(), theirs, "source", mine.id.as_str(), place);
            chosen.into_iter().flatten().for_each(|source| self.intake.source(source));
        }
        let known: HashSet<&Id> = first.iter().map(|source| &source.id).collect();
        let new = second.iter().filter(|source| !known.contains(&source.id));
        new.for_each(|source| self.intake.source(source.clone()));
    }

    fn entities(&mut self) {
        let (first, second) = (self.first.view(), self.second.view());
        // Several of the second graph may be one of the first.
        let mut theirs: HashMap<&str, Vec<EntityRecord>> = HashMap::new();
        for (id, own) in &self.renamed {
            let record = second.entity(id).map(|entity| self.with_own_ids(entity.record()));
            theirs.entry(own.as_str()).or_default().extend(record);
        }
        theirs.values_mut().for_each(|records| records.sort_by(|a, b| a.name.cmp(&b.name)));
        let mut theirs: HashMap<String, Vec<EntityRecord>> =
            theirs.into_iter().map(|(id, records)| (id.to_owned(), records)).collect();
        for mine in first.entities() {
            let same = second.entity(mine.id()).ok().filter(|other| !self.renamed.contains_key(other.id()));
            let same = same.map(|entity| self.with_own_ids(entity.record()));
            let others = theirs.remove(mine.id()).unwrap_or_default();
            let mut chosen = mine.record();
            for other in same.into_iter().chain(others) {
                let place = self.intake.next_entity();
                let [kept, conflicting] =
                    self.choose(chosen.clone(), Some(other), "entity", mine.id(), place);
                chosen = kept.unwrap_or(chosen);
                conflicting.iter().for_each(|entity| self.intake.entity(entity));
            }
            self.intake.entity(&chosen);
        }
        let is_new = |id: &str| !self.renamed.contains_key(id) && first.entity(id).is_err();
        let new: Vec<_> = second.entities().filter(|entity| is_new(entity.id())).collect();
        new.into_iter().for_each(|entity| self.intake.entity(&self.with_own_ids(entity.record())));
    }

    fn facts(&mut self) {
        let (first, second) = (self.first.view(), self.second.view());
        let stated = |graph: &'g Graph| {
            let facts = &graph.data().facts;
            facts
                .all()
                .filter_map(|fact| Some((facts.stated_id(fact)?, fact)))
                .collect::<HashMap<&str, FactIx>>()
        };
        let state = RandomState::new();
        let (mine, theirs) = (stated(self.first), stated(self.second));
        let mut unnamed: HashMap<u64, Vec<FactIx>> = HashMap::new();
        for fact in first.facts() {
            let own = fact.record();
            let place = self.intake.next_fact();
            let Some(id) = own.id.clone() else {
                unnamed.entry(hash(&state, &own)).or_default().push(fact.index());
                self.intake.fact(&mut { own });
                continue;
            };
            let other =
                theirs.get(id.as_str()).map(|other| self.fact_with_own_ids(second.fact_at(*other).record()));
            let chosen = self.choose(own, other, "fact", id.as_str(), place);
            chosen.into_iter().flatten().for_each(|mut fact| self.intake.fact(&mut fact));
        }
        for fact in second.facts() {
            let mut other = self.fact_with_own_ids(fact.record());
            let is_there = match &other.id {
                Some(id) => mine.contains_key(id.as_str()),
                None => {
                    let alike = unnamed.get(&hash(&state, &other));
                    alike.is_some_and(|alike| alike.iter().any(|own| first.fact_at(*own).record() == other))
                }
            };
            if !is_there {
                self.intake.fact(&mut other);
            }
        }
    }

    /// What is kept of two records of one id; if they differ and none may be kept, both, which the intake then reports.
    fn choose<R: PartialEq>(
        &mut self,
        mine: R,
        theirs: Option<R>,
        noun: &str,
        id: &str,
        place: Record,
    ) -> [Option<R>; 2] {
        let Some(theirs) = theirs.filter(|theirs| *theirs != mine) else { return [Some(mine), None] };
        let (kept, of) = match self.policy {
            MergePolicy::Refuse => return [Some(mine), Some(theirs)],
            MergePolicy::KeepFirst => (mine, "first"),
            MergePolicy::KeepSecond => (theirs, "second"),
        };
        let message =
            format!("the {noun} `{}` differs in the two graphs; that of the {of} graph was kept", shown(id));
        let problem = Problem::new(Code::MergedOne, place.whole(), message).of_id(id);
        self.told.push(problem.hint("compare the two, and make them the same").of_record());
        [Some(kept), None]
    }

    fn own_id(&self, id: &mut Id) {
        if let Some(own) = self.renamed.get(id.as_str()) {
            id.clone_from(own);
        }
    }

    /// A record of the second graph with the ids of the first.
    fn with_own_ids(&self, mut entity: EntityRecord) -> EntityRecord {
        let EntityRecord { id, members, of, .. } = &mut entity;
        std::iter::once(id).chain(members).chain(of).for_each(|id| self.own_id(id));
        entity
    }

    fn fact_with_own_ids(&self, mut fact: FactRecord) -> FactRecord {
        fact.roles.iter_mut().for_each(|(_, id)| self.own_id(id));
        fact
    }
}

/// The ids of entities of the second graph that have an identifier of an entity of the first, which has another id; and the
/// problems of those that have identifiers of several.
fn renamed<'g>(first: &'g Graph, second: &'g Graph) -> (HashMap<&'g str, Id>, Vec<Diagnostic>) {
    let mut bearers: HashMap<(&'static str, String), &str> = HashMap::new();
    for entity in first.view().entities() {
        for (scheme, text, _) in entity.record().identifiers.texts() {
            bearers.insert((scheme, text), entity.id());
        }
    }
    let (mut renamed, mut told) = (HashMap::new(), Vec::new());
    for entity in second.view().entities() {
        let identifiers = entity.record().identifiers.texts().into_iter();
        let found = identifiers.filter_map(|(scheme, text, _)| bearers.get(&(scheme, text)).copied());
        let mut found: Vec<&str> = found.collect();
        found.sort_unstable();
        found.dedup();
        match found.as_slice() {
            [] => {}
            [one] if *one == entity.id() => {}
            [one] => {
                renamed.insert(entity.id(), Id::unchecked(one));
            }
            several => {
                let ids: Vec<String> = several.iter().map(|id| format!("`{}`", shown(id))).collect();
                let id = shown(entity.id());
                let message =
                    format!("`{id}` of the second graph has identifiers of {} of the first", list(&ids));
                let hint = "make these one entity, or correct an identifier";
                told.push(Diagnostic::new(Code::SameIdentifier, message).hint(hint));
            }
        }
    }
    (renamed, told)
}

/// A hash of all that a fact states.
fn hash(state: &RandomState, fact: &FactRecord) -> u64 {
    struct Text(DefaultHasher);
    impl Write for Text {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.write(text.as_bytes());
            Ok(())
        }
    }
    let mut text = Text(state.build_hasher());
    // It cannot fail; if it did, the records would still be compared.
    let _ = write!(text, "{fact:?}");
    text.0.finish()
}
