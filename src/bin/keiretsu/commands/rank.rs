//! `keiretsu rank`

use keiretsu::answer::KindFilter;

use crate::args::RankArgs;
use crate::failure::Failure;
use crate::output::bar::Bar;
use crate::output::print;
use crate::session::Session;

pub(crate) fn run(session: &Session, args: &RankArgs) -> Result<u8, Failure> {
    let kinds = KindFilter::parse(&args.kinds)?.relation_kinds();
    let graph = session.open()?;
    let question = session.view(&graph).page_rank().follow(kinds);
    let question = if args.mutual { question.mutual() } else { question };
    let mut bar = Bar::new();
    let ranks = question.run_telling(|part| bar.report_part(part));
    drop(bar);
    print(&ranks.answer(args.top).at_most(session.limits.rows), session)
}
