//! `keiretsu timeline`

use keiretsu::answer::TimelineQuestion;

use crate::args::TimelineArgs;
use crate::failure::Failure;
use crate::output::print;
use crate::session::{Session, entity, in_order};

pub(crate) fn run(session: &Session, args: &TimelineArgs) -> Result<u8, Failure> {
    in_order(("--since", args.since), ("--until", args.until))?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let names = args.names.iter().map(|name| entity(view, name));
    let entities = names.collect::<Result<Vec<_>, _>>()?;
    let filtering = session.filtering(view, &entities)?;
    let answer = filtering.ask(view, |view| {
        let mut question = match entities.is_empty() {
            true => TimelineQuestion::of_all(view),
            false => TimelineQuestion::about(view, &entities),
        };
        if let Some(date) = args.since {
            question = question.since(date);
        }
        if let Some(date) = args.until {
            question = question.until(date);
        }
        Ok::<_, Failure>(question.limits(session.limits.clone()).answer())
    })?;
    print(&answer, session)
}
