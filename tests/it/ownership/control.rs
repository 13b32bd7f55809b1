//! Control: the same from both ends, joint controllers are reported, and long chains take linear time.

use std::collections::BTreeSet;
use std::fmt::Write;

use keiretsu::{Entity, Graph, Limits, OwnerRule, Ownership, Verdict};

use super::random::{Dice, Sample, Stake};

/// A few companies with stakes, some of them joint, and statements of control by one or several.
struct Made {
    size: usize,
    stakes: Vec<Stake>,
    /// Pairs that hold a share of a company jointly.
    joint: Vec<([usize; 2], usize, u64)>,
    /// Who is stated to control whom: one, or several together.
    stated: Vec<(Vec<usize>, usize)>,
}

impl Made {
    fn new(dice: &mut Dice, ranges: bool) -> Self {
        let sample = Sample::new(dice, ranges);
        let size = sample.size;
        let mut made = Self { size, stakes: sample.stakes, joint: Vec::new(), stated: Vec::new() };
        for company in 0..size {
            let held: u64 =
                made.stakes.iter().filter(|stake| stake.company == company).map(|stake| stake.low).sum();
            let pair = [dice.roll(size as u64) as usize, dice.roll(size as u64) as usize];
            if dice.roll(3) == 0 && pair[0] != pair[1] && held < 100 {
                made.joint.push((pair, company, dice.roll(100 - held) + 1));
            }
            let mut controllers: Vec<usize> =
                (0..size).filter(|one| *one != company && dice.roll(3) == 0).collect();
            if dice.roll(3) == 0 && !controllers.is_empty() {
                controllers.truncate(3);
                made.stated.push((controllers, company));
            }
        }
        made
    }

    fn graph(&self) -> Graph {
        let mut text = String::from("Graph(companies: {");
        for n in 0..self.size {
            let _ = write!(text, "\"c{n}\": (name: \"Company {n}\"),");
        }
        text.push_str("}, facts: [");
        for Stake { holder, company, low, high, .. } in &self.stakes {
            let share = if low == high { format!("{low}%") } else { format!("{low}%..{high}%") };
            let _ = write!(
                text,
                "Ownership(owner: \"c{holder}\", owned: \"c{company}\", share: \"{share}\", unsourced: true),"
            );
        }
        for ([one, other], company, share) in &self.joint {
            let _ = write!(
                text,
                "Ownership(owner: [\"c{one}\", \"c{other}\"], owned: \"c{company}\", share: \"{share}%\", unsourced: true),"
            );
        }
        for (controllers, company) in &self.stated {
            let ids: Vec<String> = controllers.iter().map(|one| format!("\"c{one}\"")).collect();
            let _ = write!(
                text,
                "Control(controller: [{}], controlled: \"c{company}\", unsourced: true),",
                ids.join(", ")
            );
        }
        text.push_str("])");
        Graph::from_ron(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
    }

    /// The companies one certainly controls: the smallest set with every company in which its members have more than
    /// half of the votes, excluding those of own shares, and every one that members are stated to control, alone or
    /// all together; joint stakes count if all their holders are in the set.
    fn naive(&self, first: usize) -> BTreeSet<usize> {
        let mut set = BTreeSet::from([first]);
        loop {
            let votes = |company: usize| {
                let own = self
                    .stakes
                    .iter()
                    .filter(|stake| stake.company == company && set.contains(&stake.holder));
                let jointly = self
                    .joint
                    .iter()
                    .filter(|(pair, of, _)| *of == company && pair.iter().all(|one| set.contains(one)));
                own.map(|stake| stake.low).sum::<u64>() + jointly.map(|(.., share)| share).sum::<u64>()
            };
            let own = |company: usize| {
                let of_itself = |stake: &&Stake| (stake.holder, stake.company) == (company, company);
                self.stakes.iter().find(of_itself).map_or(0, |stake| stake.low)
            };
            let is_stated = |company: usize| {
                self.stated.iter().any(|(by, of)| *of == company && by.iter().all(|one| set.contains(one)))
            };
            let joined: Vec<usize> = (0..self.size)
                .filter(|n| !set.contains(n) && (2 * votes(*n) > 100 - own(*n) || is_stated(*n)))
                .collect();
            if joined.is_empty() {
                return set;
            }
            set.extend(joined);
        }
    }
}

fn number(entity: Entity<'_>) -> usize {
    entity.id()[1..].parse().unwrap()
}

#[test]
fn groups_are_those_of_a_naive_set() {
    let mut dice = Dice(23);
    for round in 0..500 {
        let made = Made::new(&mut dice, false);
        let graph = made.graph();
        let ownership = graph.view().ownership();
        for entity in graph.view().entities() {
            let mut expected = made.naive(number(entity));
            expected.remove(&number(entity));
            let control = ownership.control(entity);
            let found: BTreeSet<usize> =
                control.controls.iter().filter(|one| one.is_certain).map(|one| number(one.entity)).collect();
            assert_eq!(found, expected, "round {round}: {entity}");
        }
    }
}

/// From above and from below the answer is the same: votes, certainty, statements.
#[test]
fn control_is_the_same_from_either_end() {
    let mut dice = Dice(29);
    for round in 0..150 {
        let made = Made::new(&mut dice, round % 2 == 0);
        let graph = made.graph();
        let ownership = graph.view().ownership();
        let (mut down, mut up) = (BTreeSet::new(), BTreeSet::new());
        for entity in graph.view().entities() {
            let control = ownership.control(entity);
            let told = |one: &keiretsu::Controlled<'_>, above: Entity<'_>, below: Entity<'_>| {
                let stated: BTreeSet<&str> =
                    one.stated_by.iter().map(|fact| fact.fact().unwrap().id()).collect();
                format!("{} {} {} {} {stated:?}", above.id(), below.id(), one.votes, one.is_certain)
            };
            down.extend(control.controls.iter().map(|one| told(one, entity, one.entity)));
            up.extend(control.controlled_by.iter().map(|one| told(one, one.entity, entity)));
            let votes = ownership.votes_in(entity);
            for other in graph.view().entities().filter(|other| *other != entity) {
                assert_eq!(votes.of(other), ownership.votes(other, entity), "{other} in {entity}");
            }
            for one in control.controlled_by.iter().filter(|one| one.is_certain) {
                let above = ownership.control(one.entity);
                let is_free = above.controlled_by.iter().all(|other| !other.is_certain)
                    && above.jointly_controlled_by.iter().all(|other| !other.is_certain);
                assert_eq!(
                    control.ultimate.contains(&one.entity),
                    is_free,
                    "round {round}: {} of {entity}; {:?} {:?}",
                    one.entity,
                    above.controlled_by,
                    above.jointly_controlled_by
                );
            }
            the_rule_says_the_same(&ownership, entity, &control, round);
        }
        assert_eq!(down, up, "round {round}");
    }
}

/// `owners` and `stakes` by the rule `majority` agree with control, and what a company has in itself does not depend
/// on the question.
fn the_rule_says_the_same<'g>(
    ownership: &Ownership<'g>,
    entity: Entity<'g>,
    control: &keiretsu::Control<'g>,
    round: usize,
) {
    let owners = ownership.owners(entity, OwnerRule::Majority).unwrap();
    let counts: BTreeSet<&str> =
        owners.rows.iter().filter(|row| row.verdict == Verdict::Counts).map(|row| row.entity.id()).collect();
    let controls: BTreeSet<&str> =
        control.controlled_by.iter().filter(|one| one.is_certain).map(|one| one.entity.id()).collect();
    assert_eq!(counts, controls, "round {round}: {entity}");
    for rule in OwnerRule::ALL {
        let owners = ownership.owners(entity, *rule).unwrap();
        let stakes = ownership.stakes(entity, *rule).unwrap();
        let in_itself = |rows: &[keiretsu::Owner<'_>]| {
            rows.iter().find(|row| row.entity == entity).map(|row| (row.share.to_string(), row.verdict))
        };
        assert_eq!(in_itself(&owners.rows), in_itself(&stakes.rows), "round {round}: {entity} by {rule}");
    }
}

/// Quadratic cost would take minutes here.
#[test]
fn chains_rings_and_stars_are_answered_at_once() {
    let own = |owner: usize, owned: usize, share: &str| {
        format!("Ownership(owner: \"c{owner}\", owned: \"c{owned}\", share: \"{share}\", unsourced: true),")
    };
    let size = 3_000;
    let chain: String = (1..size).map(|n| own(n - 1, n, "60%")).collect();
    let ring: String = (0..size).map(|n| own(n, (n + 1) % size, "60%")).collect();
    let star: String = (1..size).map(|n| own(0, n, "60%")).collect();
    let also_direct: String = (0..size - 2).map(|n| own(n, size - 1, "0.001%")).collect();
    for (shape, facts, below) in [
        ("chain", &chain, size - 1),
        ("ring", &ring, size - 1),
        ("star", &star, size - 1),
        ("ladder", &(chain.clone() + &also_direct), size - 1),
    ] {
        let companies: String = (0..size).map(|n| format!("\"c{n}\": (name: \"Co {n}\"),")).collect();
        let graph = Graph::from_ron(&format!("Graph(companies: {{{companies}}}, facts: [{facts}])")).unwrap();
        let ownership = graph.view().ownership();
        let first = ownership.control(graph.view().entity("c0").unwrap());
        let last = ownership.control(graph.view().entity(&format!("c{}", size - 1)).unwrap());
        assert_eq!(first.controls.len(), below, "{shape}");
        assert!(!last.controlled_by.is_empty(), "{shape}");
    }
}

/// A graph of companies `c0`, `c1`, ... with these facts.
fn companies(size: usize, facts: &str) -> Graph {
    let companies: String = (0..size).map(|n| format!("\"c{n}\": (name: \"Co {n}\"),")).collect();
    Graph::from_ron(&format!("Graph(companies: {{{companies}}}, facts: [{facts}])")).unwrap()
}

/// A chain of majorities, of which each company has a small stake in the last one, 51% together; and a line in which only
/// two neighbors together have most of the next, below one who has most of the first two.
fn added_up(size: usize) -> [Graph; 2] {
    let own = |owner: usize, owned: usize, share: f64| {
        format!("Ownership(owner: \"c{owner}\", owned: \"c{owned}\", share: \"{share}%\", unsourced: true),")
    };
    let chain = (2..size).map(|n| own(n - 2, n - 1, 60.0));
    let small = (0..size - 1).map(|n| own(n, size - 1, 51.0 / (size - 1) as f64));
    let pairs = (2..size).flat_map(|n| [own(n - 2, n, 30.0), own(n - 1, n, 30.0)]);
    let first = own(size, 0, 60.0) + &own(size, 1, 60.0);
    [
        companies(size, &chain.chain(small).collect::<String>()),
        companies(size + 1, &(pairs.collect::<String>() + &first)),
    ]
}

/// Of the first company all others are found in steps in proportion to them, and the limit on steps cuts and is told.
#[test]
fn what_is_added_up_takes_steps_in_proportion() {
    for size in [100_usize, 400, 1_600] {
        // Of 51% in equal parts more than 50% are left without fewer than one in 51.
        let expected = [(size - 1).div_ceil(51), 1];
        for (graph, expected) in added_up(size).iter().zip(expected) {
            let view = graph.view();
            let last = view.entity(&format!("c{}", size - 1)).unwrap();
            let within = |steps: u64| view.ownership().within(&Limits::default().steps(steps));
            let control = within(150 * size as u64).control(last);
            assert!(!control.is_cut, "{size}");
            assert_eq!(control.controlled_by.len(), expected, "{size}");
            assert!(within(10).control(last).is_cut, "{size}");
        }
    }
}

/// Everybody controls everybody, by statements: one class, whose group is found once for all.
#[test]
fn a_ring_of_statements_is_one_group_for_all() {
    let size = 300;
    let step = |n: usize, by: usize| {
        format!("Control(controller: \"c{n}\", controlled: \"c{}\", unsourced: true),", (n + by) % size)
    };
    let facts: String = (0..size).flat_map(|n| [step(n, 1), step(n, 7), step(n, 50)]).collect();
    let graph = companies(size, &facts);
    let ownership = graph.view().ownership();
    for entity in graph.view().entities() {
        let control = ownership.control(entity);
        assert_eq!((control.controls.len(), control.controlled_by.len()), (size - 1, size - 1));
        assert!(control.controlled_by.iter().all(|one| one.is_certain && one.stated_by.len() == 3));
        assert!(control.ultimate.is_empty() && !control.is_cut);
    }
}
