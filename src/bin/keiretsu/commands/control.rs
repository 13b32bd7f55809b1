//! `keiretsu control`

use keiretsu::answer::ControlQuestion;

use crate::failure::Failure;
use crate::output::print;
use crate::session::{Session, organisation, seen};

pub(crate) fn run(session: &Session, wanted: &str) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let entity = organisation(view, wanted)?;
    let filtering = session.filtering(view, &[entity])?;
    let answer = filtering.ask(view, |view| {
        Ok::<_, Failure>(ControlQuestion::of(seen(view, entity)).limits(session.limits.clone()).answer())
    })?;
    print(&answer, session)
}
