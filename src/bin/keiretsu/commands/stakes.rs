//! `keiretsu stakes`

use keiretsu::Entity;
use keiretsu::answer::{Several, StakesQuestion};

use super::overfull::placed;
use super::owner_tests::test;
use super::several::find;
use crate::failure::Failure;
use crate::output::print;
use crate::owner_args::StakesArgs;
use crate::session::{Session, organisation, seen};

pub(crate) fn run(session: &Session, args: &StakesArgs) -> Result<u8, Failure> {
    let test = test(&args.test, None, &args.several)?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let alone = args.name.as_ref().filter(|_| args.several.is_empty());
    let whose = match alone {
        Some(wanted) => Whose::One(organisation(view, wanted)?),
        None => Whose::Together(find(session, view, args.name.as_ref(), &args.several)?),
    };
    let filtering = session.filtering(view, whose.one())?;
    let answer = filtering.ask(view, |view| {
        let mut question = match &whose {
            Whose::One(owner) => StakesQuestion::of(seen(view, *owner)),
            Whose::Together(several) => StakesQuestion::together(view, several.clone()),
        };
        question = match test {
            Some(test) => question.by(test),
            None => question.by_all_rules(),
        };
        if !session.shows_reasons() {
            question = question.brief();
        }
        question.limits(session.limits.clone()).answer().map_err(|error| placed(session, view, error))
    })?;
    print(&answer, session)
}

/// Whose stakes are asked for.
enum Whose<'g> {
    One(Entity<'g>),
    Together(Several<'g>),
}

impl<'g> Whose<'g> {
    /// The one entity that the question is about.
    const fn one(&self) -> &[Entity<'g>] {
        match self {
            Self::One(owner) => std::slice::from_ref(owner),
            Self::Together(_) => &[],
        }
    }
}
