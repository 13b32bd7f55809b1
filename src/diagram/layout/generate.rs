//! Made-up sketches for tests, in many shapes, the same every time.

use super::random::Random;
use super::{Block, Flow, Link, Size, Sketch};

/// The approximate width of text with this many letters.
fn text(letters: usize, size: f64) -> f64 {
    (letters as f64 * size * 0.56).ceil()
}

fn company(key: String, letters: usize) -> Block {
    let width = (text(letters, 13.0) + 26.0).max(text(15, 9.5) + 26.0);
    Block { key, size: Size { width, height: 43.0 }, is_card: false }
}

fn card(key: String, width: f64, height: f64) -> Block {
    Block { key, size: Size { width, height }, is_card: true }
}

fn link(from: usize, to: usize, label: Option<(usize, usize)>) -> Link {
    let label =
        label.map(|(letters, lines)| Size { width: text(letters, 9.5) + 2.0, height: 12.0 * lines as f64 });
    Link { key: String::new(), from, to, label, is_level: false, weight: 1 }
}

/// Gives each link a unique key.
fn finished(blocks: Vec<Block>, mut links: Vec<Link>) -> Sketch {
    for (number, link) in links.iter_mut().enumerate() {
        link.key = format!("{number:04}");
    }
    Sketch { blocks, links }
}

/// The article of the reference pictures: eleven blocks, two of them main companies, four cards.
pub(super) fn article(flow: Flow) -> Sketch {
    let block = |key: &str, width: f64, height: f64| Block {
        key: key.to_owned(),
        size: Size { width, height },
        is_card: false,
    };
    let blocks = vec![
        block("a microsoft", 103.0, 48.0),
        block("b xiaomi", 107.0, 48.0),
        block("c fih", 120.0, 43.0),
        block("d foxconn", 202.0, 43.0),
        block("e huawei", 106.0, 43.0),
        block("f lenovo", 101.0, 43.0),
        card("g partnership".to_owned(), 160.0, 59.0),
        card("h patents".to_owned(), 175.0, 80.0),
        card("i pre-install".to_owned(), 170.0, 120.0),
        card("j assets".to_owned(), 130.0, 67.0),
        block("k nokia", 112.0, 38.0),
    ];
    let mut links = vec![
        link(0, 7, None),
        link(7, 1, None),
        link(0, 8, None),
        link(8, 1, None),
        link(0, 6, None),
        link(6, 1, None),
        link(0, 9, None),
        link(9, 2, None),
        link(9, 10, None),
        link(10, 2, Some((7, 2))),
        link(3, 2, Some((4, 1))),
        link(1, 3, Some((17, 2))),
        link(4, 0, Some((15, 1))),
        link(5, 0, Some((12, 1))),
    ];
    links[9].weight = 3;
    links[10].is_level = true;
    links[12].is_level = flow == Flow::Down;
    links[13].is_level = flow == Flow::Down;
    finished(blocks, links)
}

/// What a generated sketch has besides companies and deals.
#[derive(Clone, Copy)]
struct Traits {
    parts: usize,
    has_hub: bool,
    has_chain: bool,
    parallels: usize,
    loops: usize,
    level: usize,
    level_parallels: usize,
}

impl Traits {
    fn of(number: usize, random: &mut Random) -> Self {
        let some = |is_so: bool, count: usize| if is_so { count } else { 0 };
        Self {
            parts: if number % 4 == 3 { 2 + random.below(4) } else { 1 },
            has_hub: number % 6 == 4,
            has_chain: number % 7 == 5,
            parallels: some(number % 3 == 1, 1 + random.below(4)),
            loops: some(number % 8 == 6, 1 + random.below(3)),
            level: some(number % 5 == 2, 1 + random.below(4)),
            level_parallels: some(number % 10 == 2, 1 + random.below(2)),
        }
    }
}

/// One of `count` sketches, growing from 5 to 60 blocks.
pub(super) fn sketch(number: usize, count: usize) -> Sketch {
    let mut random = Random::new(number as u64 * 7_919 + 17);
    let traits = Traits::of(number, &mut random);
    let target = 5 + number * 55 / (count - 1).max(1);
    let mut builder = SketchBuilder { random, blocks: Vec::new(), links: Vec::new(), part_of: Vec::new() };
    for part in 0..traits.parts {
        builder.company(part);
    }
    while builder.blocks.len() < target {
        let part = if builder.random.below(100) < 55 { 0 } else { builder.random.below(traits.parts) };
        builder.grow(part, traits, target);
    }
    builder.add_parallels(traits);
    builder.ask_for_levels(traits);
    for _ in 0..traits.loops {
        let at = builder.random.below(builder.blocks.len());
        if !builder.blocks[at].is_card {
            let label = builder.label();
            builder.links.push(link(at, at, label));
        }
    }
    finished(builder.blocks, builder.links)
}

struct SketchBuilder {
    random: Random,
    blocks: Vec<Block>,
    links: Vec<Link>,
    part_of: Vec<usize>,
}

impl SketchBuilder {
    fn company(&mut self, part: usize) -> usize {
        let letters =
            if self.random.below(12) == 0 { 30 + self.random.below(15) } else { 5 + self.random.below(20) };
        let number = self.blocks.len();
        // Key order differs from block order.
        self.blocks.push(company(format!("{:02}-{number}", number * 37 % 100), letters));
        self.part_of.push(part);
        number
    }

    fn card(&mut self, part: usize) -> usize {
        let width = 100.0 + self.random.below(90) as f64;
        let lines = if self.random.below(8) == 0 { 12 } else { 1 + self.random.below(4) };
        let number = self.blocks.len();
        let height = (32.0 + 13.5 * lines as f64 + 21.0 * self.random.below(2) as f64).round();
        self.blocks.push(card(format!("{:02}-{number}", number * 37 % 100), width, height));
        self.part_of.push(part);
        number
    }

    fn label(&mut self) -> Option<(usize, usize)> {
        [None, Some((17, 2)), Some((8, 1)), Some((3, 1)), Some((12, 1))][self.random.below(5)]
    }

    /// Picks a company of the component, preferring those with many links.
    fn pick(&mut self, part: usize) -> usize {
        let fits = |&block: &usize| self.part_of[block] == part && !self.blocks[block].is_card;
        let ends = self.links.iter().flat_map(|link| [link.from, link.to]);
        let pool: Vec<usize> = (0..self.blocks.len()).chain(ends).filter(fits).collect();
        pool[self.random.below(pool.len())]
    }

    fn either_way(&mut self, a: usize, b: usize, label: Option<(usize, usize)>) {
        let (from, to) = if self.random.below(2) == 0 { (a, b) } else { (b, a) };
        self.links.push(link(from, to, label));
    }

    fn grow(&mut self, part: usize, traits: Traits, target: usize) {
        let first = self.part_of.iter().position(|&other| other == part).unwrap_or(0);
        let last = self.part_of.iter().rposition(|&other| other == part).unwrap_or(0);
        let from = if traits.has_hub && self.random.below(3) > 0 {
            first
        } else if traits.has_chain && self.random.below(3) > 0 && !self.blocks[last].is_card {
            last
        } else {
            self.pick(part)
        };
        if self.random.below(100) < 42 && self.blocks.len() + 2 <= target {
            let card = self.card(part);
            let other = self.pick(part);
            let is_new = self.random.below(100) >= 45 || other == from;
            let other = if is_new { self.company(part) } else { other };
            let (seller, buyer) = if self.random.below(3) == 0 { (other, from) } else { (from, other) };
            self.links.push(link(seller, card, None));
            self.links.push(link(card, buyer, None));
            return;
        }
        let new = self.company(part);
        let label = self.label();
        self.either_way(from, new, label);
        let other = self.pick(part);
        if self.random.below(100) < 12 && other != new && other != from {
            self.links.push(link(new, other, None));
        }
    }

    fn add_parallels(&mut self, traits: Traits) {
        let parallels = if self.links.is_empty() { 0 } else { traits.parallels };
        for _ in 0..parallels {
            let like = self.random.below(self.links.len());
            let (from, to) = (self.links[like].from, self.links[like].to);
            let label = self.label();
            self.either_way(from, to, label);
        }
    }

    /// Asks for level links between companies, a leaf first; some get parallel links.
    fn ask_for_levels(&mut self, traits: Traits) {
        let between_companies =
            |link: &Link, blocks: &[Block]| !blocks[link.from].is_card && !blocks[link.to].is_card;
        let fitting: Vec<usize> = (0..self.links.len())
            .filter(|&index| between_companies(&self.links[index], &self.blocks))
            .collect();
        for number in 0..traits.level.min(fitting.len()) {
            let index = fitting[self.random.below(fitting.len())];
            self.links[index].is_level = true;
            if number < traits.level_parallels {
                let (from, to) = (self.links[index].from, self.links[index].to);
                let label = self.label();
                self.either_way(from, to, label);
            }
        }
    }
}

/// The same sketch with blocks and links shuffled, and the new index of each old block and link.
pub(super) fn shuffled(sketch: &Sketch, seed: u64) -> (Sketch, Vec<usize>, Vec<usize>) {
    let mut random = Random::new(seed);
    let mut order = |count: usize| {
        let mut order: Vec<usize> = (0..count).collect();
        random.shuffle(&mut order);
        order
    };
    let (blocks, links) = (order(sketch.blocks.len()), order(sketch.links.len()));
    let new_place = |order: &[usize]| {
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        place
    };
    let place = new_place(&blocks);
    let moved = |&old: &usize| {
        let link = sketch.links[old].clone();
        Link { from: place[link.from], to: place[link.to], ..link }
    };
    let other = Sketch {
        blocks: blocks.iter().map(|&old| sketch.blocks[old].clone()).collect(),
        links: links.iter().map(moved).collect(),
    };
    let link_places = new_place(&links);
    (other, place, link_places)
}

/// This many blocks, and links between random pairs of them.
pub(super) fn random_sketch(blocks: usize, links: usize, seed: u64) -> Sketch {
    let mut random = Random::new(seed);
    let companies = (0..blocks).map(|number| company(format!("{number:05}"), 5 + random.below(20)));
    let companies: Vec<Block> = companies.collect();
    let pairs = (0..links).map(|_| {
        let label = (random.below(3) == 0).then_some((8, 1));
        link(random.below(blocks), random.below(blocks), label)
    });
    let links = pairs.collect();
    finished(companies, links)
}
