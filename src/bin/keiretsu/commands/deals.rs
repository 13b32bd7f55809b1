//! `keiretsu deals`

use crate::args::DealsArgs;
use crate::failure::Failure;
use crate::output::print;
use crate::session::{Session, entity, in_order};

pub(crate) fn run(session: &Session, args: &DealsArgs) -> Result<u8, Failure> {
    let filter = session.wanted_kinds()?;
    in_order(("--since", args.since), ("--until", args.until))?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let parties = args.names.iter().map(|name| entity(view, name)).collect::<Result<Vec<_>, _>>()?;
    let filtering = session.filtering_but_kinds(view, &parties)?;
    let answer = filtering.ask(view, |view| {
        let mut question = parties.iter().fold(view.deals(), |question, party| question.with(*party));
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
        Ok::<_, Failure>(question.limits(session.limits.clone()).answer())
    })?;
    print(&answer, session)
}
