//! `keiretsu owners`

use keiretsu::answer::OwnersQuestion;

use super::overfull::placed;
use super::owner_tests::test;
use super::several::find;
use crate::failure::Failure;
use crate::output::print;
use crate::owner_args::OwnersArgs;
use crate::session::{Session, organisation, seen};

pub(crate) fn run(session: &Session, args: &OwnersArgs) -> Result<u8, Failure> {
    let test = test(&args.test, args.min, &args.several)?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let company = organisation(view, &args.name)?;
    let several = match args.several.is_empty() {
        true => None,
        false => Some(find(session, view, None, &args.several)?),
    };
    let filtering = session.filtering(view, &[company])?;
    let answer = filtering.ask(view, |view| {
        let company = seen(view, company);
        let mut question = match &several {
            None => OwnersQuestion::of(company),
            Some(several) => OwnersQuestion::together(company, several.clone()),
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
        question.limits(session.limits.clone()).answer().map_err(|error| placed(session, view, error))
    })?;
    print(&answer, session)
}
