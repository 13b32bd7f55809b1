//! `keiretsu show`

use keiretsu::answer::EntityQuestion;

use crate::args::ShowArgs;
use crate::failure::Failure;
use crate::output::print;
use crate::session::{Session, entity, seen};

pub(crate) fn run(session: &Session, args: &ShowArgs) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let about = entity(view, &args.name)?;
    let filtering = session.filtering(view, &[about])?;
    let answer =
        filtering.ask(view, |view| Ok::<_, Failure>(EntityQuestion::about(seen(view, about)).answer()))?;
    print(&answer.at_most(session.limits.rows), session)
}
