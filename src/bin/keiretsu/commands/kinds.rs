//! `keiretsu kinds`

use keiretsu::answer::{KindFilter, KindsQuestion};

use crate::failure::Failure;
use crate::output::print;
use crate::session::Session;

pub(crate) fn run(session: &Session, names: &[String]) -> Result<u8, Failure> {
    if names.is_empty() {
        return print(&KindsQuestion::of_all().answer(), session);
    }
    let kinds = KindFilter::parse(names)?.fact_kinds();
    print(&KindsQuestion::of(kinds).answer(), session)
}
