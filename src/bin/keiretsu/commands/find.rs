//! `keiretsu find`

use keiretsu::answer::SearchQuestion;

use crate::failure::Failure;
use crate::output::print;
use crate::session::Session;

pub(crate) fn run(session: &Session, text: &str) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let filtering = session.places(view)?;
    let answer = filtering.ask(view, |view| {
        Ok::<_, Failure>(SearchQuestion::of(view, text).limits(session.limits.clone()).answer())
    })?;
    print(&answer, session)
}
