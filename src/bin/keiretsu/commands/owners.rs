//! `keiretsu owners`

use keiretsu::answer::OwnersQuestion;

use super::overfull::placed;
use super::owner_tests::test;
use super::several::find;
use crate::failure::Failure;
use crate::output::print;
use crate::owner_args::OwnersArgs;
use crate::session::{Session, organisation};

pub(crate) fn run(session: &Session, args: &OwnersArgs) -> Result<u8, Failure> {
    let test = test(&args.test, args.min, &args.several)?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let company = organisation(view, &args.name)?;
    let mut question = match args.several.is_empty() {
        true => OwnersQuestion::of(company),
        false => OwnersQuestion::together(company, find(session, view, None, &args.several)?),
    };
    question = match test {
        Some(test) => question.by(test),
        None => question.by_all_rules(),
    };
    if args.all {
        question = question.all();
    }
    if !session.shows_reasons() {
        question = question.brief();
    }
    let answer = question.limits(session.limits.clone()).answer();
    print(&answer.map_err(|error| placed(session, view, error))?, session)
}
