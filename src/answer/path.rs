//! How two entities are connected.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Answer, Cell, Column, Content, KindFilter, Page, TableBuilder, counted, ended, nothing};
use crate::graph::{Certainty, Entity, Relation};
use crate::limits::Limits;
use crate::model::Confidence;
use crate::query::{Assurance, Outcome, Path, PathOrder, PathWeight};

const COLUMNS: &[Column] = &[
    Column::One("path"),
    Column::One("hops"),
    Column::Date("oldest"),
    Column::One("least_certain"),
    Column::One("least_confidence"),
    Column::One("any_disputed"),
    Column::One("step"),
    Column::Relation,
];

/// The default length of all paths: their number grows fast with their length.
const HOPS_OF_ALL: usize = 4;

/// The question how one entity is connected with another: by one path, the shortest or the best in another order, or by all.
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is answered"]
pub struct PathQuestion<'g> {
    ends: [Entity<'g>; 2],
    kinds: KindFilter,
    all: bool,
    order: PathOrder,
    most: Option<usize>,
    limits: Limits,
}

/// The paths that were found.
#[derive(Clone, Debug)]
pub struct PathRows<'g> {
    rows: Vec<PathRow<'g>>,
    ends: [Entity<'g>; 2],
    all: bool,
    order: PathOrder,
    is_complete: bool,
    within: String,
    /// Why there is none.
    empty: String,
}

/// A path.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PathRow<'g> {
    /// Its length.
    pub hops: usize,
    /// By what it was chosen, and how good it is.
    pub weight: PathWeight,
    /// Its relations, each read from where the path comes from.
    pub steps: Vec<Relation<'g>>,
}

impl<'g> PathRow<'g> {
    fn of(path: &Path<'g>, order: PathOrder) -> Self {
        Self { hops: path.hops(), weight: path.weight(order), steps: path.steps().to_vec() }
    }
}

/// `{"hops", "steps"}`, and before the steps by what it was chosen: `"oldest"`, the date of its oldest relation, or
/// `"least_certain"`: `{"certainty", "disputed", "confidence"}` of its least certain one.
impl Serialize for PathRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("hops", &self.hops)?;
        match self.weight {
            PathWeight::Hops(_) => {}
            PathWeight::Oldest(date) => {
                map.serialize_entry("oldest", &date.map(|date| date.to_string()))?;
            }
            PathWeight::LeastCertain(assurance) => {
                map.serialize_entry("least_certain", &assurance.map(LeastCertain::from))?;
            }
        }
        map.serialize_entry("steps", &self.steps)?;
        map.end()
    }
}

#[derive(Serialize)]
struct LeastCertain {
    certainty: Option<&'static str>,
    disputed: bool,
    confidence: Option<Confidence>,
}

impl From<Assurance> for LeastCertain {
    fn from(Assurance { certainty, disputed, confidence }: Assurance) -> Self {
        Self { certainty: certainty.map(Certainty::name), disputed, confidence }
    }
}

impl<'g> PathQuestion<'g> {
    /// One shortest path, along relations of all kinds.
    pub fn between(from: Entity<'g>, to: Entity<'g>) -> Self {
        Self {
            ends: [from, from.view().adopt(to).unwrap_or(to)],
            kinds: KindFilter::default(),
            all: false,
            order: PathOrder::Hops,
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

    /// The best by this order first, rather than the shortest.
    ///
    /// With [`PathQuestion::all`], a limit that stops the search leaves no path: nobody knows which is the best then.
    pub fn by(self, order: PathOrder) -> Self {
        Self { order, ..self }
    }

    /// Of so many relations at most.
    pub fn max_hops(self, hops: usize) -> Self {
        Self { most: Some(hops), ..self }
    }

    /// Bounds the search and the rows.
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The paths, the shortest or the best by [`PathQuestion::by`] first.
    #[must_use]
    pub fn answer(&self) -> Answer<'g, PathRows<'g>> {
        let Self { ends, kinds, all, order, most, limits } = self;
        let [from, to] = *ends;
        let most = most.or(all.then_some(HOPS_OF_ALL));
        let mut walk =
            from.traverse().limits(limits.clone()).follow_if(|step| kinds.accepts(step.relation()));
        if let Some(hops) = most {
            walk = walk.max_hops(hops);
        }
        let row = |path: &Path<'g>| PathRow::of(path, *order);
        let (rows, outcome): (Vec<PathRow<'g>>, Outcome) = if *all {
            let paths = walk.paths_by(to, *order);
            (paths.iter().map(row).collect(), paths.outcome())
        } else {
            let (path, outcome) = walk.best(to, *order);
            (path.iter().map(row).collect(), outcome)
        };
        let is_none = rows.is_empty() && outcome == Outcome::Complete;
        let missing = is_none.then(|| nothing::between(*ends, kinds, limits)).flatten();
        let within = most.map_or_else(String::new, |hops| format!(" within {hops} {}", plural(hops, "hop")));
        let empty = self.words_for_none(outcome, &within);
        let steps = || rows.iter().flat_map(|row| row.steps.iter().copied());
        let ended = ended::note(from.view(), steps());
        let disputed = steps().any(|relation| relation.is_disputed());
        let is_complete = outcome == Outcome::Complete;
        let content = PathRows { rows, ends: *ends, all: *all, order: *order, is_complete, within, empty };
        Answer::new(from.view(), content)
            .outcome(outcome)
            .disputed(disputed)
            .note(missing)
            .note(ended)
            .at_most(limits.rows)
    }

    /// Why there is no path.
    fn words_for_none(&self, outcome: Outcome, within: &str) -> String {
        let [from, to] = self.ends;
        match outcome {
            Outcome::Complete if !within.is_empty() => format!("no path from {from} to {to} found{within}"),
            Outcome::Complete => format!("no path from {from} to {to} {}", nothing::stated(from.view())),
            Outcome::Stopped(_) if self.all && self.order != PathOrder::Hops => format!(
                "a limit ended the search for all paths from {from} to {to}, so that nobody knows which is {}: ask for one \
                 without --all, for fewer hops with --max-hops, or for the shortest without --by",
                first_by(self.order).map_or_else(String::new, |first| format!("the {first}"))
            ),
            Outcome::Stopped(_) => {
                format!("no path from {from} to {to} found before a limit ended the search")
            }
        }
    }
}

impl<'g> Content<'g> for PathRows<'g> {
    type Row = PathRow<'g>;

    fn command(&self) -> &'static str {
        "path"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        if self.rows.is_empty() {
            table.remark(self.empty.as_str());
        }
        if let ([row], Some(first)) = (self.rows.as_slice(), first_by(self.order)) {
            table.remark(format!("the {first} path{}: {}", self.within, row.weight));
        }
        let is_one = self.rows.len() == 1;
        for (number, row) in (1..).zip(&self.rows) {
            for (step, relation) in (1..).zip(row.steps.iter().copied()) {
                table.row();
                table.number("path", Some(number));
                table.number("hops", Some(row.hops));
                weight(row.weight, table);
                table.number("step", Some(step));
                table.relation(relation);
                table.reads_text("path", if is_one { String::new() } else { number.to_string() });
                table.reads("step", Cell::Number(step.to_string()));
                table.reads_relation("relation", relation);
            }
        }
    }

    fn rows(&self) -> &[PathRow<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// Each path, one sentence per line, each indented further than the one before; below, by what it was chosen.
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
            match first_by(self.order) {
                None => {}
                Some(_) if self.all => page.line(&row.weight.to_string()),
                Some(first) => {
                    page.gap();
                    let found = if self.is_complete { "" } else { " found before a limit ended the search" };
                    page.line(&format!("the {first} path{}{found}: {}", self.within, row.weight));
                }
            }
        }
        if self.all {
            page.gap();
            let ways = counted(self.rows.len(), "way");
            let order = first_by(self.order).map(|first| format!(", the {first} first"));
            page.line(&format!("{ways}{}{}", self.within, order.unwrap_or_default()));
        }
    }
}

/// How good a path is in its order.
fn weight(weight: PathWeight, table: &mut TableBuilder<'_>) {
    match weight {
        PathWeight::Hops(_) => {}
        PathWeight::Oldest(date) => table.date("oldest", date),
        PathWeight::LeastCertain(assurance) => {
            let certainty = assurance.and_then(|least| least.certainty).map(Certainty::name);
            table.text("least_certain", certainty);
            let confidence = assurance.and_then(|least| least.confidence).map(Confidence::name);
            table.text("least_confidence", confidence);
            table.flag("any_disputed", assurance.map(|least| least.disputed));
        }
    }
}

/// What the first path is, in an order that needs saying.
const fn first_by(order: PathOrder) -> Option<&'static str> {
    match order {
        PathOrder::Hops => None,
        PathOrder::Recent => Some("most recent"),
        PathOrder::Certain => Some("most certain"),
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}
