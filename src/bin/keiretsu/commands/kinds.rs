//! `keiretsu kinds`

use keiretsu::answer::KindsQuestion;

use crate::failure::Failure;
use crate::output::print;
use crate::session::Session;

pub(crate) fn run(session: &Session) -> Result<u8, Failure> {
    print(&KindsQuestion.answer(), session)
}
