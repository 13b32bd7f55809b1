//! `keiretsu draw`

use std::path::Path;

use keiretsu::{Diagram, View};

use crate::args::{DrawArgs, Format};
use crate::failure::{Failure, exit};
use crate::kind_filter::KindFilter;
use crate::output::write_bytes;
use crate::session::{Session, entity, organisation};

pub(crate) fn run(session: &Session, args: &DrawArgs) -> Result<u8, Failure> {
    if session.options.format != Format::Text {
        return Err(Failure::new(exit::USAGE, "a diagram is neither JSON nor CSV")
            .hint(Some("`keiretsu export json` gives the graph as data".to_owned())));
    }
    if let Some(file) = &args.output {
        check_ending(file)?;
    }
    let filter = KindFilter::parse(&args.kinds)?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let mut diagram = subject(session, view, args)?;
    if !filter.is_empty() {
        diagram = diagram.kinds(filter.relation_kinds());
    }
    let dot = diagram.page(args.page.into()).theme(args.theme.into()).dot()?;
    match &args.output {
        Some(file) => std::fs::write(file, dot).map_err(|error| {
            Failure::new(exit::INPUT_OUTPUT, format!("cannot write `{}`: {error}", file.display()))
        })?,
        None => write_bytes(dot.as_bytes())?,
    }
    Ok(exit::ANSWERED)
}

/// What is drawn: all, what is around a name, a way, or the deals of two.
fn subject<'g>(session: &Session, view: View<'g>, args: &DrawArgs) -> Result<Diagram<'g>, Failure> {
    let diagram = view.diagram();
    if let Some(name) = &args.around {
        return Ok(diagram.around(entity(view, name)?, args.hops));
    }
    if let [from, to] = args.path.as_slice() {
        let (from, to) = (entity(view, from)?, entity(view, to)?);
        let (path, _) = from.traverse().limits(session.limits.clone()).shortest(to);
        let Some(path) = path else {
            return Err(Failure::new(exit::USAGE, format!("no way from {from} to {to} is stated")));
        };
        return Ok(diagram.path(&path));
    }
    if let [one, other] = args.deals.as_slice() {
        let deals = view.deals().with(organisation(view, one)?).with(organisation(view, other)?).run();
        return Ok(diagram.facts(deals.facts()));
    }
    Ok(diagram)
}

/// The ending of the file says the form.
fn check_ending(file: &Path) -> Result<(), Failure> {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("dot" | "gv") => Ok(()),
        _ => Err(Failure::new(exit::USAGE, format!("cannot draw `{}`: only .dot is known", file.display()))
            .hint(Some("`keiretsu draw -o x.dot`, then `dot -Tsvg -O x.dot` with Graphviz".to_owned()))),
    }
}
