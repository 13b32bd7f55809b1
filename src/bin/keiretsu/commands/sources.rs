//! `keiretsu sources`

use keiretsu::answer::SourcesQuestion;

use crate::args::SourcesArgs;
use crate::failure::Failure;
use crate::output::print;
use crate::session::Session;

pub(crate) fn run(session: &Session, args: &SourcesArgs) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let filtering = session.filtering(view, &[])?;
    let answer = filtering.ask(view, |view| {
        let question = match &args.asked {
            Some(text) => SourcesQuestion::about(view.find_source(text)?),
            None => SourcesQuestion::of_all(view),
        };
        Ok::<_, Failure>(question.answer())
    })?;
    print(&answer.at_most(session.limits.rows), session)
}
