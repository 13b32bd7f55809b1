//! `keiretsu rings`

use keiretsu::answer::RingsQuestion;

use crate::failure::Failure;
use crate::output::print;
use crate::session::Session;

pub(crate) fn run(session: &Session) -> Result<u8, Failure> {
    let graph = session.open()?;
    print(&RingsQuestion::of(session.view(&graph)).limits(session.limits.clone()).answer(), session)
}
