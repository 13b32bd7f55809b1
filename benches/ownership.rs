//! A million generated stakes: conglomerates, deep chains, cross-holdings, and funds with small stakes in everything.
//! In addition, rings in which everybody holds shares of several others, the worst case, and a stake that is sold in
//! many small parts.
//!
//! `cargo bench --bench ownership` measures all; `cargo bench --bench ownership -- 100000` sets the number of stakes,
//! and 0 leaves only the rings and sales.

#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

use std::time::Instant;

use keiretsu::{
    Attribute, AttributeValue, Entity, FactKind, FactRecord, Graph, Id, Limits, OwnerRule, Right, Role,
};

fn main() {
    let wanted = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000_000);
    many_sales();
    large_rings();
    if wanted > 0 {
        a_world(wanted);
    }
}

/// A stake of which a little is sold each day. Twice as many sales should take twice as long.
fn many_sales() {
    for sales in [10_000_u32, 20_000, 40_000] {
        let sale = |n: u32| {
            let (year, month, day) = (1000 + n / 336, n / 28 % 12 + 1, n % 28 + 1);
            format!(
                r#"Acquisition(acquirer: "b", seller: "a", target: "c", share: "0.001%",
                    completed: "{year}-{month:02}-{day:02}", unsourced: true)"#
            )
        };
        let sales_text = (0..sales).map(sale).collect::<Vec<_>>().join(",");
        let graph = Graph::from_ron(&format!(
            r#"Graph(companies: {{ "a": (name: "A"), "b": (name: "B"), "c": (name: "C") }}, facts: [
                Ownership(owner: "a", owned: "c", share: "90%", since: "0900", unsourced: true), {sales_text}])"#
        ));
        let graph = graph.unwrap();
        let company = graph.view().entity("c").unwrap();
        let others =
            measured(&format!("{sales} sales of one stake, other readings"), || company.other_readings());
        println!("    {} other readings", others.len());
    }
}

/// All owners of a company, and all stakes of one, in rings where all hold shares of several others.
fn large_rings() {
    let rings = [
        ("60 companies, 3 stakes each", 60, 3, false),
        ("300 companies, 10 stakes each", 300, 10, false),
        ("1,000 companies, 5 stakes each", 1_000, 5, false),
        ("300 companies, 5 ranges each", 300, 5, true),
        ("1,000 companies, 5 ranges each", 1_000, 5, true),
        ("2,000 companies, 5 ranges each", 2_000, 5, true),
    ];
    for (what, size, each, ranges) in rings {
        let mut world = World { dice: 1, stakes: Vec::new(), companies: 0 };
        world.large_ring(size, each, ranges);
        let graph = world.graph();
        let view = graph.view();
        let company = view.entity("c0").unwrap();
        for (limits, named) in [(Limits::default(), ""), (Limits::strict(), ", strict limits")] {
            let ownership = view.ownership().within(&limits);
            let owners = measured(&format!("a ring of {what}{named}, owners of one"), || {
                ownership.owners(company, OwnerRule::Multiply)
            });
            let owners = owners.unwrap();
            let exact = owners.rows.iter().filter(|row| !row.share.is_rounded()).count();
            let cut = if owners.is_cut { ", cut" } else { "" };
            println!("    {} owners, {exact} of them exactly{cut}", owners.rows.len());
            measured("    stakes of one", || {
                ownership.stakes(company, OwnerRule::Multiply).unwrap().rows.len()
            });
        }
    }
}

fn a_world(wanted: usize) {
    let mut world = World { dice: 1, stakes: Vec::new(), companies: 0 };
    world.fill(wanted);
    println!("{} companies and holders, {} stakes", world.companies, world.stakes.len());
    let graph = measured("the graph", || world.graph());
    let view = graph.view();
    let ownership = view.ownership();
    measured("the stakes laid out", || ownership.overfull(Right::Equity).len());

    let parents = measured("all ultimate parents of all companies", || ownership.ultimate_parents());
    println!("    {} companies are controlled", parents.len());

    let mut held: Vec<(usize, Entity<'_>)> =
        view.entities().map(|entity| (holders(entity), entity)).collect();
    held.sort_by_key(|(holders, entity)| (std::cmp::Reverse(*holders), *entity));
    held.truncate(1_000);
    println!(
        "    the most held company has {} holders, the thousandth {}",
        held[0].0,
        held[held.len() - 1].0
    );
    let (mut owners, mut ranges) = (0, 0);
    measured("all owners of the 1,000 most held", || {
        for (_, company) in &held {
            let found = ownership.owners(*company, OwnerRule::Multiply).unwrap();
            owners += found.rows.len();
            ranges += found.rows.iter().filter(|row| row.share.exact().is_none()).count();
        }
    });
    println!("    {owners} owners, {ranges} of them with a range");

    let rings = measured("all rings", || ownership.rings(Right::Equity));
    let largest = rings.iter().map(|ring| ring.members.len()).max().unwrap_or(0);
    println!("    {} rings, the largest of {largest}", rings.len());
}

fn measured<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    println!("{what}: {:.2} s", start.elapsed().as_secs_f64());
    result
}

fn holders(entity: Entity<'_>) -> usize {
    entity.relations().filter(|relation| relation.to() == entity).count()
}

struct World {
    dice: u64,
    stakes: Vec<(usize, usize, String)>,
    companies: usize,
}

impl World {
    fn roll(&mut self, sides: usize) -> usize {
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.dice >> 33) as usize) % sides
    }

    fn company(&mut self) -> usize {
        self.companies += 1;
        self.companies - 1
    }

    fn stake(&mut self, holder: usize, company: usize, percent: usize) {
        self.stakes.push((holder, company, format!("{percent}%")));
    }

    fn fill(&mut self, wanted: usize) {
        let funds: Vec<usize> = (0..wanted / 200 + 10).map(|_| self.company()).collect();
        for fund in &funds {
            let manager = self.company();
            let share = ["majority", "60%", "100%", "25%..50%"][self.roll(4)];
            self.stakes.push((manager, *fund, share.to_owned()));
        }
        while self.stakes.len() < wanted {
            match self.roll(20) {
                0 => self.chain(),
                1..=3 => self.ring(&funds),
                4..=6 => self.listed(&funds),
                _ => self.conglomerate(&funds),
            }
        }
    }

    /// Up to 200 companies, each the majority holder of the next.
    fn chain(&mut self) {
        let mut above = self.company();
        for _ in 0..20 + self.roll(180) {
            let below = self.company();
            let percent = 51 + self.roll(50);
            self.stake(above, below, percent);
            above = below;
        }
    }

    /// Three to twelve companies in a ring, with some further stakes among them.
    fn ring(&mut self, funds: &[usize]) {
        let members: Vec<usize> = (0..3 + self.roll(10)).map(|_| self.company()).collect();
        for n in 0..members.len() {
            let percent = 5 + self.roll(25);
            self.stake(members[n], members[(n + 1) % members.len()], percent);
            if self.roll(3) == 0 && members.len() > 4 {
                self.stake(members[n], members[(n + 3) % members.len()], 4);
            }
            let fund = funds[self.roll(funds.len())];
            let percent = 10 + self.roll(40);
            self.stake(fund, members[n], percent);
        }
    }

    /// Companies with a fixed number of holders each: the neighbor, and random others.
    fn large_ring(&mut self, size: usize, each: usize, ranges: bool) {
        let members: Vec<usize> = (0..size).map(|_| self.company()).collect();
        for n in 0..size {
            let mut holders = vec![(n + 1) % size];
            while holders.len() < each {
                let holder = self.roll(size);
                if holder != n && !holders.contains(&holder) {
                    holders.push(holder);
                }
            }
            for holder in holders {
                let percent = 1 + self.roll(60 / each);
                let share = match ranges {
                    true => format!("{percent}%..{}%", percent + 1 + self.roll(90 / each)),
                    false => format!("{percent}%"),
                };
                self.stakes.push((members[holder], members[n], share));
            }
        }
    }

    /// A company with hundreds of small holders.
    fn listed(&mut self, funds: &[usize]) {
        let company = self.company();
        let mut seen = std::collections::HashSet::new();
        for _ in 0..20 + self.roll(300) {
            let fund = funds[self.roll(funds.len())];
            if seen.insert(fund) {
                let share = format!("0.{:02}%", 1 + self.roll(25));
                self.stakes.push((fund, company, share));
            }
        }
        self.below(company, 3, funds);
    }

    /// A tree of companies under one parent, with minorities held by funds, and an occasional undisclosed share.
    fn conglomerate(&mut self, funds: &[usize]) {
        let parent = self.company();
        let depth = 2 + self.roll(4);
        self.below(parent, depth, funds);
    }

    fn below(&mut self, parent: usize, depth: usize, funds: &[usize]) {
        let mut open = vec![(parent, depth)];
        while let Some((above, depth)) = open.pop() {
            for _ in 0..1 + self.roll(4) {
                let company = self.company();
                match self.roll(12) {
                    0 => self.stakes.push((above, company, "majority".to_owned())),
                    _ => {
                        let percent = 30 + self.roll(50);
                        self.stake(above, company, percent);
                    }
                }
                if self.roll(2) == 0 {
                    let fund = funds[self.roll(funds.len())];
                    let share = if self.roll(10) == 0 {
                        "<=15%".to_owned()
                    } else {
                        format!("{}%", 1 + self.roll(15))
                    };
                    self.stakes.push((fund, company, share));
                }
                if depth > 1 {
                    open.push((company, depth - 1));
                }
            }
        }
    }

    fn graph(&self) -> Graph {
        let mut builder = Graph::builder();
        let ids: Vec<Id> = (0..self.companies)
            .map(|n| builder.company(&format!("c{n}"), format!("Company {n}")).unwrap())
            .collect();
        for (holder, company, share) in &self.stakes {
            let share = AttributeValue::Share(share.parse().unwrap());
            let mut fact = FactRecord::new(FactKind::Ownership)
                .role(Role::Owner, ids[*holder].clone())
                .role(Role::Owned, ids[*company].clone())
                .attribute(Attribute::Share, share);
            fact.unsourced = true;
            builder.fact(fact);
        }
        builder.build().unwrap()
    }
}
