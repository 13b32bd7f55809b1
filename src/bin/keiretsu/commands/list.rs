//! `keiretsu list`

use keiretsu::EntityKind;
use keiretsu::answer::ListQuestion;

use crate::args::ListArgs;
use crate::failure::{Failure, exit};
use crate::output::print;
use crate::session::Session;

pub(crate) fn run(session: &Session, args: &ListArgs) -> Result<u8, Failure> {
    let kinds = args.kinds.iter().map(|text| kind(text)).collect::<Result<Vec<_>, _>>()?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let filtering = session.places(view)?;
    let answer = filtering.ask(view, |view| {
        let question = kinds.iter().fold(ListQuestion::of(view), |question, kind| question.kind(*kind));
        Ok::<_, Failure>(question.answer())
    })?;
    print(&answer.at_most(session.limits.rows), session)
}

/// The kind of entity with this name, in any case, in the singular or plural.
pub(super) fn kind(text: &str) -> Result<EntityKind, Failure> {
    let lower = text.to_lowercase();
    let is_called = |kind: &&EntityKind| {
        let name = kind.name().to_lowercase();
        let plural = match name.strip_suffix('y') {
            Some(stem) => format!("{stem}ies"),
            None => format!("{name}s"),
        };
        lower == name || lower == plural || (lower == "people" && **kind == EntityKind::Person)
    };
    EntityKind::ALL.iter().find(is_called).copied().ok_or_else(|| {
        let names: Vec<_> = EntityKind::ALL.iter().map(|kind| kind.name()).collect();
        let message = format!("no kind of entity is called `{text}`");
        let hint = format!("kinds of entities are {}; `keiretsu deals --kind` lists facts", names.join(", "));
        Failure::new(exit::USAGE, message).hint(Some(hint))
    })
}
