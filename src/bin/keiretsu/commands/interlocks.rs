//! `keiretsu interlocks`

use crate::args::InterlocksArgs;
use crate::failure::Failure;
use crate::output::print;
use crate::session::{Session, organisation, seen};

pub(crate) fn run(session: &Session, args: &InterlocksArgs) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let company = args.name.as_deref().map(|name| organisation(view, name)).transpose()?;
    let filtering = session.filtering(view, company.as_slice())?;
    let answer = filtering.ask(view, |view| {
        let question = match company {
            Some(company) => seen(view, company).interlocks(),
            None => view.interlocks(),
        };
        let ties: Vec<_> = args.by.iter().map(|tie| (*tie).into()).collect();
        let question = if ties.is_empty() { question } else { question.ties(ties) };
        Ok::<_, Failure>(question.limits(session.limits.clone()).answer())
    })?;
    print(&answer, session)
}
