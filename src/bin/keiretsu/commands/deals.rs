//! `keiretsu deals`

use keiretsu::answer::KindFilter;

use crate::args::DealsArgs;
use crate::failure::Failure;
use crate::output::print;
use crate::session::{Session, entity, in_order};

pub(crate) fn run(session: &Session, args: &DealsArgs) -> Result<u8, Failure> {
    let filter = KindFilter::parse(&args.kinds)?;
    in_order(("--since", args.since), ("--until", args.until))?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let mut question = view.deals();
    for name in &args.names {
        question = question.with(entity(view, name)?);
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
    print(&question.limits(session.limits.clone()).answer(), session)
}
