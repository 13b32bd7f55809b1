//! `keiretsu control`

use keiretsu::answer::ControlQuestion;

use crate::failure::Failure;
use crate::output::print;
use crate::session::{Session, organisation};

pub(crate) fn run(session: &Session, wanted: &str) -> Result<u8, Failure> {
    let graph = session.open()?;
    let entity = organisation(session.view(&graph), wanted)?;
    print(&ControlQuestion::of(entity).limits(session.limits.clone()).answer(), session)
}
