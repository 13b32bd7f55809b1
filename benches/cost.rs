//! Whether an answer costs in proportion to itself: each question is asked of graphs of one shape with n, 2n and 4n companies.
//!
//! `cargo bench --bench cost` prints a table, names what grows faster than its answer or its graph, and then fails unless that is known; a word
//! behind `--` picks shapes or questions by a part of their name. Times are the fastest of several runs. They are of use only as ratios.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench may stop where a fixture is wrong")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

#[cfg(feature = "answer")]
use keiretsu::answer::{DiffQuestion, Neighborhood, TextOptions, TimelineQuestion};
use keiretsu::{Entity, Graph, Limits, OwnerRule, Ownership, PathOrder, RelationKinds, Right, View};

/// The companies of the smallest graph.
const LEAST: usize = 500;

/// Of four times as much so many times the cost is still in proportion: the rest is for noise, logarithms and caches. The
/// square would be 16.
const MOST_GROWTH: f64 = 10.0;

/// Below this, growth is noise.
const LEAST_TIME: Duration = Duration::from_millis(4);

/// Writes the facts of a graph of so many companies.
type Shape = (&'static str, fn(usize, &mut Facts));

/// Asks something about the first, the middle and the last company; gives the size of the answer.
type Question = (&'static str, fn(View<'_>, [Entity<'_>; 3]) -> usize);

const SHAPES: &[Shape] = &[
    ("chain of 60%", |n, facts| (1..n).for_each(|i| facts.own(i - 1, i, "60%"))),
    ("chain of 30%", |n, facts| (1..n).for_each(|i| facts.own(i - 1, i, "30%"))),
    ("chain, no shares", |n, facts| (1..n).for_each(|i| facts.own(i - 1, i, ""))),
    ("ring, no shares", |n, facts| (0..n).for_each(|i| facts.own(i, (i + 1) % n, ""))),
    ("ring of halves", |n, facts| {
        (0..n).for_each(|i| [1, 2].into_iter().for_each(|by| facts.own(i, (i + by) % n, "50%")));
    }),
    ("owner of all", |n, facts| (1..n).for_each(|i| facts.own(0, i, "60%"))),
    ("owned by all", |n, facts| (1..n).for_each(|i| facts.own(i, 0, "0.01%"))),
    ("mesh of 4, no shares", |n, facts| {
        (0..n).for_each(|i| [1, 7, 31, 77].into_iter().for_each(|by| facts.own((i + by) % n, i, "")));
    }),
    ("4 statements each", |n, facts| {
        (0..n).for_each(|i| [1, 7, 31, 77].into_iter().for_each(|by| facts.control(i, (i + by) % n)));
    }),
    ("small stakes added up", |n, facts| {
        let share = format!("{}%", 51.0 / n as f64);
        (1..n - 1).for_each(|i| facts.own(i - 1, i, "60%"));
        (0..n - 1).for_each(|i| facts.own(i, n - 1, &share));
    }),
    ("a wide deal", |n, facts| facts.sale(n)),
    ("partners of one", |n, facts| (1..n).for_each(|i| facts.partners(0, i))),
    ("ring of 60%", |n, facts| (0..n).for_each(|i| facts.own(i, (i + 1) % n, "60%"))),
    ("claims of one stake", |n, facts| (0..n).for_each(|i| facts.claim(i))),
    ("held jointly by all", |n, facts| facts.joint(n)),
    // Of n relations as the other shapes have, these are some root of n parties.
    ("a wide partnership", |n, facts| facts.partnership(root(n))),
    ("a partnership, merged", |n, facts| {
        facts.partnership(root(n));
        facts.succession("Merger", &(0..root(n)).collect::<Vec<_>>(), &[n - 1]);
    }),
    ("a partnership, split", |n, facts| {
        facts.partnership(root(n));
        facts.succession("Split", &[0], &(root(n)..2 * root(n)).collect::<Vec<_>>());
    }),
    ("a partnership, merged one by one", |n, facts| {
        facts.partnership(root(n));
        (0..root(n)).for_each(|i| facts.succession("Merger", &[i], &[root(n) + i]));
    }),
];

/// So many parties have about twice `n` relations with one another.
fn root(n: usize) -> usize {
    2 * n.isqrt()
}

const QUESTIONS: &[Question] = &[
    ("control", |view, [_, middle, _]| size_of_control(&view.ownership(), middle)),
    ("control of all", |view, _| {
        let ownership = view.ownership();
        // Of the largest graphs the answers alone have the square of their companies.
        view.entities().take(300).map(|one| size_of_control(&ownership, one)).sum()
    }),
    ("votes of all controllers", |view, [.., last]| {
        let ownership = view.ownership();
        let votes = ownership.votes_in(last);
        let controllers = ownership.control(last).controlled_by;
        controllers.iter().map(|one| votes.of(one.entity).len()).sum()
    }),
    ("owners", |view, [.., last]| size_of_owners(view, last, OwnerRule::Multiply)),
    ("owners by psc", |view, [.., last]| size_of_owners(view, last, OwnerRule::Psc)),
    ("owners by ofac", |view, [.., last]| size_of_owners(view, last, OwnerRule::Ofac)),
    ("owners by majority", |view, [.., last]| size_of_owners(view, last, OwnerRule::Majority)),
    ("owners by rolling", |view, [.., last]| size_of_owners(view, last, OwnerRule::Rolling)),
    ("owners of the first", |view, [first, ..]| size_of_owners(view, first, OwnerRule::Multiply)),
    ("stakes", |view, [first, ..]| {
        view.ownership().stakes(first, OwnerRule::Multiply).map_or(0, |stakes| stakes.rows.len())
    }),
    ("chains", |view, [.., last]| {
        let chains = view.ownership().chains_to(last, OwnerRule::Multiply, 3, 32);
        view.entities().flat_map(|one| chains.of(one)).map(|chain| chain.stakes.len()).sum()
    }),
    ("rings", |view, _| view.ownership().rings(Right::Equity).iter().map(|ring| ring.members.len()).sum()),
    ("components", |view, _| view.components().run().len()),
    ("degrees", |view, _| view.degrees(RelationKinds::ALL).top(10).len()),
    ("ultimate parents", |view, _| view.ownership().ultimate_parents().len()),
    ("partners", |view, _| view.partners().limits(Limits::trusted()).run().0.len()),
    ("deals", |view, _| view.deals().run().facts().map(|fact| fact.sentence().len()).sum()),
    ("timeline", |view, [first, ..]| view.timeline(&[first]).len()),
    ("diff", |view, _| view.diff("2000".parse().unwrap(), "2010".parse().unwrap()).len()),
    ("sentences of one", |view, [first, ..]| {
        black_box(view);
        first.relations().map(|relation| relation.to_string().len()).sum()
    }),
    ("neighbors", |_, [first, ..]| first.traverse().limits(Limits::trusted()).run().len()),
    ("path", |_, [first, _, last]| {
        let (path, _) = first.traverse().limits(Limits::trusted()).shortest(last);
        path.map_or(0, |path| path.hops())
    }),
    ("path by dates", |_, [first, _, last]| {
        let (path, _) = first.traverse().limits(Limits::trusted()).best(last, PathOrder::Recent);
        path.map_or(0, |path| path.hops())
    }),
    ("figures", |view, _| view.stats().len()),
    ("find", |view, _| view.search("c").count()),
    #[cfg(feature = "answer")]
    ("partners as text", |view, _| {
        view.partners().limits(Limits::trusted()).answer().text(&TextOptions::default()).len()
    }),
    #[cfg(feature = "answer")]
    ("neighbors as text", |_, [first, ..]| {
        Neighborhood::of(first).limits(Limits::trusted()).answer().text(&TextOptions::default()).len()
    }),
    #[cfg(feature = "answer")]
    ("timeline as text", |view, [first, ..]| {
        TimelineQuestion::about(view, &[first]).answer().text(&TextOptions::default()).len()
    }),
    #[cfg(feature = "answer")]
    ("diff as text", |view, _| {
        let [from, to] = ["2007", "2012"].map(|date| date.parse().unwrap());
        DiffQuestion::between(view, from, to).answer().text(&TextOptions::default()).len()
    }),
    #[cfg(feature = "diagram")]
    ("DOT of all", |view, _| view.diagram().dot().map_or(0, |dot| dot.len())),
    #[cfg(feature = "diagram")]
    ("DOT", |view, [first, ..]| {
        let near = first.traverse().max_hops(1).run();
        black_box(view);
        near.diagram().dot().map_or(0, |dot| dot.len())
    }),
];

fn size_of_control<'g>(ownership: &Ownership<'g>, entity: Entity<'g>) -> usize {
    let control = ownership.control(entity);
    let stated = |one: &keiretsu::Controlled<'_>| 1 + one.stated_by.len();
    let both = control.controls.iter().chain(&control.controlled_by);
    both.map(stated).sum::<usize>() + control.stakes.len()
}

fn size_of_owners(view: View<'_>, company: Entity<'_>, rule: OwnerRule) -> usize {
    let company = view.entity(company.id()).unwrap();
    view.ownership().owners(company, rule).map_or(0, |owners| owners.rows.len())
}

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|one| !one.starts_with('-')).collect();
    let is_wanted = |shape: &str, question: &str| {
        wanted.is_empty() || wanted.iter().any(|one| shape.contains(one) || question.contains(one))
    };
    println!(
        "{:<24} {:<26} {:>9} {:>9} {:>9}  time and answer of 4n by n",
        "shape", "question", "n", "2n", "4n"
    );
    let mut faster = Vec::new();
    for (shape, fill) in SHAPES {
        let graphs = [LEAST, 2 * LEAST, 4 * LEAST].map(|n| (n, graph(n, *fill)));
        for (question, ask) in QUESTIONS.iter().filter(|(question, _)| is_wanted(shape, question)) {
            let asked = graphs.each_ref().map(|(n, graph)| {
                let view = graph.view();
                let ends = [0, n / 2, n - 1].map(|i| view.entity(&format!("c{i}")).unwrap());
                measured(|| ask(view, ends))
            });
            let [(first, small), (second, _), (last, large)] = asked;
            let growth = last.as_secs_f64() / first.as_secs_f64();
            let of_answer = large as f64 / small.max(1) as f64;
            let is_faster = last > LEAST_TIME && growth > MOST_GROWTH.max(of_answer * MOST_GROWTH / 4.0);
            let milliseconds = |time: Duration| format!("{:.2}", time.as_secs_f64() * 1e3);
            println!(
                "{shape:<24} {question:<26} {:>9} {:>9} {:>9}  {growth:>5.1} {of_answer:>5.1}{}",
                milliseconds(first),
                milliseconds(second),
                milliseconds(last),
                if is_faster { "  grows faster than its answer" } else { "" }
            );
            if is_faster {
                faster.push(format!("{question} of {shape}"));
            }
        }
    }
    if faster.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("\ngrows faster than its answer: {}", faster.join("; "));
    ExitCode::FAILURE
}

/// The fastest of some runs, and the size of the answer.
fn measured(ask: impl Fn() -> usize) -> (Duration, usize) {
    let (start, mut best, mut size, mut runs) = (Instant::now(), Duration::MAX, 0, 0);
    while runs == 0 || runs < 5 && start.elapsed() < Duration::from_millis(300) {
        let start = Instant::now();
        size = black_box(ask());
        best = best.min(start.elapsed());
        runs += 1;
    }
    (best, size)
}

fn graph(companies: usize, fill: fn(usize, &mut Facts)) -> Graph {
    let mut facts = Facts(String::new());
    fill(companies, &mut facts);
    let companies: String = (0..companies).map(|n| format!("\"c{n}\": (name: \"C {n}\"),")).collect();
    let text = format!("Graph(companies: {{{companies}}}, facts: [{}])", facts.0);
    Graph::from_ron(&text).unwrap()
}

/// Facts as text.
struct Facts(String);

impl Facts {
    fn own(&mut self, owner: usize, owned: usize, share: &str) {
        let share = if share.is_empty() { String::new() } else { format!("share: \"{share}\", ") };
        writeln!(self.0, "Ownership(owner: \"c{owner}\", owned: \"c{owned}\", {share}unsourced: true),")
            .unwrap();
    }

    fn control(&mut self, controller: usize, controlled: usize) {
        let parties = format!("controller: \"c{controller}\", controlled: \"c{controlled}\"");
        writeln!(self.0, "Control({parties}, unsourced: true),").unwrap();
    }

    fn partners(&mut self, one: usize, other: usize) {
        writeln!(
            self.0,
            "Partnership(between: [\"c{one}\", \"c{other}\"], since: \"2005\", unsourced: true),"
        )
        .unwrap();
    }

    /// One more claim about how much the first has of the second.
    fn claim(&mut self, n: usize) {
        let of = if n == 0 { "" } else { "claims_of: \"claim0\", " };
        let share = n % 60 + 1;
        let parties = "owner: \"c0\", owned: \"c1\"";
        writeln!(self.0, "Ownership(id: \"claim{n}\", {parties}, share: \"{share}%\", {of}unsourced: true),")
            .unwrap();
    }

    /// Everybody but the last has a stake in the last together.
    fn joint(&mut self, companies: usize) {
        let (owners, last) = (list(0..companies - 1), companies - 1);
        writeln!(
            self.0,
            "Ownership(owner: [{owners}], owned: \"c{last}\", share: \"60%\", unsourced: true),"
        )
        .unwrap();
    }

    fn partnership(&mut self, parties: usize) {
        let parties = list(0..parties);
        writeln!(self.0, "Partnership(between: [{parties}], since: \"2005\", unsourced: true),").unwrap();
    }

    fn succession(&mut self, how: &str, from: &[usize], to: &[usize]) {
        let (from, to) = (list(from.iter().copied()), list(to.iter().copied()));
        let parties = format!("predecessor: [{from}], successor: [{to}]");
        writeln!(self.0, "Succession({parties}, how: {how}, completed: \"2010\", unsourced: true),").unwrap();
    }

    /// Everybody but the first sells to the first.
    fn sale(&mut self, companies: usize) {
        let sellers = list(1..companies);
        writeln!(self.0, "Sale(seller: [{sellers}], buyer: \"c0\", unsourced: true),").unwrap();
    }
}

/// The ids of some companies.
fn list(companies: impl IntoIterator<Item = usize>) -> String {
    let ids: Vec<String> = companies.into_iter().map(|n| format!("\"c{n}\"")).collect();
    ids.join(", ")
}
