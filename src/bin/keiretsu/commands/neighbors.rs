//! `keiretsu neighbors`

use keiretsu::answer::{KindFilter, Neighborhood};

use crate::args::NeighborsArgs;
use crate::failure::Failure;
use crate::output::print;
use crate::session::{Session, entity};

pub(crate) fn run(session: &Session, args: &NeighborsArgs) -> Result<u8, Failure> {
    let kinds = KindFilter::parse(&args.kinds)?;
    let graph = session.open()?;
    let start = entity(session.view(&graph), &args.name)?;
    let question = Neighborhood::of(start).kinds(kinds).direction(args.direction.into()).hops(args.hops);
    print(&question.limits(session.limits.clone()).answer(), session)
}
