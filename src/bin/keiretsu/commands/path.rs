//! `keiretsu path`

use keiretsu::answer::{KindFilter, PathQuestion};

use crate::args::PathArgs;
use crate::failure::Failure;
use crate::output::print;
use crate::session::{Session, entity};

pub(crate) fn run(session: &Session, args: &PathArgs) -> Result<u8, Failure> {
    let kinds = KindFilter::parse(&args.kinds)?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let (from, to) = (entity(view, &args.from)?, entity(view, &args.to)?);
    let mut question = PathQuestion::between(from, to).kinds(kinds).limits(session.limits.clone());
    if let Some(hops) = args.max_hops {
        question = question.max_hops(hops);
    }
    if args.all {
        question = question.all();
    }
    print(&question.answer(), session)
}
