//! `keiretsu stakes`

use keiretsu::answer::StakesQuestion;

use super::overfull::placed;
use super::owner_tests::test;
use super::several::find;
use crate::failure::Failure;
use crate::output::print;
use crate::owner_args::StakesArgs;
use crate::session::{Session, organisation};

pub(crate) fn run(session: &Session, args: &StakesArgs) -> Result<u8, Failure> {
    let test = test(&args.test, None, &args.several)?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let mut question = match args.name.as_ref().filter(|_| args.several.is_empty()) {
        Some(wanted) => StakesQuestion::of(organisation(view, wanted)?),
        None => StakesQuestion::together(view, find(session, view, args.name.as_ref(), &args.several)?),
    };
    question = match test {
        Some(test) => question.by(test),
        None => question.by_all_rules(),
    };
    if !session.shows_reasons() {
        question = question.brief();
    }
    let answer = question.limits(session.limits.clone()).answer();
    print(&answer.map_err(|error| placed(session, view, error))?, session)
}
