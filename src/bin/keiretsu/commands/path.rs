//! `keiretsu path`

use keiretsu::answer::PathQuestion;

use crate::args::PathArgs;
use crate::failure::Failure;
use crate::output::print;
use crate::session::{Session, entity, seen};

pub(crate) fn run(session: &Session, args: &PathArgs) -> Result<u8, Failure> {
    let kinds = session.wanted_kinds()?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let (from, to) = (entity(view, &args.from)?, entity(view, &args.to)?);
    let filtering = session.filtering_but_kinds(view, &[from, to])?;
    let answer = filtering.ask(view, |view| {
        let question = PathQuestion::between(seen(view, from), seen(view, to));
        let mut question = question.kinds(kinds.clone()).limits(session.limits.clone()).by(args.by.into());
        if let Some(hops) = args.max_hops {
            question = question.max_hops(hops);
        }
        if args.all {
            question = question.all();
        }
        Ok::<_, Failure>(question.answer())
    })?;
    print(&answer, session)
}
