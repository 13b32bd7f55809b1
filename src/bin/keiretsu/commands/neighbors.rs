//! `keiretsu neighbors`

use keiretsu::answer::Neighborhood;

use crate::args::NeighborsArgs;
use crate::failure::Failure;
use crate::output::print;
use crate::session::{Session, entity, seen};

pub(crate) fn run(session: &Session, args: &NeighborsArgs) -> Result<u8, Failure> {
    let kinds = session.wanted_kinds()?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let start = entity(view, &args.name)?;
    let filtering = session.filtering_but_kinds(view, &[start])?;
    let answer = filtering.ask(view, |view| {
        let question = Neighborhood::of(seen(view, start)).kinds(kinds.clone());
        let question = question.direction(args.direction.into()).hops(args.hops);
        Ok::<_, Failure>(question.limits(session.limits.clone()).answer())
    })?;
    print(&answer, session)
}
