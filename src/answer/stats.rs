//! Figures of a graph.

use super::{Answer, Column, Content, Page, TableBuilder};
use crate::analysis::Stat;
use crate::graph::{Fact, View};

const COLUMNS: &[Column] = &[Column::One("name"), Column::One("value")];

/// The question what a graph has: how many facts of which kind, and more.
///
/// ```
/// # use keiretsu::Graph;
/// use keiretsu::answer::{StatsQuestion, TextOptions};
///
/// let graph = Graph::from_ron(r#"Graph(title: "Anvils", companies: {"acme": (name: "Acme")})"#)?;
/// let answer = StatsQuestion::of(graph.view()).answer();
/// assert_eq!((answer.rows()[1].name.as_str(), answer.rows()[1].value.as_str()), ("entities", "1"));
/// assert!(answer.text(&TextOptions::default()).starts_with("Anvils\n"));
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a question does nothing until it is answered"]
pub struct StatsQuestion<'g> {
    view: View<'g>,
}

/// Figures, and what the graph says of itself.
#[derive(Clone, Debug)]
pub struct StatRows<'g> {
    rows: Vec<Stat>,
    about: [Option<&'g str>; 2],
}

impl<'g> StatsQuestion<'g> {
    /// The [figures](View::stats) of a view.
    pub const fn of(view: View<'g>) -> Self {
        Self { view }
    }

    /// The figures, and in the text the title and the description of the graph.
    #[must_use]
    pub fn answer(&self) -> Answer<'g, StatRows<'g>> {
        // An import states here which rows the graph lacks.
        let about = [self.view.title(), self.view.description()];
        let disputed = self.view.facts().any(Fact::is_disputed);
        Answer::new(self.view, StatRows { rows: self.view.stats(), about }).disputed(disputed)
    }
}

impl<'g> Content<'g> for StatRows<'g> {
    type Row = Stat;

    fn command(&self) -> &'static str {
        "stats"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        for stat in &self.rows {
            table.row();
            table.text("name", Some(&stat.name));
            match stat.value.bytes().all(|byte| byte.is_ascii_digit()) {
                true => table.number("value", Some(&stat.value)),
                false => table.text("value", Some(&stat.value)),
            }
        }
        self.about.iter().flatten().for_each(|text| table.remark(*text));
    }

    fn rows(&self) -> &[Stat] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    fn write(&self, page: &mut Page<'g>) {
        self.about.iter().flatten().for_each(|text| page.line(text));
        if self.about.iter().any(Option::is_some) {
            page.gap();
        }
        // Counts by kind are indented below the total.
        let label = |stat: &Stat| {
            let indent = if stat.name.starts_with(char::is_uppercase) { "  " } else { "" };
            format!("{indent}{}", stat.name)
        };
        let width = self.rows.iter().map(|stat| label(stat).chars().count()).max().unwrap_or(0);
        let is_number = |stat: &&Stat| stat.value.bytes().all(|byte| byte.is_ascii_digit());
        let digits = self.rows.iter().filter(is_number).map(|stat| stat.value.len()).max().unwrap_or(0);
        for stat in &self.rows {
            let value =
                if is_number(&stat) { format!("{:>digits$}", stat.value) } else { stat.value.clone() };
            page.line(&format!("{:<width$}  {value}", label(stat)));
        }
    }
}
