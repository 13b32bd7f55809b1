//! `keiretsu show`

use keiretsu::answer::EntityQuestion;

use crate::failure::Failure;
use crate::output::print;
use crate::session::{Session, entity};

pub(crate) fn run(session: &Session, name: &str) -> Result<u8, Failure> {
    let graph = session.open()?;
    let question = EntityQuestion::about(entity(session.view(&graph), name)?);
    print(&question.answer().at_most(session.limits.rows), session)
}
