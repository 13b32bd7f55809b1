//! `keiretsu stats`

use keiretsu::answer::StatsQuestion;

use crate::failure::Failure;
use crate::output::print;
use crate::session::Session;

pub(crate) fn run(session: &Session) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let filtering = session.filtering(view, &[])?;
    let question = StatsQuestion::of(filtering.view(view));
    print(&question.answer().at_most(session.limits.rows), session)
}
