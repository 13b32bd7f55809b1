//! `keiretsu find`

use keiretsu::answer::SearchQuestion;

use crate::failure::Failure;
use crate::output::print;
use crate::session::Session;

pub(crate) fn run(session: &Session, text: &str) -> Result<u8, Failure> {
    let graph = session.open()?;
    let question = SearchQuestion::of(session.view(&graph), text);
    print(&question.limits(session.limits.clone()).answer(), session)
}
