//! Made-up graphs to draw in tests, in many shapes, the same every time.

use crate::graph::{Graph, GraphBuilder};
use crate::model::{
    Attribute, AttributeValue, EntityKind, EntityRecord, FactKind, FactRecord, Id, Role, Status,
};

/// A graph with about `size` boxes and cards. The number selects its shape: every third has parallel facts, every
/// fourth several components, every fifth a hub, every sixth a chain, every seventh a company that owns itself.
pub(super) fn graph(number: usize, size: usize) -> Graph {
    let mut maker =
        Maker { random: Random::new(number as u64), builder: Graph::builder(), ids: Vec::new(), size };
    maker.builder.title(format!("Made up, number {number}"));
    let parts = if number % 4 == 3 { 2 + maker.random.below(3) } else { 1 };
    for part in 0..parts {
        maker.part(number, size.div_ceil(parts).max(2), part);
    }
    maker.builder.build().expect("what is made up is sound")
}

struct Maker {
    random: Random,
    builder: GraphBuilder,
    ids: Vec<Id>,
    size: usize,
}

const FIRST: [&str; 12] = [
    "Aldern",
    "Borealis",
    "Cassida",
    "Dunmore",
    "Everfield",
    "Fairwick",
    "Granite",
    "Harbour",
    "Ionex",
    "Juniper",
    "Kestrel & Cie",
    "Österlund",
];
const LAST: [&str; 8] = [
    "",
    " Group",
    " Holdings plc",
    " Mobile Ltd",
    " Technologies",
    " Pharma AG",
    " of the Eastern Provinces",
    " SA",
];
const INDUSTRY: [&str; 5] =
    ["software", "smartphones", "insurance", "shipping and port logistics", "luxury goods"];
const AMOUNT: [&str; 5] =
    ["USD 350 million", "EUR 1.2 billion", "undisclosed", "GBP 48 million", "JPY 12..15 billion"];
const DATE: [&str; 6] = ["2014", "2016-05-31", "../2016-09", "2016-Q3", "2015-02/2015-04", "2013~"];

impl Maker {
    fn part(&mut self, number: usize, size: usize, part: usize) {
        let first = self.ids.len();
        self.company();
        let mut drawn = 1;
        while drawn < size {
            let from = self.pick(first, number);
            let is_new = drawn + 1 < size && self.random.below(100) < 75 || self.ids.len() - first < 2;
            let to = if is_new { self.company() } else { self.pick(first, number) };
            drawn += usize::from(is_new);
            if from == to {
                continue;
            }
            drawn += self.fact(&from, &to);
            if number % 3 == 1 && self.random.below(4) == 0 {
                drawn += self.fact(&from, &to);
            }
        }
        if number % 7 == 2 && part == 0 {
            let own = self.ids[first].clone();
            self.stake(&own, &own);
        }
    }

    /// An existing entity: usually the first if there is a hub, the last if there is a chain.
    fn pick(&mut self, first: usize, number: usize) -> Id {
        let ids = &self.ids[first..];
        let at = match (number % 5, number % 6) {
            (0, _) if self.random.below(10) < 7 => 0,
            (_, 0) if self.random.below(10) < 8 => ids.len() - 1,
            _ => self.random.below(ids.len()),
        };
        ids[at].clone()
    }

    fn company(&mut self) -> Id {
        let number = self.ids.len();
        let id: Id = format!("c{number}").parse().expect("an id");
        let (first, last) = (self.random.of(&FIRST), self.random.of(&LAST));
        let mut record = EntityRecord::new(EntityKind::Company, id.clone(), format!("{first}{last}"));
        if self.random.below(3) > 0 {
            record.industry = Some(self.random.of(&INDUSTRY).to_owned());
        }
        self.builder.entity(record);
        self.ids.push(id.clone());
        id
    }

    /// Adds a fact and returns how many boxes it adds.
    fn fact(&mut self, from: &Id, to: &Id) -> usize {
        let date = self.random.of(&DATE).parse().expect("a date");
        let amount = self.random.of(&AMOUNT).parse().expect("an amount");
        let two = |kind: FactKind, from_role: Role, to_role: Role| {
            FactRecord::new(kind).role(from_role, from.clone()).role(to_role, to.clone())
        };
        let (fact, more) = match self.random.below(10) {
            0 | 1 => {
                let sold = self.thing(EntityKind::Patent, "Screen patents");
                (
                    two(FactKind::Sale, Role::Seller, Role::Buyer)
                        .role(Role::Of, sold)
                        .amount(amount)
                        .completed(date),
                    1,
                )
            }
            2 => {
                let brand = self.thing(EntityKind::Brand, "Aria, phones and tablets");
                let license = two(FactKind::License, Role::Licensor, Role::Licensee).role(Role::Of, brand);
                (license.since(date), 1)
            }
            3 => (two(FactKind::Acquisition, Role::Acquirer, Role::Target).amount(amount).announced(date), 1),
            4 => {
                self.stake(from, to);
                return 0;
            }
            5 => (two(FactKind::Supply, Role::Supplier, Role::Customer).since(date), 0),
            6 => {
                let mut fact = FactRecord::new(FactKind::Partnership);
                fact.status = (self.random.below(4) == 0).then_some(Status::Sought);
                (fact.role(Role::Between, from.clone()).role(Role::Between, to.clone()), 0)
            }
            7 => {
                let market = AttributeValue::Text("phones".to_owned());
                (two(FactKind::Comparison, Role::Ahead, Role::Behind).attribute(Attribute::Market, market), 0)
            }
            8 if self.ids.len() + 2 < self.size => {
                let third = self.company();
                let fact = FactRecord::new(FactKind::Partnership).role(Role::Between, from.clone());
                (fact.role(Role::Between, to.clone()).role(Role::Between, third).announced(date), 2)
            }
            _ => (two(FactKind::Investment, Role::Investor, Role::Company).amount(amount).completed(date), 1),
        };
        self.builder.fact(fact);
        more
    }

    fn stake(&mut self, from: &Id, to: &Id) {
        // So small that any number of them adds up to less than 100%.
        let share = format!("0.{}%", 1 + self.random.below(9)).parse().expect("a share");
        let fact = FactRecord::new(FactKind::Ownership)
            .role(Role::Owner, from.clone())
            .role(Role::Owned, to.clone());
        self.builder.fact(fact.attribute(Attribute::Share, AttributeValue::Share(share)));
    }

    fn thing(&mut self, kind: EntityKind, name: &str) -> Id {
        let id: Id = format!("t{}", self.random.next()).parse().expect("an id");
        self.builder.entity(EntityRecord::new(kind, id.clone(), name));
        id
    }
}

/// Knuth's linear congruential generator.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        let mut random = Self(seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        for _ in 0..8 {
            random.next();
        }
        random
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next()).expect("31 bits") % bound.max(1)
    }

    fn of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.below(texts.len())]
    }
}
