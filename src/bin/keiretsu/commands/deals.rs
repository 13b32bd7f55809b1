//! `keiretsu deals`

use keiretsu::{Currency, Date, Deals, View};

use crate::args::date;
use crate::deal_args::DealsArgs;
use crate::failure::{Failure, exit};
use crate::output::print;
use crate::session::{Session, entity, in_order};

pub(crate) fn run(session: &Session, args: &DealsArgs) -> Result<u8, Failure> {
    let filter = session.wanted_kinds()?;
    in_order(("--since", args.since), ("--until", args.until))?;
    let (ending, currency) = (ending(args)?, currency(args)?);
    let graph = session.open()?;
    let view = session.view(&graph);
    let parties = args.names.iter().map(|name| entity(view, name)).collect::<Result<Vec<_>, _>>()?;
    let filtering = session.filtering_but_kinds(view, &parties)?;
    let limits = &session.limits;
    let question = |view| {
        let question = parties.iter().copied().fold(View::deals(view), Deals::with);
        let question = filter.fact_kinds().into_iter().fold(question, Deals::kind);
        let question = args.since.into_iter().fold(question, Deals::since);
        let question = args.until.into_iter().fold(question, Deals::until);
        let question = ending.into_iter().fold(question, Deals::ending_before);
        let question = args.min.into_iter().fold(question, Deals::at_least);
        let question = args.rates.iter().copied().fold(question, Deals::rate);
        let question = currency.into_iter().fold(question, Deals::currency);
        let question = args.sort.into_iter().fold(question, |question, sort| question.sort(sort.into()));
        args.top.and_then(|top| top.0).into_iter().fold(question, Deals::top).limits(limits.clone())
    };
    match args.by {
        Some(key) => {
            let ask = |view| Ok::<_, Failure>(question(view).groups_answer(key.into()));
            print(&filtering.ask(view, ask)?, session)
        }
        None => print(&filtering.ask(view, |view| Ok::<_, Failure>(question(view).answer()))?, session),
    }
}

/// The date of `--ending before DATE`.
fn ending(args: &DealsArgs) -> Result<Option<Date>, Failure> {
    let given = match args.ending.as_slice() {
        [word, text] if word == "before" => {
            Some(date(text).map_err(|error| usage(format!("--ending before: {error}")))?)
        }
        [word, ..] => {
            let message = format!("--ending `{}` is not known", word.escape_debug());
            return Err(usage(message).hint(Some("write `--ending before 2028`".to_owned())));
        }
        [] => args.ending_before,
    };
    match given {
        Some(date) if date.earliest().is_none() => {
            let message = format!("--ending before {date} has no first day");
            Err(usage(message).hint(Some("give a day, month or year, as in `2028`".to_owned())))
        }
        given => Ok(given),
    }
}

/// The currency that rates convert to, if there are any; each of them has to say something.
fn currency(args: &DealsArgs) -> Result<Option<Currency>, Failure> {
    let of_min = args.min.and_then(|min| min.currency());
    if let (Some(own), Some(min)) = (args.currency, of_min.filter(|min| args.currency != Some(*min))) {
        return Err(usage(format!("--in {own} differs from the currency of --min, {min}")));
    }
    let Some(to) = args.currency.or(of_min) else {
        return match args.rates.first() {
            Some(rate) => Err(usage(format!("--rate {rate} has no currency to convert to"))
                .hint(Some("add `--in EUR`, or `--min` with an amount".to_owned()))),
            None => Ok(None),
        };
    };
    let mut given: Vec<Currency> = Vec::new();
    for rate in &args.rates {
        if rate.currency() == to {
            return Err(usage(format!("--rate {rate} converts {to} into itself")));
        }
        if given.contains(&rate.currency()) {
            return Err(usage(format!("--rate for {} is given twice", rate.currency())));
        }
        given.push(rate.currency());
    }
    Ok(Some(to))
}

fn usage(message: String) -> Failure {
    Failure::new(exit::USAGE, message)
}
