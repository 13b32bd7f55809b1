//! `keiretsu draw`

use std::collections::BTreeMap;
use std::path::Path;

use keiretsu::{Diagram, Fact, FactKind, View};

use crate::args::{DrawArgs, Format};
use crate::failure::{Failure, exit};
use crate::kind_filter::KindFilter;
use crate::output::files::write_whole;
use crate::output::write_bytes;
use crate::session::{Session, entity, organisation, say};

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
    let Subject { mut diagram, empty } = subject(session, view, args)?;
    if !filter.is_empty() {
        diagram = diagram.kinds(filter.relation_kinds());
    }
    if let Some(when) = when(session) {
        diagram = diagram.subtitle(when);
    }
    if diagram.is_empty() {
        say(&format!("the picture is empty: {empty}"));
    }
    left_out(&diagram.left_out(), &filter);
    let dot = diagram.page(args.page.into()).theme(args.theme.into()).dot()?;
    match &args.output {
        Some(file) => write_whole(file, dot.as_bytes()).map_err(|error| {
            Failure::new(exit::INPUT_OUTPUT, format!("cannot write `{}`: {error}", file.display()))
        })?,
        None => write_bytes(dot.as_bytes())?,
    }
    Ok(exit::ANSWERED)
}

/// A picture, and why it may be empty.
struct Subject<'g> {
    diagram: Diagram<'g>,
    empty: String,
}

/// What is drawn: all, what is around a name, its owners, a way, or the deals of two.
fn subject<'g>(session: &Session, view: View<'g>, args: &DrawArgs) -> Result<Subject<'g>, Failure> {
    let diagram = view.diagram();
    if let Some(name) = &args.around {
        let center = entity(view, name)?;
        let empty = format!("nothing that can be drawn is stated around {center}");
        return Ok(Subject { diagram: diagram.around(center, args.hops), empty });
    }
    if let Some(name) = &args.ownership {
        let owned = organisation(view, name)?;
        let empty = format!("nothing is stated of who owns {owned} or what it owns");
        return Ok(Subject { diagram: diagram.ownership(owned), empty });
    }
    if let [from, to] = args.path.as_slice() {
        let (from, to) = (entity(view, from)?, entity(view, to)?);
        let (path, _) = from.traverse().limits(session.limits.clone()).shortest(to);
        let diagram = match path {
            Some(path) => diagram.path(&path),
            None => diagram.facts([]),
        };
        let diagram = diagram.title(format!("How {from} and {to} are connected"));
        return Ok(Subject { diagram, empty: format!("no way from {from} to {to} is stated") });
    }
    if let [one, other] = args.deals.as_slice() {
        let (one, other) = (organisation(view, one)?, organisation(view, other)?);
        let deals = view.deals().with(one).with(other).run();
        let diagram = diagram.facts(deals.facts()).title(format!("Deals of {one} and {other}"));
        let empty = format!("no deal is stated in which {one} and {other} take part");
        return Ok(Subject { diagram, empty });
    }
    Ok(Subject { diagram, empty: "no relation that can be drawn is stated".to_owned() })
}

/// The dates of the view: "as of 2016-06, known by 2016-07".
fn when(session: &Session) -> Option<String> {
    let options = &session.options;
    let as_of = options.as_of.map(|date| format!("as of {date}"));
    let known_by = options.known_by.map(|date| format!("known by {date}"));
    let certain = options.certain.then(|| "only what is certain".to_owned());
    let when: Vec<_> = as_of.into_iter().chain(known_by).chain(certain).collect();
    (!when.is_empty()).then(|| when.join(", "))
}

/// Says what is not drawn, so that nobody takes it for absent.
fn left_out(facts: &[Fact<'_>], filter: &KindFilter) {
    let mut kinds: BTreeMap<FactKind, usize> = BTreeMap::new();
    for fact in facts {
        *kinds.entry(fact.kind()).or_default() += 1;
    }
    let counts: Vec<_> = kinds.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
    let has = |kind: FactKind| kinds.contains_key(&kind) && filter.is_empty();
    let hint = match (has(FactKind::Production), has(FactKind::Platform)) {
        (true, true) => "; --kind Production,Platform draws who makes what and what it runs on",
        (true, false) => "; --kind Production draws who makes what",
        (false, true) => "; --kind Platform draws what runs on what",
        (false, false) => "",
    };
    if !counts.is_empty() {
        say(&format!("not drawn: {}{hint}", counts.join(", ")));
    }
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
