//! Nearly equal names, which probably mean one thing under two ids.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::intake::{self, Intake};
use super::problem::{Problem, Problems};
use super::seen::{DuplicateFilter, MOST_COMPARED};
use crate::diagnostic::{Code, shown};
use crate::graph::store::entity_fields;
use crate::graph::store::fields::Fields;
use crate::graph::store::folding::folded;
use crate::graph::store::texts::Texts;
use crate::model::EntityKind;

/// What to do about two names that are alike.
pub(crate) const HINT: &str = "make one entity of the two, with the other name as an alias, or say what tells them apart: \
                               country, register number, LEI or Wikidata id";

/// Names, and differing words, shorter than this are alike by chance.
const FEWEST_LETTERS: usize = 5;

/// An odd, large multiplier and its inverse modulo 2^64.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
const INVERSE: u64 = 0xF1DE_83E1_9937_733D;

/// A name in the form used for comparison.
struct Name {
    kind: EntityKind,
    /// The folded name: width, case, accents and punctuation removed.
    chars: Vec<char>,
    /// What distinguishes versions and models: digits, `+` and `#`.
    version: String,
}

impl Name {
    /// From a name and its folded form.
    fn of(kind: EntityKind, name: &str, folded: &str) -> Self {
        let chars: Vec<char> = folded.chars().collect();
        let version = chars.iter().copied().filter(|c| c.is_numeric()).chain(signs(name)).collect();
        Self { kind, chars, version }
    }

    /// Hashes of the name, and of the name with each of its characters left out. Two names that differ by one letter,
    /// or by two swapped letters, share a hash (the deletion neighborhood of SymSpell, W. Garbe 2012).
    ///
    /// A name's hash is the sum of its characters, each times a power of `BASE`. Leaving one out shifts the rest by one
    /// multiplication with the inverse, so hashing a name takes linear time.
    fn neighborhood(&self) -> impl Iterator<Item = u64> {
        let mut hasher = DefaultHasher::new();
        (self.kind, &self.version).hash(&mut hasher);
        let kind = hasher.finish();
        let mut power = 1_u64;
        let terms = self.chars.iter().map(move |c| {
            let term = u64::from(u32::from(*c)).wrapping_mul(power);
            power = power.wrapping_mul(BASE);
            term
        });
        let whole = terms.clone().fold(0, u64::wrapping_add);
        let without = terms.scan(0_u64, move |before, term| {
            let after = whole.wrapping_sub(*before).wrapping_sub(term);
            let hash = before.wrapping_add(after.wrapping_mul(INVERSE));
            *before = before.wrapping_add(term);
            Some(hash)
        });
        std::iter::once(whole).chain(without).map(move |hash| hash.wrapping_add(kind))
    }
}

/// The names to compare, in folded form.
struct Names<'i> {
    intake: &'i Intake<'i>,
    /// The entity of each name.
    entities: Vec<u32>,
    folded: Texts,
}

impl<'i> Names<'i> {
    fn of(intake: &'i Intake<'i>) -> Self {
        let own = &intake.entities;
        let mut names = Self { intake, entities: Vec::new(), folded: Texts::default() };
        for (n, kind) in (0_u32..).zip(&own.kinds) {
            if !is_compared(*kind, own.fields.of(n as usize)) {
                continue;
            }
            let name = folded(own.names.get(n as usize));
            let name = name.trim_end();
            if name.chars().filter(|c| c.is_alphabetic()).count() >= FEWEST_LETTERS {
                names.entities.push(n);
                names.folded.push(name);
            }
        }
        names
    }

    fn entity(&self, n: usize) -> usize {
        intake::number(&self.entities, n)
    }

    fn get(&self, n: usize) -> Name {
        let (own, entity) = (&self.intake.entities, self.entity(n));
        let kind = own.kinds.get(entity).copied().unwrap_or(EntityKind::Unspecified);
        Name::of(kind, own.names.get(entity), self.folded.get(n))
    }

    /// Whether two names probably mean one thing.
    fn are_alike(&self, n: usize, name: &Name, other: usize) -> bool {
        let others = self.get(other);
        let is_like = name.kind == others.kind
            && name.version == others.version
            && differ_little(&name.chars, &others.chars);
        is_like && !are_two(self.intake, self.entity(n), self.entity(other))
    }
}

/// Signs that distinguish names instead of being mere punctuation: C, C++ and C#.
pub(crate) fn signs(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| matches!(c, '+' | '#'))
}

/// Whether names of such an entity are compared. Unnamed parties and numbered patents are identified otherwise.
pub(crate) fn is_compared(kind: EntityKind, fields: Fields<'_>) -> bool {
    kind != EntityKind::Unspecified && !(kind == EntityKind::Patent && entity_fields::has_number(fields))
}

/// Whether two entities differ in country, or each was given an identifier of its own.
pub(crate) fn are_two(intake: &Intake<'_>, one: usize, other: usize) -> bool {
    let has = |entity: usize, tag: u8| intake.entities.fields.of(entity).find_tag(tag).is_some();
    let country = |entity: usize| intake.entities.fields.of(entity).find_tag(entity_fields::COUNTRY);
    let differ = country(one).zip(country(other)).is_some_and(|(own, others)| own.value != others.value);
    let identifiers = [entity_fields::LEI, entity_fields::WIKIDATA, entity_fields::REGISTER];
    differ || identifiers.into_iter().any(|tag| has(one, tag) && has(other, tag))
}

/// Warns of every name that nearly equals an earlier one of an entity of the same kind. Skips the entities already
/// reported because a look-up cannot tell them apart.
pub(crate) fn check(intake: &Intake<'_>, reported: &[usize], problems: &mut Problems<'_>) {
    let names = Names::of(intake);
    for (n, before) in first_alike(&names) {
        let [own, other] = [n, before].map(|n| names.entity(n));
        if reported.binary_search(&own).is_ok() {
            continue;
        }
        let message = format!(
            "`{}` and `{}` have nearly the same name: the same?",
            shown(intake.entities.id(own)),
            shown(intake.entities.id(other))
        );
        problems.push(
            Problem::new(Code::NamesAlike, intake.entities.position(own).field("name", 0), message)
                .also(intake.entities.position(other).field("name", 0))
                .hint(HINT),
        );
    }
}

/// Names that resemble an earlier one, in order, each with the first it resembles.
fn first_alike(names: &Names<'_>) -> BTreeMap<usize, usize> {
    let mut neighbors: Vec<(u64, u32)> = Vec::new();
    let count = names.folded.len();
    let mut seen = DuplicateFilter::of(count * 16);
    for n in 0..count {
        names.get(n).neighborhood().for_each(|hash| seen.count(hash));
    }
    for n in 0..count {
        let name = names.get(n);
        let twice = name.neighborhood().filter(|hash| seen.was_twice(*hash));
        neighbors.extend(twice.map(|hash| (hash, n as u32)));
    }
    drop(seen);
    neighbors.sort_unstable();
    neighbors.dedup();
    let mut alike: BTreeMap<usize, usize> = BTreeMap::new();
    for group in neighbors.chunk_by(|(one, _), (other, _)| one == other).filter(|group| group.len() > 1) {
        for (at, (_, n)) in group.iter().enumerate().skip(1) {
            let n = *n as usize;
            let (name, found) = (names.get(n), alike.get(&n).copied());
            let before = group.iter().take(at.min(MOST_COMPARED)).map(|(_, first)| *first as usize);
            let mut earlier = before.take_while(|first| found.is_none_or(|found| *first < found));
            if let Some(first) = earlier.find(|first| names.are_alike(n, &name, *first)) {
                alike.insert(n, first);
            }
        }
    }
    alike
}

/// Whether two names are equal, or differ by a blank, a letter, or two swapped letters within a long word.
fn differ_little(one: &[char], other: &[char]) -> bool {
    let before = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (Some(one_rest), Some(other_rest)) = (one.get(before..), other.get(before..)) else { return false };
    let after = one_rest.iter().rev().zip(other_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let slip = match (middle(one_rest, after), middle(other_rest, after)) {
        ([], []) | ([], [' ']) | ([' '], []) => return true,
        ([], [letter]) | ([letter], []) => is_letter(*letter),
        ([letter], [other]) => is_letter(*letter) && is_letter(*other),
        ([a, b], [c, d]) => a == d && b == c && is_letter(*a) && is_letter(*b),
        _ => false,
    };
    slip && word_at(one, before).max(word_at(other, before)) >= FEWEST_LETTERS
}

fn middle(rest: &[char], after: usize) -> &[char] {
    rest.get(..rest.len().saturating_sub(after)).unwrap_or_default()
}

/// Whether this is a letter of an alphabet. A character of Chinese, Japanese or Korean carries more than a letter.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && c < '\u{2E80}'
}

/// The number of letters of the word around this position, or ending before it.
fn word_at(name: &[char], at: usize) -> usize {
    let (left, right) = name.split_at_checked(at).unwrap_or((name, &[]));
    let is_part = |c: &&char| c.is_alphabetic();
    left.iter().rev().take_while(is_part).count() + right.iter().take_while(is_part).count()
}
