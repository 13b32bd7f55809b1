//! `keiretsu export`

use keiretsu::GraphExport;

use crate::args::ExportForm;
use crate::failure::Failure;
use crate::output::Answer;
use crate::session::Session;

pub(crate) fn run(session: &Session, form: ExportForm) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    match form {
        ExportForm::Json => Answer::new("export", &[], vec![GraphExport(view)]).print_json(session),
    }
}
