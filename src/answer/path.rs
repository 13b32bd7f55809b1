//! How two entities are connected.

use serde::Serialize;

use super::{Answer, Column, Content, KindFilter, Page, RELATION, ended, nothing};
use crate::graph::{Entity, Relation};
use crate::limits::Limits;
use crate::query::{Outcome, Path};

const COLUMNS: &[Column] = &[Column::Leaf("hops"), Column::Nest("steps", RELATION)];

/// The default length of all paths: their number grows fast with their length.
const HOPS_OF_ALL: usize = 4;

/// The question how one entity is connected with another: by one shortest path, or by all.
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is answered"]
pub struct PathQuestion<'g> {
    ends: [Entity<'g>; 2],
    kinds: KindFilter,
    all: bool,
    most: Option<usize>,
    limits: Limits,
}

/// The paths that were found.
#[derive(Clone, Debug)]
pub struct PathRows<'g> {
    rows: Vec<PathRow<'g>>,
    ends: [Entity<'g>; 2],
    all: bool,
    within: String,
    /// Why there is none.
    empty: String,
}

/// A path.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PathRow<'g> {
    /// Its length.
    pub hops: usize,
    /// Its relations, each read from where the path comes from.
    pub steps: Vec<Relation<'g>>,
}

impl<'g> From<&Path<'g>> for PathRow<'g> {
    fn from(path: &Path<'g>) -> Self {
        Self { hops: path.hops(), steps: path.steps().to_vec() }
    }
}

impl<'g> PathQuestion<'g> {
    /// One shortest path, along relations of all kinds.
    pub fn between(from: Entity<'g>, to: Entity<'g>) -> Self {
        Self {
            ends: [from, from.view().adopt(to).unwrap_or(to)],
            kinds: KindFilter::default(),
            all: false,
            most: None,
            limits: Limits::default(),
        }
    }

    /// Along relations of these kinds only.
    pub fn kinds(self, kinds: KindFilter) -> Self {
        Self { kinds, ..self }
    }

    /// All paths without repetition, of up to four relations unless [`PathQuestion::max_hops`] says another number.
    pub fn all(self) -> Self {
        Self { all: true, ..self }
    }

    /// Of so many relations at most.
    pub fn max_hops(self, hops: usize) -> Self {
        Self { most: Some(hops), ..self }
    }

    /// Bounds the search and the rows.
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The paths, the shortest first.
    #[must_use]
    pub fn answer(&self) -> Answer<'g, PathRows<'g>> {
        let Self { ends, kinds, all, most, limits } = self;
        let [from, to] = *ends;
        let most = most.or(all.then_some(HOPS_OF_ALL));
        let mut walk =
            from.traverse().limits(limits.clone()).follow_if(|step| kinds.accepts(step.relation()));
        if let Some(hops) = most {
            walk = walk.max_hops(hops);
        }
        let (rows, outcome): (Vec<PathRow<'g>>, Outcome) = if *all {
            let paths = walk.paths(to);
            (paths.iter().map(PathRow::from).collect(), paths.outcome())
        } else {
            let (path, outcome) = walk.shortest(to);
            (path.iter().map(PathRow::from).collect(), outcome)
        };
        let is_none = rows.is_empty() && outcome == Outcome::Complete;
        let missing = is_none.then(|| nothing::between(*ends, kinds, limits)).flatten();
        let within = most.map_or_else(String::new, |hops| format!(" within {hops} {}", plural(hops, "hop")));
        let empty = match outcome {
            Outcome::Complete if most.is_some() => format!("no path from {from} to {to} found{within}"),
            Outcome::Complete => format!("no path from {from} to {to} {}", nothing::stated(from.view())),
            Outcome::Stopped(_) => {
                format!("no path from {from} to {to} found before a limit ended the search")
            }
        };
        let steps = || rows.iter().flat_map(|row| row.steps.iter().copied());
        let ended = ended::note(from.view(), steps());
        let disputed = steps().any(|relation| relation.is_disputed());
        Answer::new(from.view(), PathRows { rows, ends: *ends, all: *all, within, empty })
            .outcome(outcome)
            .disputed(disputed)
            .note(missing)
            .note(ended)
            .at_most(limits.rows)
    }
}

impl<'g> Content<'g> for PathRows<'g> {
    type Row = PathRow<'g>;

    fn command(&self) -> &'static str {
        "path"
    }

    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn rows(&self) -> &[PathRow<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// Each path, one sentence per line, each indented further than the one before.
    fn write(&self, page: &mut Page<'g>) {
        let [from, to] = self.ends;
        if self.rows.is_empty() {
            return page.line(&self.empty);
        }
        if from == to {
            return page.line(&format!("the path starts and ends at {from}"));
        }
        for (n, row) in self.rows.iter().enumerate() {
            if n > 0 {
                page.gap();
            }
            page.chain(0, &row.steps);
        }
        if self.all {
            page.gap();
            page.line(&format!("{} {}{}", self.rows.len(), plural(self.rows.len(), "way"), self.within));
        }
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}
