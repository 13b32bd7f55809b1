//! Names that are nearly the same: probably one thing under two ids.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::build::Placed;
use super::names::folded;
use super::problem::{Problem, Problems, Record};
use crate::diagnostic::{Code, shown};
use crate::model::{EntityKind, EntityRecord};

/// Shorter names, and shorter words in which two names differ, are alike by chance.
const FEWEST_LETTERS: usize = 5;

/// With so many names of one neighbourhood is a name compared; so nobody can make it cost the square.
const MOST_COMPARED: usize = 8;

/// Any odd number that is not small; and what it is to be multiplied with to give 1 modulo 2^64.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
const INVERSE: u64 = 0xF1DE_83E1_9937_733D;

/// A name in the form in which it is compared.
struct Name<'g> {
    entity: &'g EntityRecord,
    /// Without width, case, accents and punctuation.
    chars: Vec<char>,
    /// What tells versions and models apart: digits, `+` and `#`.
    version: String,
}

impl<'g> Name<'g> {
    fn of(entity: &'g EntityRecord) -> Option<Self> {
        let numbered = entity.kind == EntityKind::Patent && entity.number.is_some();
        if numbered || entity.kind == EntityKind::Unspecified {
            return None;
        }
        let chars: Vec<char> = folded(&entity.name).trim_end().chars().collect();
        let signs = entity.name.chars().filter(|c| matches!(c, '+' | '#'));
        let version = chars.iter().copied().filter(|c| c.is_numeric()).chain(signs).collect();
        let enough = chars.iter().filter(|c| c.is_alphabetic()).count() >= FEWEST_LETTERS;
        enough.then_some(Self { entity, chars, version })
    }

    /// Hashes of the name, and of the name without each of its characters: names that differ by one letter, or
    /// by two that are swapped, have one in common (the deletion neighbourhood of SymSpell, W. Garbe 2012).
    ///
    /// A name's hash is the sum of its characters, each times a power of `BASE`: so what follows the one left
    /// out is moved up by one division, and a name costs no more than its length.
    fn neighbourhood(&self) -> impl Iterator<Item = u64> {
        let mut hasher = DefaultHasher::new();
        (self.entity.kind, &self.version).hash(&mut hasher);
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

    /// Whether this and another are probably one thing.
    fn is_like(&self, other: &Self) -> bool {
        let (own, others) = (&self.entity.identifiers, &other.entity.identifiers);
        // Who gives each its own identifier has looked.
        let two = (own.lei.is_some() && others.lei.is_some())
            || (own.wikidata.is_some() && others.wikidata.is_some());
        !two && self.entity.kind == other.entity.kind
            && self.version == other.version
            && differ_little(&self.chars, &other.chars)
    }
}

/// Warns of every name that is like one before it, of an entity of the same kind.
pub(crate) fn check(entities: &[Placed<EntityRecord>], problems: &mut Problems<'_>) {
    let named = entities.iter().filter_map(|(position, entity)| Some((*position, Name::of(entity)?)));
    let names: Vec<(usize, Name<'_>)> = named.collect();
    for (n, first) in first_alike(&names).into_iter().enumerate() {
        let (Some((position, name)), Some((before, other))) =
            (names.get(n), first.and_then(|first| names.get(first)))
        else {
            continue;
        };
        let message = format!(
            "`{}` and `{}` have nearly the same name: the same?",
            shown(name.entity.id.as_str()),
            shown(other.entity.id.as_str())
        );
        problems.push(
            Problem::new(Code::NamesAlike, Record::Entity(*position).field("name", 0), message)
                .also(Record::Entity(*before).field("name", 0))
                .hint("make one entity of the two, with the other name as an alias, or give both a LEI or Wikidata id"),
        );
    }
}

/// For each name the first before it that is like it.
fn first_alike(names: &[(usize, Name<'_>)]) -> Vec<Option<usize>> {
    let mut neighbours: Vec<(u64, usize)> = Vec::new();
    for (n, (_, name)) in names.iter().enumerate() {
        neighbours.extend(name.neighbourhood().map(|hash| (hash, n)));
    }
    neighbours.sort_unstable();
    neighbours.dedup();
    let mut alike: Vec<Option<usize>> = names.iter().map(|_| None).collect();
    for group in neighbours.chunk_by(|(one, _), (other, _)| one == other) {
        for (at, (_, n)) in group.iter().enumerate().skip(1) {
            let (Some((_, name)), Some(found)) = (names.get(*n), alike.get_mut(*n)) else { continue };
            let before = group.iter().take(at.min(MOST_COMPARED)).map(|(_, first)| *first);
            let mut earlier = before.take_while(|first| found.is_none_or(|found| *first < found));
            let first = earlier.find(|first| names.get(*first).is_some_and(|(_, other)| name.is_like(other)));
            *found = first.or(*found);
        }
    }
    alike
}

/// Whether two names are the same, or differ in a blank, a letter, or two letters swapped, in a long word.
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

/// A letter of an alphabet; a character of Chinese, Japanese or Korean is more than a letter.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && c < '\u{2E80}'
}

/// How many letters the word has that stands at this place, or ends before it.
fn word_at(name: &[char], at: usize) -> usize {
    let (left, right) = name.split_at_checked(at).unwrap_or((name, &[]));
    let is_part = |c: &&char| c.is_alphabetic();
    left.iter().rev().take_while(is_part).count() + right.iter().take_while(is_part).count()
}
