//! `keiretsu rings`

use keiretsu::answer::RingsQuestion;

use crate::failure::Failure;
use crate::output::print;
use crate::session::Session;

pub(crate) fn run(session: &Session) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let filtering = session.filtering(view, &[])?;
    let answer = filtering.ask(view, |view| {
        Ok::<_, Failure>(RingsQuestion::of(view).limits(session.limits.clone()).answer())
    })?;
    print(&answer, session)
}
