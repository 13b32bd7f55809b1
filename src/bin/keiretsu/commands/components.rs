//! `keiretsu components`

use crate::args::ComponentsArgs;
use crate::failure::Failure;
use crate::output::bar::Bar;
use crate::output::print;
use crate::session::Session;

pub(crate) fn run(session: &Session, args: &ComponentsArgs) -> Result<u8, Failure> {
    let kinds = session.wanted_kinds()?.relation_kinds();
    let graph = session.open()?;
    let view = session.view(&graph);
    let filtering = session.filtering_but_kinds(view, &[])?;
    let question = filtering.view(view).components().follow(kinds);
    let mut bar = Bar::new();
    let components = question.run_telling(|part| bar.report_part(part));
    drop(bar);
    if args.all {
        return print(&components.members(&session.limits), session);
    }
    print(&components.answer(&session.limits), session)
}
