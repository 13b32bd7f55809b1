//! Licenses that contradict each other: two exclusive ones for the same thing, or a sublicense wider than its head
//! license.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::{Code, list, shown};
use crate::graph::build::problem::{Problem, Problems, Record};
use crate::graph::store::index::FactIx;
use crate::graph::view::entity::Entity;
use crate::graph::view::fact::Fact;
use crate::graph::view::view::View;
use crate::model::{Attribute, AttributeValue, End, FactKind, FactRecord, Role};
use crate::value::Territory;

/// A license is compared with at most this many others for the same thing, or to the same licensee.
const MOST_COMPARED: usize = 64;

struct License<'g> {
    fact: Fact<'g>,
    record: FactRecord,
}

/// Warns of exclusive licenses that overlap, and of sublicenses wider than their head license.
pub(crate) fn check(view: View<'_>, position: &dyn Fn(FactIx) -> Record, problems: &mut Problems<'_>) {
    let licenses = view.facts().filter(|fact| fact.kind() == FactKind::License && fact.counts());
    let licenses: Vec<License<'_>> = licenses.map(|fact| License { fact, record: fact.record() }).collect();
    if licenses.len() < 2 {
        return;
    }
    exclusive(&licenses, position, problems);
    wider(&licenses, position, problems);
}

fn exclusive(licenses: &[License<'_>], position: &dyn Fn(FactIx) -> Record, problems: &mut Problems<'_>) {
    let mut by_object: BTreeMap<Entity<'_>, Vec<&License<'_>>> = BTreeMap::new();
    for license in licenses.iter().filter(|license| license.record.exclusive == Some(true)) {
        for object in license.fact.parties(Role::Of) {
            by_object.entry(object).or_default().push(license);
        }
    }
    let mut reported: HashSet<FactIx> = HashSet::new();
    for (object, licenses) in by_object {
        for (at, license) in licenses.iter().enumerate().skip(1) {
            let mut before = licenses.iter().take(at).rev().take(MOST_COMPARED);
            let Some((other, places)) = before.find_map(|other| Some((other, license.rivals(other)?))) else {
                continue;
            };
            if !reported.insert(license.fact.index()) {
                continue;
            }
            let message =
                format!("two exclusive licenses of `{}` hold {places} at one time", shown(object.id()));
            let hint = "correct territory, dates or `exclusive`, or say which `replaces` the other";
            problems.push(
                Problem::new(
                    Code::TwoExclusive,
                    position(license.fact.index()).field("exclusive", 0),
                    message,
                )
                .also(position(other.fact.index()).whole())
                .hint(hint),
            );
        }
    }
}

impl<'g> License<'g> {
    /// Where two exclusive licenses exclude each other, if they do.
    fn rivals(&self, other: &Self) -> Option<String> {
        let parties = |license: &Self, role: Role| license.fact.parties(role).collect::<HashSet<_>>();
        let shares = |one: (&Self, Role), two: (&Self, Role)| {
            !parties(one.0, one.1).is_disjoint(&parties(two.0, two.1))
        };
        // An exclusive licensee may grant exclusive licenses, and a renewal is no rival.
        let is_below = shares((self, Role::Licensor), (other, Role::Licensee))
            || shares((other, Role::Licensor), (self, Role::Licensee));
        let is_renewed = shares((self, Role::Licensee), (other, Role::Licensee));
        let replaces = |one: &Self, two: &Self| {
            two.record.id.as_ref().is_some_and(|id| one.record.replaces.contains(id))
        };
        let is_replaced = replaces(self, other) || replaces(other, self);
        let is_claim = self.fact.claims().contains(&other.fact);
        if is_below || is_renewed || is_replaced || is_claim || self.field_differs(other) {
            return None;
        }
        self.is_at_one_time(other).then_some(())?;
        common(&self.record, &other.record)
    }

    fn field_differs(&self, other: &Self) -> bool {
        let field = |license: &Self| {
            let mut fields = license.record.attributes.iter().filter(|(own, _)| *own == Attribute::Field);
            fields.next().map(|(_, field)| field.clone())
        };
        matches!((field(self), field(other)), (Some(AttributeValue::Text(a)), Some(AttributeValue::Text(b))) if a != b)
    }

    /// Whether both are certainly in force on some day.
    fn is_at_one_time(&self, other: &Self) -> bool {
        self.start().max(other.start()) < self.end().0.min(other.end().0)
    }

    /// The last day on which it may begin. Without any date, it has always been in force.
    fn start(&self) -> i32 {
        let [_, last, ..] = self.fact.validity().parts();
        if last == i32::MAX { i32::MIN } else { last }
    }

    /// The first and the last day on which it may end.
    fn end(&self) -> (i32, i32) {
        let [.., first, last] = self.fact.validity().parts();
        (first, last)
    }
}

fn is_everywhere(places: &[Territory]) -> bool {
    places.iter().any(|place| place.is_worldwide())
}

/// The territory that two licenses share, as far as both say; `None` if one of them does not.
fn common(one: &FactRecord, other: &FactRecord) -> Option<String> {
    let is_out = |place: &Territory| one.except.contains(place) || other.except.contains(place);
    match (one.territory.is_empty(), other.territory.is_empty()) {
        (true, true) => return Some("without a territory".to_owned()),
        (false, false) => {}
        _ => return None,
    }
    if is_everywhere(&one.territory) && is_everywhere(&other.territory) {
        return Some("worldwide".to_owned());
    }
    let narrow = if is_everywhere(&one.territory) { other } else { one };
    let wide = if is_everywhere(&one.territory) { one } else { other };
    let has = |place: &&Territory| is_everywhere(&wide.territory) || wide.territory.contains(place);
    let places: Vec<String> =
        narrow.territory.iter().filter(has).filter(|place| !is_out(place)).map(ToString::to_string).collect();
    (!places.is_empty()).then(|| format!("in {}", list(&places)))
}

fn wider(licenses: &[License<'_>], position: &dyn Fn(FactIx) -> Record, problems: &mut Problems<'_>) {
    let mut by_licensee: HashMap<Entity<'_>, Vec<&License<'_>>> = HashMap::new();
    for license in licenses {
        for licensee in license.fact.parties(Role::Licensee) {
            by_licensee.entry(licensee).or_default().push(license);
        }
    }
    for license in licenses {
        let objects: HashSet<_> = license.fact.parties(Role::Of).collect();
        let above = license.fact.parties(Role::Licensor).filter_map(|licensor| by_licensee.get(&licensor));
        let heads = above.flatten().copied().take(MOST_COMPARED).filter(|head| {
            head.fact != license.fact && head.fact.parties(Role::Of).any(|object| objects.contains(&object))
        });
        let mut heads: Vec<&License<'_>> = heads.collect();
        // A head license that is named is the one. Otherwise any of them may be.
        let is_named = |head: &&License<'_>| license.fact.tied_to().any(|tied| tied == head.fact);
        if heads.iter().any(is_named) {
            heads.retain(is_named);
        }
        let Some((field, what)) = excess(license, &heads) else { continue };
        let Some(head) = heads.first() else { continue };
        let message = format!("this sublicense gives more than its head: {}", list(&what));
        problems.push(
            Problem::new(Code::WiderThanHead, position(license.fact.index()).field(field, 0), message)
                .also(position(head.fact.index()).whole())
                .label("wider than the license that it rests on")
                .hint("correct territory or term, or state the license that gives the rest"),
        );
    }
}

/// What a license grants beyond its head licenses, and the first field that does.
fn excess(license: &License<'_>, heads: &[&License<'_>]) -> Option<(&'static str, Vec<String>)> {
    if heads.is_empty() {
        return None;
    }
    let mut what: Vec<(&'static str, String)> = Vec::new();
    let is_limited =
        heads.iter().all(|head| !head.record.territory.is_empty() && !is_everywhere(&head.record.territory));
    if is_limited {
        let has = |place: &Territory| heads.iter().any(|head| head.record.territory.contains(place));
        let more = license.record.territory.iter().filter(|place| !has(place));
        let more: Vec<String> = more.map(ToString::to_string).collect();
        if !more.is_empty() {
            what.push(("territory", format!("territory {}", list(&more))));
        }
    }
    let last = heads.iter().map(|head| head.end().1).max().unwrap_or(i32::MAX);
    let field = match license.record.until {
        Some(End::On(_)) => Some("until"),
        None if license.record.term.is_some() => Some("term"),
        _ => None,
    };
    if let Some(field) = field.filter(|_| license.end().0 > last) {
        what.push((field, "a longer time".to_owned()));
    }
    if license.record.exclusive == Some(true) && heads.iter().all(|head| head.record.exclusive == Some(false))
    {
        what.push(("exclusive", "exclusivity".to_owned()));
    }
    let field = what.first()?.0;
    Some((field, what.into_iter().map(|(_, text)| text).collect()))
}
