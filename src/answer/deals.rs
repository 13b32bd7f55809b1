//! Facts as deals.

use super::{Answer, Cell, Column, Content, Page, TableBuilder, counted, nothing};
use crate::analysis::added_up;
use crate::graph::{Certainty, Fact};
use crate::query::{Deal, DealList, DealOrder, Deals};
use crate::value::{Currency, ExchangeRate, Money};

const COLUMNS: &[Column] = &[
    Column::Date("date"),
    Column::Fact,
    Column::One("in_sums"),
    Column::Money("converted"),
    Column::One("rate"),
    Column::Date("rate_date"),
    Column::Date("ends"),
    Column::One("ends_certainty"),
];

/// Deals that were found.
#[derive(Clone, Debug)]
pub struct DealRows<'g> {
    rows: Vec<Deal<'g>>,
    replaced: Vec<Fact<'g>>,
    /// The currency that amounts were converted to.
    currency: Option<Currency>,
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
    /// assert!(answer.text(&TextOptions::default()).starts_with("2014  USD 350 million  Sale  A sells to B"));
    /// assert_eq!(answer.notes(), ["left out: 1 deal in another currency"]);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn answer(&self) -> Answer<'g, DealRows<'g>> {
        let list = self.run();
        let disputed = list.facts().any(|fact| fact.is_disputed());
        let more = list.more();
        let more = (more > 0)
            .then(|| format!("{more} more {}: omit --top", if more == 1 { "deal" } else { "deals" }));
        let rows = DealRows {
            rows: list.deals().collect(),
            replaced: list.replaced().collect(),
            currency: self.target(),
            empty: self.nothing(),
        };
        Answer::new(self.view(), rows)
            .outcome(list.outcome())
            .disputed(disputed)
            .note(left_out(&list))
            .note(self.only_perhaps(&list))
            .note(self.not_compared(&list))
            .note(more)
            .at_most(self.most_rows())
    }

    /// That a range or a bound reaches below the least amount that was asked for.
    fn only_perhaps(&self, list: &DealList<'_>) -> Option<String> {
        let min = self.least().filter(|min| min.low().is_some())?;
        let is_open = |amount: Money| amount.currency() == min.currency() && amount.low() < min.low();
        let count = list.deals().filter_map(|deal| deal.amount()).filter(|amount| is_open(*amount)).count();
        let why = if count == 1 {
            "its amount is a range or a bound"
        } else {
            "their amounts are ranges or bounds"
        };
        (count > 0).then(|| format!("{} may be below {}: {why}", counted(count, "deal"), min.words()))
    }

    /// That the order by amount is one within each currency.
    fn not_compared(&self, list: &DealList<'_>) -> Option<String> {
        if self.order() != Some(DealOrder::Amount) || list.currencies().len() < 2 {
            return None;
        }
        let target = self.target();
        let others = list.currencies().filter(|currency| Some(*currency) != target);
        let others = others.map(|currency| currency.to_string()).collect::<Vec<_>>().join(", ");
        Some(match target {
            Some(target) => {
                format!("amounts in {others} follow those in {target}: no --rate is given for them")
            }
            None => format!(
                "amounts in {others} are listed one currency after the other: --in and --rate make them comparable"
            ),
        })
    }

    /// That nothing was found.
    pub(super) fn nothing(&self) -> String {
        let names: Vec<_> = self.parties().iter().map(|party| party.told_name()).collect();
        let stated = nothing::stated(self.view());
        match names.as_slice() {
            [] => format!("no matching deal {stated}"),
            [name] => format!("no matching deal of {name} {stated}"),
            names => format!("no matching deal between {} {stated}", names.join(" and ")),
        }
    }
}

/// What could not be compared, so that nobody takes it for absent.
pub(super) fn left_out(list: &DealList<'_>) -> Vec<String> {
    let counts = [
        (list.undated(), "without a date"),
        (list.no_end(), "without a stated end"),
        (list.no_amount(), "without a stated amount"),
        (list.other_currency(), "in another currency"),
    ];
    let some = counts.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, why)| format!("left out: {} {why}", counted(count, "deal"))).collect()
}

impl<'g> DealRows<'g> {
    /// Deals that would be among the rows, but are [replaced](DealList::replaced) by others.
    #[must_use]
    pub fn replaced(&self) -> &[Fact<'g>] {
        &self.replaced
    }

    /// Date, amount, kind, end and sentence in columns; amounts are right-aligned.
    fn table(&self, page: &mut Page<'g>) {
        let mut rows = Vec::with_capacity(self.rows.len());
        for deal in &self.rows {
            let fact = deal.fact;
            let evidence: Vec<_> = fact.evidence().collect();
            let cited = page.cite_plain(&evidence);
            let leg = fact.part_of().map_or_else(String::new, |whole| format!(", part of `{}`", whole.id()));
            let sentence = format!("{}{leg}{cited}{}", fact.summary(), page.reasons_apart(fact, &evidence));
            rows.push(vec![
                fact.date().map_or_else(String::new, |date| date.words().to_string()),
                fact.amount().map_or_else(String::new, |amount| amount.words().to_string()),
                deal.converted.map_or_else(String::new, |converted| converted.to_string()),
                fact.kind().to_string(),
                deal.end.map_or_else(String::new, |end| end.to_string()),
                sentence,
            ]);
        }
        page.filled_table(rows, &[1, 2]);
        let rates = self.rows.iter().filter_map(|deal| Some(deal.converted?.rate));
        write_rates(page, rates.filter_map(|rate| Some((rate, self.currency?))));
    }
}

/// An amount for readers.
fn figure(words: Option<String>) -> Cell {
    words.map_or(Cell::Empty, Cell::Number)
}

/// Each rate that was used, once, and who gave it.
pub(super) fn rates(used: impl Iterator<Item = (ExchangeRate, Currency)>) -> Vec<String> {
    let mut told: Vec<ExchangeRate> = Vec::new();
    let mut lines = Vec::new();
    for (rate, currency) in used {
        if told.contains(&rate) {
            continue;
        }
        told.push(rate);
        let (from, when) = (rate.currency(), rate.date());
        lines.push(format!(
            "1 {from} = {} {currency} ({}): a rate given by the asker",
            rate.rate(),
            when.words()
        ));
    }
    lines
}

/// The same below a table.
pub(super) fn write_rates(page: &mut Page<'_>, used: impl Iterator<Item = (ExchangeRate, Currency)>) {
    let lines = rates(used);
    if !lines.is_empty() {
        page.gap();
    }
    lines.iter().for_each(|line| page.line(line));
}

impl<'g> Content<'g> for DealRows<'g> {
    type Row = Deal<'g>;

    fn command(&self) -> &'static str {
        "deals"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        if self.rows.is_empty() {
            table.remark(self.empty.as_str());
        }
        let facts: Vec<Fact<'g>> = self.rows.iter().map(|deal| deal.fact).collect();
        for (deal, in_sums) in self.rows.iter().zip(added_up(&facts)) {
            let fact = deal.fact;
            table.row();
            table.date("date", fact.date());
            table.fact(fact);
            table.flag("in_sums", Some(in_sums));
            table.money("converted", deal.converted.map(|converted| converted.amount));
            table.number("rate", deal.converted.map(|converted| converted.rate.rate()));
            table.date("rate_date", deal.converted.map(|converted| converted.rate.date()));
            table.date("ends", deal.end.and_then(|end| end.date));
            table.text("ends_certainty", deal.end.map(|end| end.certainty).map(Certainty::name));
            table.reads_text("date", fact.date().map_or_else(String::new, |date| date.words().to_string()));
            table.reads("amount", figure(fact.amount().map(|amount| amount.words().to_string())));
            table.reads("converted", figure(deal.converted.map(|converted| converted.to_string())));
            table.reads_text("kind", fact.kind().name());
            table.reads_text("ends", deal.end.map_or_else(String::new, |end| end.to_string()));
            table.reads_deal("deal", fact);
        }
        for fact in &self.replaced {
            table.remark(format!("replaced by others: {}", fact.sentence()));
        }
        for rate in rates(self.rows.iter().filter_map(|deal| Some((deal.converted?.rate, self.currency?)))) {
            table.remark(rate);
        }
    }

    fn rows(&self) -> &[Deal<'g>] {
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
            page.line("replaced by others:");
            self.replaced.iter().for_each(|fact| page.over(*fact, ""));
        }
    }
}
