//! `keiretsu rank`

use crate::args::RankArgs;
use crate::failure::Failure;
use crate::output::bar::Bar;
use crate::output::print;
use crate::session::Session;

pub(crate) fn run(session: &Session, args: &RankArgs) -> Result<u8, Failure> {
    let kinds = session.wanted_kinds()?.relation_kinds();
    let graph = session.open()?;
    let view = session.view(&graph);
    let filtering = session.filtering_but_kinds(view, &[])?;
    let answer = filtering.ask(view, |view| {
        let question = view.page_rank().follow(kinds);
        let question = if args.mutual { question.mutual() } else { question };
        let mut bar = Bar::new();
        let ranks = question.run_telling(|part| bar.report_part(part));
        Ok::<_, Failure>(ranks.answer(args.top))
    })?;
    print(&answer.at_most(session.limits.rows), session)
}
