//! `keiretsu diff`

use keiretsu::answer::DiffQuestion;

use crate::args::DiffArgs;
use crate::failure::Failure;
use crate::output::print;
use crate::session::{Session, entity, in_order};

pub(crate) fn run(session: &Session, args: &DiffArgs) -> Result<u8, Failure> {
    in_order(("--from", Some(args.from)), ("--to", Some(args.to)))?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let question = match &args.name {
        Some(name) => DiffQuestion::about(entity(view, name)?, args.from, args.to),
        None => DiffQuestion::between(view, args.from, args.to),
    };
    print(&question.limits(session.limits.clone()).answer(), session)
}
