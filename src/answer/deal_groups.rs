//! Deals in groups.

use std::collections::HashMap;

use super::deals::{left_out, rates, write_rates};
use super::{Answer, Cell, Column, Content, Page, TableBuilder, counted};
use crate::analysis::{DealGroup, DealKey, DealSum, GroupName};
use crate::graph::Fact;
use crate::query::{Converted, Deals};

const COLUMNS: &[Column] =
    &[Column::One("group"), Column::Entity("entity"), Column::One("total"), Column::One("deals")];

/// Groups of deals, and as the last row their total.
#[derive(Clone, Debug)]
pub struct DealGroupRows<'g> {
    rows: Vec<DealGroup<'g>>,
    converted: HashMap<Fact<'g>, Converted>,
    /// Why there are none.
    empty: String,
}

impl<'g> Deals<'g> {
    /// The deals in [groups](Deals::groups) as an answer, with the total of all as its last row.
    ///
    /// ```
    /// # use keiretsu::{DealKey, Graph};
    /// # use keiretsu::answer::TextOptions;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B") },
    ///     facts: [
    ///         Sale(seller: "a", buyer: "b", completed: "2014", amount: "USD 350 million", unsourced: true),
    ///         Sale(seller: "b", buyer: "a", completed: "2015", amount: "EUR 900 million", unsourced: true),
    ///         Sale(seller: "b", buyer: "a", completed: "2015", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let answer = graph.view().deals().groups_answer(DealKey::Year);
    /// assert_eq!(answer.text(&TextOptions::default()), "\
    /// 2014   1 deal   USD 350 million
    /// 2015   2 deals  EUR 900 million  1 without a stated amount
    /// total  3 deals  EUR 900 million  1 without a stated amount
    ///                 USD 350 million
    /// ");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn groups_answer(&self, key: DealKey) -> Answer<'g, DealGroupRows<'g>> {
        let groups = self.groups(key);
        let list = groups.list();
        let disputed = list.facts().any(|fact| fact.is_disputed());
        let mut rows = groups.groups().to_vec();
        let other = if self.parties().is_empty() { "" } else { "other " };
        let overlap = match key {
            DealKey::Party => Some(format!("a deal counts for each of its {other}parties")),
            DealKey::Country => Some(format!("a deal counts for each country of its {other}parties")),
            _ => None,
        };
        let overlap = overlap.filter(|_| rows.len() > 1);
        let overlap = overlap.map(|words| format!("{words}, so that sums overlap; the total counts it once"));
        let more = groups.more();
        let more = (more > 0).then(|| format!("{}: omit --top", counted(more, "more group")));
        if !rows.is_empty() {
            rows.push(groups.total().clone());
        }
        let converted = list.deals().filter_map(|deal| Some((deal.fact, deal.converted?))).collect();
        Answer::new(self.view(), DealGroupRows { rows, converted, empty: self.nothing() })
            .outcome(list.outcome())
            .disputed(disputed)
            .note(left_out(list))
            .note(overlap)
            .note(more)
            .at_most(self.most_rows())
    }
}

impl<'g> Content<'g> for DealGroupRows<'g> {
    type Row = DealGroup<'g>;

    fn command(&self) -> &'static str {
        "deals"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        if self.rows.is_empty() {
            table.remark(self.empty.as_str());
        }
        for group in &self.rows {
            table.row();
            let is_total = group.name == GroupName::All;
            let is_known = !is_total && !matches!(group.name, GroupName::Unknown(_));
            let name = match group.name {
                // A date as it is written elsewhere in tables.
                GroupName::Year(date) => date.to_string(),
                name => name.to_string(),
            };
            table.text("group", Some(name.as_str()).filter(|_| is_known));
            table.entity(
                "entity",
                match group.name {
                    GroupName::Party(party) => Some(party),
                    _ => None,
                },
            );
            table.flag("total", Some(is_total));
            table.number("deals", Some(group.deals.len()));
            table.sums(&group.sums);
            for (name, count) in counts(group) {
                table.number(name, Some(count));
            }
            table.reads_text("group", group.name.to_string());
            table.reads("deals", Cell::Number(group.deals.len().to_string()));
            let sums: Vec<String> = group.sums.iter().map(DealSum::to_string).collect();
            table.reads("sum", if sums.is_empty() { Cell::Empty } else { Cell::Number(sums.join("\n")) });
            table.reads_text("not in the sum, or not certain", remarks(group));
        }
        let sums = self.rows.iter().flat_map(|group| &group.sums);
        for rate in rates(sums.flat_map(|sum| sum.rates.iter().map(|rate| (*rate, sum.currency)))) {
            table.remark(rate);
        }
    }

    fn rows(&self) -> &[DealGroup<'g>] {
        &self.rows
    }

    /// Deals, and not groups.
    fn count(&self) -> usize {
        self.rows.last().map_or(0, |total| total.facts().count())
    }

    /// Keeps the total.
    fn truncate(&mut self, rows: usize) {
        let total = self.rows.pop();
        self.rows.truncate(rows.saturating_sub(1));
        self.rows.extend(total.filter(|_| rows > 0));
    }

    fn write(&self, page: &mut Page<'g>) {
        if self.rows.is_empty() {
            page.line(&self.empty);
            return;
        }
        let mut lines = Vec::new();
        for group in &self.rows {
            let mut remarks = remarks(group);
            // The total has no facts that the groups do not have.
            if page.asks_why() && group.name != GroupName::All {
                for fact in group.facts() {
                    let evidence: Vec<_> = fact.evidence().collect();
                    let cited = page.cite_plain(&evidence);
                    let reasons = page.reasons_apart(fact, &evidence);
                    let converted = self.converted.get(&fact);
                    let converted = converted.map_or_else(String::new, |by| format!(", that is {by}"));
                    remarks.push_str(&format!("\n  {}{converted}{cited}{reasons}", fact.sentence()));
                }
            }
            let sums: Vec<String> = group.sums.iter().map(DealSum::to_string).collect();
            lines.push(vec![
                group.name.to_string(),
                counted(group.deals.len(), "deal"),
                sums.join("\n"),
                remarks,
            ]);
        }
        page.filled_table(lines, &[2]);
        let sums = self.rows.iter().flat_map(|group| &group.sums);
        write_rates(page, sums.flat_map(|sum| sum.rates.iter().map(|rate| (*rate, sum.currency))));
    }
}

/// How many deals are apart from the sums, or not certain, by the name of the column.
fn counts(group: &DealGroup<'_>) -> [(&'static str, usize); 9] {
    [
        ("without_amount", group.without_amount),
        ("only_possible", group.only_possible),
        ("legs", group.legs.len()),
        ("legs_added", group.legs_added),
        ("rumoured", group.rumoured.len()),
        ("sought", group.sought.len()),
        ("withdrawn", group.withdrawn.len()),
        ("replaced", group.replaced.len()),
        ("other_claims", group.other_claims.len()),
    ]
}

/// What is not in the sums, and what in them is not certain.
fn remarks(group: &DealGroup<'_>) -> String {
    let legs = match (counted(group.legs.len(), "leg"), group.legs_added) {
        (legs, 0) => legs,
        (legs, added) => format!("{legs} ({added} added, as no whole states an amount)"),
    };
    let counts = [
        (group.without_amount, format!("{} without a stated amount", group.without_amount)),
        (group.only_possible, format!("{} only possible", group.only_possible)),
        (group.legs.len(), legs),
        (group.rumoured.len(), format!("{} rumoured", group.rumoured.len())),
        (group.sought.len(), format!("{} only sought", group.sought.len())),
        (group.withdrawn.len(), format!("{} called off", group.withdrawn.len())),
        (group.replaced.len(), format!("{} replaced", group.replaced.len())),
        (group.other_claims.len(), counted(group.other_claims.len(), "other claim")),
    ];
    let some = counts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words);
    some.collect::<Vec<_>>().join(", ")
}
