//! `keiretsu diff`

use keiretsu::answer::DiffQuestion;

use crate::args::DiffArgs;
use crate::failure::Failure;
use crate::output::print;
use crate::session::{Session, entity, in_order, seen};

pub(crate) fn run(session: &Session, args: &DiffArgs) -> Result<u8, Failure> {
    in_order(("--from", Some(args.from)), ("--to", Some(args.to)))?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let about = args.name.as_ref().map(|name| entity(view, name)).transpose()?;
    let filtering = session.filtering(view, about.as_slice())?;
    let answer = filtering.ask(view, |view| {
        let question = match about {
            Some(entity) => DiffQuestion::about(seen(view, entity), args.from, args.to),
            None => DiffQuestion::between(view, args.from, args.to),
        };
        Ok::<_, Failure>(question.limits(session.limits.clone()).answer())
    })?;
    print(&answer, session)
}
