//! `keiretsu export`

use keiretsu::GraphExport;

use crate::args::ExportForm;
use crate::failure::{Failure, exit};
use crate::output::write_bytes;
use crate::session::Session;

pub(crate) fn run(session: &Session, form: ExportForm) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let filtering = session.filtering(view, &[])?;
    let answer = GraphExport(filtering.view(view)).answer();
    match form {
        ExportForm::Json => write_bytes(answer.json(&session.graph_name()).as_bytes())?,
    }
    Ok(exit::ANSWERED)
}
