//! `keiretsu draw`

use std::collections::BTreeMap;
use std::path::Path;

use keiretsu::{Diagram, Entity, Fact, FactKind, LayoutEngine, Outcome, OwnerRule, Picture, View};

use super::overfull::placed;
use super::several::find;
use crate::draw_args::{DrawArgs, MarkedArgs};
use crate::failure::{Failure, exit};
use crate::options::ClaimsArg;
use crate::output::files::write_whole;
use crate::output::{note_ended, write_bytes};
use crate::owner_args::SeveralArgs;
use crate::session::{Session, entity, organisation, say};
use keiretsu::answer::KindFilter;

pub(crate) fn run(session: &Session, args: &DrawArgs) -> Result<u8, Failure> {
    let form = form(args)?;
    let filter = session.wanted_kinds()?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let named = args.around.iter().chain(&args.ownership).map(|name| entity(view, name));
    let named = named.chain(args.path.iter().chain(&args.deals).map(|name| entity(view, name)));
    let filtering = session.filtering_but_kinds(view, &named.collect::<Result<Vec<_>, _>>()?)?;
    let view = filtering.view(view);
    let Subject { mut diagram, empty, outcome } = subject(session, view, args)?;
    if !filter.is_empty() {
        diagram = diagram.kinds(filter.relation_kinds());
    }
    if let Some(top) = args.top {
        diagram = diagram.top(top);
    }
    if args.no_fold {
        diagram = diagram.unfolded();
    }
    note_ended(view, diagram.relations());
    if let Some(when) = when(session) {
        diagram = diagram.subtitle(when);
    }
    if diagram.is_empty() {
        say(&format!("the picture is empty: {empty}"));
    }
    left_out(&diagram.left_out(), &filter);
    let engine = args.layout.map_or(LayoutEngine::Builtin, LayoutEngine::from);
    let disputed = session.options.claims == ClaimsArg::Strict && diagram.is_disputed();
    let bytes = painted(&diagram.page(args.page.into()).theme(args.theme.into()).engine(engine), form)?;
    match &args.output {
        Some(file) => write_whole(file, &bytes)?,
        None => write_bytes(&bytes)?,
    }
    if disputed {
        say("the picture rests on a dispute: its sources disagree");
    }
    Ok(match outcome {
        Outcome::Complete if disputed => exit::CHECK_FAILED,
        Outcome::Complete => exit::ANSWERED,
        _ => exit::LIMIT,
    })
}

/// The output format.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Dot,
    Svg,
    /// Pixels per point; by default the usual number, or as many as fit.
    Png(Option<f32>),
    Pdf,
}

/// The format, from the ending of the file; rejects options of other formats.
fn form(args: &DrawArgs) -> Result<Form, Failure> {
    let form = match &args.output {
        Some(file) => form_of(file, args.scale)?,
        None => Form::Dot,
    };
    if args.scale.is_some() && !matches!(form, Form::Png(_)) {
        return Err(Failure::new(exit::USAGE, "--scale is for PNG only")
            .hint(Some("SVG, PDF and DOT have no pixels; `-o x.png` writes PNG".to_owned())));
    }
    if args.layout.is_some() && form == Form::Dot {
        return Err(Failure::new(exit::USAGE, "--layout is for SVG, PNG and PDF only")
            .hint(Some("DOT text contains no positions: Graphviz computes them".to_owned())));
    }
    Ok(form)
}

fn form_of(file: &Path, scale: Option<f32>) -> Result<Form, Failure> {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("dot" | "gv") => Ok(Form::Dot),
        Some("svg") => Ok(Form::Svg),
        Some("png") => Ok(Form::Png(scale)),
        Some("pdf") => Ok(Form::Pdf),
        _ => {
            let message = format!("cannot draw `{}`: unknown file extension", file.display());
            let hint = "use .svg, .png, .pdf, or .dot or .gv for DOT text".to_owned();
            Err(Failure::new(exit::USAGE, message).hint(Some(hint)))
        }
    }
}

fn painted(diagram: &Diagram<'_>, form: Form) -> Result<Vec<u8>, Failure> {
    if form == Form::Dot {
        return Ok(diagram.dot()?.into_bytes());
    }
    let picture = diagram.picture()?;
    say_letters(&picture, form);
    Ok(match form {
        Form::Png(Some(scale)) => picture.png(scale)?,
        Form::Png(None) => {
            let scale = picture.largest_scale().min(USUAL_SCALE);
            if scale < USUAL_SCALE {
                say(&format!(
                    "the picture is large: painted at a scale of {scale}; SVG and PDF have no such limit"
                ));
            }
            picture.png(scale)?
        }
        Form::Pdf => picture.pdf()?,
        Form::Svg | Form::Dot => picture.svg().as_bytes().to_vec(),
    })
}

/// Pixels per point: sharp on most screens.
const USUAL_SCALE: f32 = 2.0;

/// The most characters listed one by one.
const MOST_LETTERS: usize = 20;

/// Reports characters that depend on other fonts, so that nobody takes an empty box for part of the name.
fn say_letters(picture: &Picture, form: Form) {
    let uncovered = picture.uncovered();
    if uncovered.is_empty() {
        return;
    }
    if form == Form::Svg {
        say(&format!("the viewer's fonts will be used for {}", some(uncovered)));
        return;
    }
    let missing = picture.missing();
    if missing.chars().count() < uncovered.chars().count() {
        let shown: String = uncovered.chars().filter(|c| !missing.contains(*c)).collect();
        say(&format!(
            "installed fonts were used for {}: the picture may differ on other machines",
            some(&shown)
        ));
    }
    if !missing.is_empty() {
        say(&format!("no installed font has {}: shown as boxes", some(&missing)));
    }
}

fn some(letters: &str) -> String {
    let shown: String = letters.chars().take(MOST_LETTERS).collect();
    match letters.chars().count().saturating_sub(MOST_LETTERS) {
        0 => format!("`{shown}`"),
        1 => format!("`{shown}` and 1 more character"),
        more => format!("`{shown}` and {more} more characters"),
    }
}

/// A picture, why it may be empty, and whether the search behind it was complete.
struct Subject<'g> {
    diagram: Diagram<'g>,
    empty: String,
    outcome: Outcome,
}

/// What is drawn: everything, the surroundings of an entity, its owners, a path, or the deals of two.
fn subject<'g>(session: &Session, view: View<'g>, args: &DrawArgs) -> Result<Subject<'g>, Failure> {
    let diagram = view.diagram();
    if let Some(name) = &args.around {
        let center = entity(view, name)?;
        let empty = format!("there is nothing to draw around {center}");
        return Ok(whole(diagram.around(center, args.hops), empty));
    }
    if let Some(name) = &args.ownership {
        let owned = organisation(view, name)?;
        let empty = format!("no owner or stake of {owned} is stated");
        let diagram = marked(session, diagram.ownership(owned), owned, &args.several)?;
        return Ok(whole(diagram, empty));
    }
    if let [from, to] = args.path.as_slice() {
        let (from, to) = (entity(view, from)?, entity(view, to)?);
        let (path, outcome) = from.traverse().limits(session.limits.clone()).shortest(to);
        let empty = match outcome {
            Outcome::Complete => format!("no path from {from} to {to} is stated"),
            _ => {
                format!("no path from {from} to {to} found before a limit ended the search; see --limits")
            }
        };
        let diagram = match path {
            Some(path) => diagram.path(&path),
            None => diagram.facts([]).note(format!("{}.", capitalised(&empty))),
        };
        let diagram = diagram.title(format!("How {from} and {to} are connected"));
        return Ok(Subject { diagram, empty, outcome });
    }
    if let [one, other] = args.deals.as_slice() {
        let (one, other) = (organisation(view, one)?, organisation(view, other)?);
        let deals = view.deals().with(one).with(other).run();
        let diagram = diagram.facts(deals.facts()).title(format!("Deals of {one} and {other}"));
        let empty = format!("no deal between {one} and {other} is stated");
        return Ok(whole(diagram, empty));
    }
    Ok(whole(diagram, "there is no relation to draw".to_owned()))
}

/// Marks the entities that are added up, and notes at the foot what they have together.
fn marked<'g>(
    session: &Session,
    mut diagram: Diagram<'g>,
    owned: Entity<'g>,
    args: &MarkedArgs,
) -> Result<Diagram<'g>, Failure> {
    let several = SeveralArgs { together: args.together.clone(), listed: args.listed.clone() };
    if several.is_empty() {
        return Ok(diagram);
    }
    let set = find(session, owned.view(), None, &several)?;
    let ownership = owned.view().ownership();
    for entity in set.entities() {
        diagram = diagram.mark(*entity);
    }
    for rule in OwnerRule::ALL.iter().filter(|rule| rule.adds_persons()) {
        let found = ownership.owners_together(owned, set.entities(), *rule);
        let found = found.map_err(|error| placed(session, owned.view(), error))?;
        diagram = diagram.note(found.sentence(owned));
    }
    if let Some(words) = set.not_found(false) {
        diagram = diagram.note(format!("Listed but not in the graph: {words}."));
    }
    Ok(diagram)
}

const fn whole(diagram: Diagram<'_>, empty: String) -> Subject<'_> {
    Subject { diagram, empty, outcome: Outcome::Complete }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The dates of the view: "as of 2016-06, known by 2016-07".
fn when(session: &Session) -> Option<String> {
    let options = &session.options;
    let as_of = options.as_of.map(|date| format!("as of {date}"));
    let known_by = options.known_by.map(|date| format!("known by {date}"));
    // Without a date nothing is only possible, so nothing is left out.
    let certain = (options.certain && options.as_of.is_some()).then(|| "only what is certain".to_owned());
    let claims = match options.claims {
        ClaimsArg::All | ClaimsArg::Strict => None,
        ClaimsArg::Newest => Some("the newest claims only".to_owned()),
        ClaimsArg::Official => Some("official claims only".to_owned()),
    };
    let when: Vec<_> = as_of.into_iter().chain(known_by).chain(certain).chain(claims).collect();
    (!when.is_empty()).then(|| when.join(", "))
}

/// Reports what is not drawn, so that nobody takes it for absent.
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
