//! The made-up decade of `graphs/decade`: every rule of time and evidence, asked row by row.
//!
//! `answers.txt` has a question, a view and an answer in each line, worked out by hand; README.md beside it
//! has the same rows for people, each with its reason.

use std::fs;

use keiretsu::{Certainty, Claims, Entity, Graph, Relation, RelationKind, View};

const FOLDER: &str = "graphs/decade";

/// A line of `answers.txt`, with every part as written.
#[derive(Debug)]
struct Row {
    as_of: String,
    known_by: Option<String>,
    claims: String,
    question: String,
    certain: String,
    possible: String,
}

/// `? Kind id` asks for the subjects; `id Kind ?` for the objects.
struct Question {
    entity: String,
    kind: RelationKind,
    reaches: bool,
}

#[test]
fn the_graph_has_no_problem() {
    assert_eq!(Graph::check(FOLDER), []);
    let graph = Graph::open(FOLDER).unwrap();
    let facts = graph.view().facts();
    let unnamed: Vec<_> = facts.filter(|fact| fact.record().id.is_none()).map(|fact| fact.id()).collect();
    assert!(unnamed.is_empty(), "facts without a stated id: {unnamed:?}");
}

#[test]
fn the_library_answers_every_row() {
    let graph = Graph::open(FOLDER).unwrap();
    let mut wrong = Vec::new();
    for (number, row) in (1..).zip(&rows()) {
        let found = answer(&graph, row);
        let expected = (row.certain.clone(), row.possible.clone());
        if found != expected {
            wrong.push(format!("{number}: {row:?}\n    found certain: {}, possible: {}", found.0, found.1));
        }
    }
    assert!(wrong.is_empty(), "{} rows are answered otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

/// The README has the rows of `answers.txt`, in the same order and with the same numbers.
#[test]
fn the_readme_agrees() {
    let readme = fs::read_to_string(format!("{FOLDER}/README.md")).unwrap();
    let told: Vec<Vec<&str>> = readme.lines().filter_map(numbered_row).collect();
    let rows = rows();
    assert_eq!(told.len(), rows.len());
    for (number, (told, row)) in (1..).zip(told.iter().zip(&rows)) {
        let question = format!("`{}`", row.question);
        let number = number.to_string();
        let known_by = row.known_by.as_deref().unwrap_or("-");
        let cells = [&*number, &question, &row.as_of, known_by, &row.claims, &row.certain, &row.possible];
        assert_eq!(told[..7], cells);
        assert_eq!(told.len(), 8, "row {number} has a reason, and no more");
        assert!(!told[7].is_empty(), "row {number} has no reason");
    }
    let said = format!("with {} questions", rows.len());
    assert!(readme.contains(&said), "the README does not say `{said}`");
}

/// Each list is sorted and the lists do not overlap, so that any difference is a difference in the answer.
#[test]
fn the_rows_are_in_order() {
    for row in rows() {
        let (certain, possible) = (listed(&row.certain), listed(&row.possible));
        assert!(certain.is_sorted() && possible.is_sorted(), "{row:?}");
        assert!(!certain.iter().any(|one| possible.contains(one)), "{row:?}");
    }
}

/// The library's answer, in the notation of a row.
fn answer(graph: &Graph, row: &Row) -> (String, String) {
    let view = view(graph, row);
    let question = Question::read(&row.question);
    let entity = view.entity(&question.entity).unwrap();
    let (mut certain, mut possible) = (Vec::new(), Vec::new());
    for relation in entity.relations().filter(|relation| question.is_about(*relation, entity)) {
        match relation.certainty() {
            Some(Certainty::Certain) => certain.push(named(relation)),
            Some(Certainty::Possible) => possible.push(named(relation)),
            other => panic!("{row:?}: {relation:?} is {other:?} on a date"),
        }
    }
    (joined(certain), joined(possible))
}

fn view<'g>(graph: &'g Graph, row: &Row) -> View<'g> {
    let view = graph.as_of(row.as_of.parse().unwrap()).claims(match row.claims.as_str() {
        "all" => Claims::All,
        "newest" => Claims::Newest,
        "official" => Claims::Official,
        "strict" => Claims::Strict,
        other => panic!("`{other}` is no policy"),
    });
    match &row.known_by {
        Some(date) => view.known_by(date.parse().unwrap()),
        None => view,
    }
}

impl Question {
    fn read(text: &str) -> Self {
        let words: Vec<_> = text.split(' ').collect();
        let (entity, kind, reaches) = match words[..] {
            ["?", kind, entity] => (entity, kind, false),
            [entity, kind, "?"] => (entity, kind, true),
            _ => panic!("`{text}` is neither `? Kind id` nor `id Kind ?`"),
        };
        let kind = RelationKind::from_name(kind).unwrap_or_else(|| panic!("no kind `{kind}`"));
        Self { entity: entity.to_owned(), kind, reaches }
    }

    /// Whether a relation, read from the entity asked about, has the requested direction.
    fn is_about(&self, relation: Relation<'_>, entity: Entity<'_>) -> bool {
        let end = if self.reaches { relation.from() } else { relation.to() };
        relation.kind() == self.kind && end == entity
    }
}

/// The entity at the other end, with the share if it is a stake: `fennick=40%`.
fn named(relation: Relation<'_>) -> String {
    let id = relation.object().id();
    if relation.kind() != RelationKind::OwnsShareOf {
        return id.to_owned();
    }
    format!("{id}={}", relation.share().unwrap_or_else(|| panic!("no share in `{relation}`")))
}

fn joined(mut names: Vec<String>) -> String {
    names.sort_by(|one, other| key(one).cmp(&key(other)));
    if names.is_empty() { "-".to_owned() } else { names.join(", ") }
}

/// The names of a list; `-` is nobody.
fn listed(list: &str) -> Vec<(&str, u32)> {
    list.split(", ").filter(|name| *name != "-").map(key).collect()
}

/// By id, then by share: 40% before 100%.
fn key(name: &str) -> (&str, u32) {
    let (id, share) = name.split_once('=').unwrap_or((name, "0%"));
    (id, share.trim_end_matches('%').parse().unwrap())
}

/// The rows of `answers.txt`, whose format is described at its head.
fn rows() -> Vec<Row> {
    let text = fs::read_to_string(format!("{FOLDER}/answers.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| read_row(line).unwrap_or_else(|| panic!("not a row: {line}"))).collect()
}

fn read_row(line: &str) -> Option<Row> {
    let [view, question, certain, possible] = line.split(" | ").collect::<Vec<_>>()[..] else { return None };
    let [as_of, known_by, claims] = view.split(' ').collect::<Vec<_>>()[..] else { return None };
    let known_by = known_by.strip_prefix("known_by=")?;
    Some(Row {
        as_of: as_of.strip_prefix("as_of=")?.to_owned(),
        known_by: (known_by != "-").then(|| known_by.to_owned()),
        claims: claims.strip_prefix("claims=")?.to_owned(),
        question: question.to_owned(),
        certain: certain.strip_prefix("certain: ")?.to_owned(),
        possible: possible.strip_prefix("possible: ")?.to_owned(),
    })
}

/// The cells of a line of a table whose first cell is a number.
fn numbered_row(line: &str) -> Option<Vec<&str>> {
    let cells: Vec<_> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect();
    cells[0].parse::<u32>().is_ok().then_some(cells)
}
