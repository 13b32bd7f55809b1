//! `keiretsu deals`

use keiretsu::{DealList, Fact};

use crate::args::DealsArgs;
use crate::failure::Failure;
use crate::output::{Answer, FACT, Page};
use crate::session::{Session, entity, say};
use keiretsu::answer::KindFilter;

pub(crate) fn run(session: &Session, args: &DealsArgs) -> Result<u8, Failure> {
    let filter = KindFilter::parse(&args.kinds)?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let mut question = view.deals();
    let mut names = Vec::new();
    for name in &args.names {
        let party = entity(view, name)?;
        names.push(party.told_name());
        question = question.with(party);
    }
    for kind in filter.fact_kinds() {
        question = question.kind(kind);
    }
    if let Some(date) = args.since {
        question = question.since(date);
    }
    if let Some(date) = args.until {
        question = question.until(date);
    }
    if let Some(amount) = args.min {
        question = question.at_least(amount);
    }
    let list = question.run();
    left_out(&list);
    let facts: Vec<Fact<'_>> = list.facts().collect();
    let replaced: Vec<Fact<'_>> = list.replaced().collect();
    let empty = match names.as_slice() {
        [] => "no matching deal is stated".to_owned(),
        [name] => format!("no matching deal of {name} is stated"),
        names => format!("no matching deal between {} is stated", names.join(" and ")),
    };
    let disputed = facts.iter().any(|fact| fact.is_disputed());
    Answer::new("deals", FACT, facts).disputed(disputed).print(session, |facts, page| {
        text(facts, page, &empty);
        if !replaced.is_empty() {
            page.gap();
            page.line("no longer in force:");
            replaced.iter().for_each(|fact| page.over(*fact, ""));
        }
    })
}

/// Reports what could not be compared, so that nobody takes it for absent.
fn left_out(list: &DealList<'_>) {
    let counts = [
        (list.undated(), "without a date"),
        (list.no_amount(), "without a stated amount"),
        (list.other_currency(), "in another currency"),
    ];
    for (count, why) in counts {
        if count > 0 {
            let noun = if count == 1 { "deal" } else { "deals" };
            say(&format!("left out: {count} {noun} {why}"));
        }
    }
}

/// Amount, kind and sentence in columns; amounts are right-aligned.
fn text<'g>(facts: &[Fact<'g>], page: &mut Page<'g>, empty: &str) {
    if facts.is_empty() {
        return page.line(empty);
    }
    let amounts = facts.iter().any(|fact| fact.record().amount.is_some());
    let mut rows = Vec::with_capacity(facts.len());
    for fact in facts {
        let evidence: Vec<_> = fact.evidence().collect();
        let cited = page.cite_plain(&evidence);
        let leg = fact.part_of().map_or_else(String::new, |whole| format!(", part of `{}`", whole.id()));
        let sentence = format!("{}{leg}{cited}{}", fact.summary(), page.reasons_apart(*fact, &evidence));
        let amount = fact.record().amount.map_or_else(String::new, |amount| amount.words().to_string());
        let mut row = vec![fact.kind().to_string(), sentence];
        if amounts {
            row.insert(0, amount);
        }
        rows.push(row);
    }
    page.table(rows, if amounts { &[0] } else { &[] });
}
