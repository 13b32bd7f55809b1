//! `keiretsu rank`

use super::list::kind;
use crate::args::{MeasureArg, RankArgs};
use crate::failure::{Failure, exit};
use crate::output::bar::Bar;
use crate::output::print;
use crate::session::Session;

pub(crate) fn run(session: &Session, args: &RankArgs) -> Result<u8, Failure> {
    let listed = args.listed.iter().map(|text| kind(text)).collect::<Result<Vec<_>, _>>()?;
    if args.mutual && args.by != MeasureArg::Pagerank {
        let message =
            "--mutual is for --by pagerank: the other measures follow every relation from both ends";
        return Err(Failure::new(exit::USAGE, message));
    }
    let along = session.wanted_kinds()?.relation_kinds();
    let graph = session.open()?;
    let view = session.view(&graph);
    let filtering = session.filtering_but_kinds(view, &[])?;
    let (limits, most) = (&session.limits, args.top);
    match args.by {
        MeasureArg::Pagerank => {
            let answer = filtering.ask(view, |view| {
                let question = view.page_rank().follow(along);
                let question = if args.mutual { question.mutual() } else { question };
                let mut bar = Bar::new();
                let ranks = question.run_telling(|part| bar.report_part(part));
                Ok::<_, Failure>(ranks.answer_of(&listed, most))
            })?;
            print(&answer.at_most(limits.rows), session)
        }
        MeasureArg::Degree => {
            let answer =
                filtering.ask(view, |view| Ok::<_, Failure>(view.degrees(along).answer(&listed, most)))?;
            print(&answer.at_most(limits.rows), session)
        }
        MeasureArg::Betweenness => {
            let answer = filtering.ask(view, |view| {
                let question = view.betweenness().follow(along).limits(limits.clone());
                let mut bar = Bar::new();
                let found = question.run_telling(|part| bar.report_part(part));
                Ok::<_, Failure>(found.answer(&listed, most))
            })?;
            print(&answer.at_most(limits.rows), session)
        }
    }
}
