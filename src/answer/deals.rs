//! Facts as deals.

use super::{Answer, Column, Content, FACT, Page, nothing};
use crate::graph::Fact;
use crate::query::{DealList, Deals};

/// Deals that were found.
#[derive(Clone, Debug)]
pub struct DealRows<'g> {
    rows: Vec<Fact<'g>>,
    replaced: Vec<Fact<'g>>,
    /// Why there are none.
    empty: String,
}

impl<'g> Deals<'g> {
    /// The deals as an answer; its notes say how many were left out and why.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// # use keiretsu::answer::TextOptions;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B") },
    ///     facts: [
    ///         Sale(seller: "a", buyer: "b", completed: "2014", amount: "USD 350 million", unsourced: true),
    ///         Sale(seller: "b", buyer: "a", completed: "2015", amount: "EUR 900 million", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let answer = graph.view().deals().at_least("USD 100 million".parse().unwrap()).answer();
    /// assert_eq!(answer.rows().len(), 1);
    /// assert!(answer.text(&TextOptions::default()).starts_with("USD 350 million  Sale  A sells to B"));
    /// assert_eq!(answer.notes(), ["left out: 1 deal in another currency"]);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn answer(&self) -> Answer<'g, DealRows<'g>> {
        let list = self.run();
        let names: Vec<_> = self.parties().iter().map(|party| party.told_name()).collect();
        let stated = nothing::stated(self.view());
        let empty = match names.as_slice() {
            [] => format!("no matching deal {stated}"),
            [name] => format!("no matching deal of {name} {stated}"),
            names => format!("no matching deal between {} {stated}", names.join(" and ")),
        };
        let rows = DealRows { rows: list.facts().collect(), replaced: list.replaced().collect(), empty };
        let disputed = rows.rows.iter().any(|fact| fact.is_disputed());
        Answer::new(self.view(), rows)
            .outcome(list.outcome())
            .disputed(disputed)
            .note(left_out(&list))
            .at_most(self.most_rows())
    }
}

/// What could not be compared, so that nobody takes it for absent.
fn left_out(list: &DealList<'_>) -> Vec<String> {
    let counts = [
        (list.undated(), "without a date"),
        (list.no_amount(), "without a stated amount"),
        (list.other_currency(), "in another currency"),
    ];
    let some = counts.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, why)| format!("left out: {} {why}", super::counted(count, "deal"))).collect()
}

impl<'g> DealRows<'g> {
    /// Deals that would be among the rows, but are [replaced](DealList::replaced) by others.
    #[must_use]
    pub fn replaced(&self) -> &[Fact<'g>] {
        &self.replaced
    }

    /// Amount, kind and sentence in columns; amounts are right-aligned.
    fn table(&self, page: &mut Page<'g>) {
        let amounts = self.rows.iter().any(|fact| fact.amount().is_some());
        let mut rows = Vec::with_capacity(self.rows.len());
        for fact in &self.rows {
            let evidence: Vec<_> = fact.evidence().collect();
            let cited = page.cite_plain(&evidence);
            let leg = fact.part_of().map_or_else(String::new, |whole| format!(", part of `{}`", whole.id()));
            let sentence = format!("{}{leg}{cited}{}", fact.summary(), page.reasons_apart(*fact, &evidence));
            let amount = fact.amount().map_or_else(String::new, |amount| amount.words().to_string());
            let mut row = vec![fact.kind().to_string(), sentence];
            if amounts {
                row.insert(0, amount);
            }
            rows.push(row);
        }
        page.table(rows, if amounts { &[0] } else { &[] });
    }
}

impl<'g> Content<'g> for DealRows<'g> {
    type Row = Fact<'g>;

    fn command(&self) -> &'static str {
        "deals"
    }

    fn columns(&self) -> &'static [Column] {
        FACT
    }

    fn rows(&self) -> &[Fact<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    fn write(&self, page: &mut Page<'g>) {
        if self.rows.is_empty() {
            page.line(&self.empty);
        } else {
            self.table(page);
        }
        if !self.replaced.is_empty() {
            page.gap();
            page.line("no longer in force:");
            self.replaced.iter().for_each(|fact| page.over(*fact, ""));
        }
    }
}
