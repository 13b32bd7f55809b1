//! What one entity holds of another over time, as a line of states: what is stated, and how purchases and sales change
//! it.

use std::collections::HashMap;

use super::amount::{Held, either};
use super::order::by_content;
use super::stated::{Class, Latest, Stated};
use super::{Event, Holding, World};
use crate::graph::store::cuts::Cut;
use crate::graph::store::doubts::{Doubts, Ground};
use crate::graph::store::facts::Facts;
use crate::graph::store::index::{EntityIx, FactIx, RelationIx};
use crate::graph::store::relations::Origin;
use crate::graph::store::rule::EndRule;
use crate::graph::store::validity::Validity;
use crate::model::RelationKind;

/// What one entity holds of another, over time.
pub(crate) struct Line {
    pub(crate) holding: Holding,
    /// The statements, in order of days once [sorted](Self::sort).
    pub(crate) stated: Vec<Stated>,
    /// How many of the statements have been applied.
    taken: usize,
    /// What ends the states, in order of days.
    steps: Vec<Cut>,
    /// Cuts by unordered statements, such as those without a day. They replace what follows from events at any time.
    undated: Vec<Cut>,
    /// The relations that events left, each with the first step that may end it.
    pieces: Vec<(RelationIx, FactIx, usize)>,
    /// The latest statement for each class.
    classes: HashMap<Class, Latest>,
    now: State,
    /// The event that left it.
    last: Option<FactIx>,
    /// When the latest statement ends.
    pub(crate) ends: Validity,
    /// The first day on which what is held now may have been held.
    since: i32,
    /// What was held before each event, for other claims about the event and for facts that replace it.
    before: HashMap<FactIx, Option<Held>>,
    /// The facts by which it was bought.
    pub(crate) bought: Vec<FactIx>,
    /// Some of the joint holders sold, and nothing has been stated since.
    pub(crate) is_loose: bool,
}

/// What is held around the last event.
#[derive(Clone, Copy)]
struct State {
    before: Option<Held>,
    after: Option<Held>,
    /// When the event happened; `None` if only statements count.
    by: Option<Validity>,
}

impl Line {
    pub(crate) fn new(holding: Holding) -> Self {
        Self {
            holding,
            stated: Vec::new(),
            taken: 0,
            steps: Vec::new(),
            undated: Vec::new(),
            pieces: Vec::new(),
            classes: HashMap::new(),
            now: State { before: None, after: None, by: None },
            last: None,
            ends: Validity::ALWAYS,
            since: i32::MIN,
            before: HashMap::new(),
            bought: Vec::new(),
            is_loose: false,
        }
    }

    /// Puts the statements in order of days, and those of one day in order of what they say.
    pub(crate) fn sort(&mut self, facts: &Facts) {
        self.stated.sort_by(|one, other| {
            let by_day = one.seen.bounds().cmp(&other.seen.bounds());
            by_day
                .then_with(|| by_content(facts, one.fact, other.fact))
                .then(one.relation.cmp(&other.relation))
        });
    }

    /// Applies statements for as long as `is_next` holds.
    fn take(&mut self, doubts: &mut Doubts, is_next: impl Fn(&Stated) -> bool) {
        while let Some(stated) = self.stated.get_mut(self.taken).filter(|stated| is_next(stated)) {
            self.taken += 1;
            self.is_loose = false;
            // A rumour ends nothing.
            if !self.pieces.is_empty() && !stated.is_rumour {
                let by = Validity::beginning(stated.seen);
                let cut = Cut { fact: stated.fact, by, rule: EndRule::StatedStake };
                let is_in_order =
                    self.steps.last().is_none_or(|last| last.by.parts().first() <= by.parts().first());
                if is_in_order { self.steps.push(cut) } else { self.undated.push(cut) }
            }
            stated.from = self.steps.len();
            self.classes.retain(|_, latest| !stated.replaces.contains(&latest.fact));
            let earlier = self.classes.get(&stated.class);
            let is_claim = |latest: &&Latest| stated.claims.is_some() && latest.claims == stated.claims;
            let is_same =
                |latest: &&Latest| is_claim(latest) || latest.validity.parts() == stated.validity.parts();
            let again = earlier.filter(|_| self.now.by.is_none()).filter(is_same);
            let mut held = again.map_or(stated.held, |latest| latest.held.or(stated.held, doubts));
            let validity = again.filter(|latest| latest.validity.outlasts(stated.validity));
            let validity = validity.map_or(stated.validity, |latest| latest.validity);
            if stated.is_open {
                let before =
                    if self.now.by.is_some() { self.now.after } else { earlier.map(|latest| latest.held) };
                held = held.doubted(doubts.ground(Ground::Relation(stated.relation)), before, doubts);
            }
            let (since, _) = stated.validity.start_days().bounds();
            let has_some = self.now.by.map_or(!self.classes.is_empty(), |_| self.now.after.is_some());
            self.since = if has_some { self.since.min(since) } else { since };
            let latest = Latest { held, validity, fact: stated.fact, claims: stated.claims };
            self.classes.insert(stated.class.clone(), latest);
            self.ends = validity;
            self.now = State { before: None, after: None, by: None };
        }
    }

    /// An event leaves this; claims about one event leave what any of them says.
    fn leave(&mut self, held: Option<Held>, by: Validity, event: Event, is_again: bool, doubts: &mut Doubts) {
        let before = self.before.get(&event.origin).copied().flatten();
        if before.is_none() {
            (self.since, _) = by.start_days().bounds();
        }
        let is_in_force = is_again && self.now.by.is_some();
        let after = if is_in_force { either(self.now.after, held, doubts) } else { held };
        self.now = State { before, after, by: Some(by) };
        self.last = Some(event.origin);
    }

    /// What is held just before an event. Who passes on by it what it had nothing of before has received it by then.
    fn state(&mut self, event: Validity, is_giver: bool, doubts: &mut Doubts) -> Option<Held> {
        let State { before, after, by } = self.now;
        let Some(by) = by else {
            self.classes.retain(|_, latest| !latest.validity.ends_before(event));
            let mut classes: Vec<_> = self.classes.iter().collect();
            classes.sort_by_key(|(one, _)| *one);
            // Who passes on its only stake had it; any other may not have begun yet.
            let is_given = is_giver && classes.len() == 1;
            let all = classes.into_iter().map(|(_, latest)| {
                let is_sure = is_given || latest.validity.surely_begins_in(event);
                if is_sure { latest.held } else { latest.held.or_nothing() }
            });
            return all.reduce(|sum, held| sum.plus(held, doubts).0);
        };
        if self.ends.ends_before(event) && self.ends != Validity::ALWAYS {
            return None;
        }
        let is_received = is_giver && before.is_none() && !by.may_never_begin();
        let has_happened = is_received || by.surely_begins_by(event);
        if has_happened { after } else { Held::around(before, after, by, doubts) }
    }

    /// Whether what is held has certainly begun once an event has certainly happened.
    pub(super) fn surely_begins_in(&self, event: Event) -> bool {
        let begins = |latest: &Latest| latest.validity.surely_begins_in(event.validity);
        self.now.by.is_some() || self.classes.values().any(begins)
    }

    /// Forgets when a stake ends that may have ended before an event; gives whether it may.
    pub(super) fn may_have_ended_by(&mut self, event: Event) -> bool {
        let may_have = self.ends.may_end_before(event.validity);
        if may_have {
            self.ends = Validity::ALWAYS;
        }
        may_have
    }

    /// The days after the one on which an event is to be taken, and in its range, for which something is stated.
    pub(super) fn stated_after(&self, event: Event) -> impl DoubleEndedIterator<Item = i32> {
        self.in_range(event).iter().map(|stated| stated.seen.bounds().0)
    }

    /// The last of these days for which a holding is stated that began earlier.
    pub(super) fn going_on_after(&self, event: Event) -> Option<i32> {
        let goes_on = |stated: &&Stated| stated.validity.start_days().bounds().0 <= event.day;
        self.in_range(event).iter().rfind(goes_on).map(|stated| stated.seen.bounds().0)
    }

    fn in_range(&self, event: Event) -> &[Stated] {
        let first = self.stated.partition_point(|stated| stated.seen.bounds().0 <= event.day);
        let end = self.stated.partition_point(|stated| stated.seen.bounds().0 <= event.last());
        self.stated.get(first..end).unwrap_or_default()
    }

    /// When an event changes what is held: not before that may have begun, nor before an earlier event.
    pub(super) fn narrowed(&self, event: Event) -> Validity {
        let earlier = self.steps.last().map_or(i32::MIN, |cut| cut.by.start_days().bounds().0);
        event.validity.not_before(self.since).not_before(earlier)
    }

    /// Whether what is held now is a figure of a day before which, in the range of an event, it may have been held.
    pub(super) fn is_read_within(&self, event: Event) -> bool {
        let read = self.taken.checked_sub(1).and_then(|last| self.stated.get(last));
        let first = event.validity.not_before(self.since).start_days().bounds().0;
        self.now.by.is_none() && read.is_some_and(|read| first < read.seen.bounds().0)
    }
}

impl World<'_, '_> {
    /// What is held just before an event, remembered for other claims about it.
    pub(crate) fn before(&mut self, line: usize, event: Event, is_buyer: bool) -> Option<Held> {
        let held = self.held(line, event, is_buyer);
        self.lines.get_mut(line)?.before.insert(event.origin, held);
        held
    }

    /// What is held just before an event. A statement of the same day counts as the result of the event for a buyer,
    /// and as the stake before it for a seller.
    pub(super) fn held(&mut self, line: usize, event: Event, is_buyer: bool) -> Option<Held> {
        let same = self.claims.of(event.origin).iter().copied();
        let replaced = self.replaces.get(&event.origin).into_iter().flatten().copied();
        let others: Vec<FactIx> = same.chain(replaced).collect();
        let (line, doubts) = (self.lines.get_mut(line)?, &mut self.relations.doubts);
        let first = event.validity.parts()[0];
        line.take(doubts, |stated| {
            let (earliest, latest) = stated.seen.bounds();
            if is_buyer { latest < first } else { earliest <= event.day }
        });
        let validity = if is_buyer { event.validity } else { line.narrowed(event) };
        let known = others.iter().find_map(|fact| line.before.get(fact).copied());
        known.unwrap_or_else(|| line.state(validity, !is_buyer, doubts)).map(|held| held.settled_by(validity))
    }

    /// Whether nothing was stated about it, and no other event left any of it.
    pub(crate) fn is_new(&self, line: usize, event: Event) -> bool {
        self.lines.get(line).is_some_and(|line| {
            line.taken == 0 && line.pieces.iter().all(|(_, fact, _)| self.is_same(*fact, event))
        })
    }

    /// Whether the last event of a line is another claim about this one.
    fn is_again(&self, line: usize, event: Event) -> bool {
        let last = self.lines.get(line).and_then(|line| line.last);
        last.is_some_and(|last| last != event.origin && self.is_same(last, event))
    }

    /// Records that an event ends what was held before, and leaves this.
    pub(crate) fn change(
        &mut self,
        line: usize,
        event: Event,
        by: Validity,
        held: Option<Held>,
        rule: EndRule,
    ) {
        let rule = if held.is_none() && rule == EndRule::StakeChanged { EndRule::Sold } else { rule };
        let is_again = self.is_again(line, event);
        if let Some(line) = self.lines.get_mut(line) {
            line.steps.push(Cut { fact: event.origin, by, rule });
            line.leave(held, by, event, is_again, &mut self.relations.doubts);
        }
        if held.is_none() && self.facts.is_refuted(event.origin) {
            self.doubt(line, Ground::Fact(event.origin));
        }
    }

    /// Records that an event leaves this, and ends nothing.
    pub(crate) fn begin(&mut self, line: usize, event: Event, by: Validity, held: Held) {
        let is_again = self.is_again(line, event);
        if let Some(line) = self.lines.get_mut(line) {
            line.ends = Validity::ALWAYS;
            line.leave(Some(held), by, event, is_again, &mut self.relations.doubts);
        }
    }

    /// Remembers the relation that an event left.
    pub(crate) fn piece(&mut self, n: usize, piece: Option<RelationIx>, event: Event) {
        if let (Some(line), Some(piece)) = (self.lines.get_mut(n), piece) {
            line.pieces.push((piece, event.origin, line.steps.len()));
            if self.is_open(event.origin) {
                self.doubt(n, Ground::Relation(piece));
            }
        }
    }

    /// Marks what the last event of a line left as open to doubt: if it did not happen, what was before remains.
    fn doubt(&mut self, line: usize, ground: Ground) {
        let doubts = &mut self.relations.doubts;
        let Some(line) = self.lines.get_mut(line) else { return };
        let ground = doubts.ground(ground);
        line.now.after = match (line.now.after, line.now.before) {
            (Some(after), before) => Some(after.doubted(ground, before, doubts)),
            (None, before) => before.map(|before| before.or_nothing().doubted(ground, None, doubts)),
        };
    }

    /// Applies the remaining statements, and turns all lines into cuts.
    pub(crate) fn end_lines(&mut self, cuts: &mut super::Cuts) {
        let mut disordered = Vec::new();
        for line in &mut self.lines {
            line.take(&mut self.relations.doubts, |_| true);
            if line.steps.is_sorted_by_key(|cut| cut.by.start_days().bounds().0) {
                cuts.add_line(&line.steps, &line.ended());
            } else {
                disordered.push(line);
            }
        }
        for line in disordered {
            cuts.add_disordered_line(&line.steps, &line.ended());
        }
        for line in &self.lines {
            for cut in &line.undated {
                cuts.add_to_all(line.pieces.iter().map(|(piece, ..)| *piece), *cut);
            }
        }
        self.undo_purchases(cuts);
    }

    /// Ends the connection of a company with its buyer if the buyer no longer holds it at the end.
    fn undo_purchases(&self, cuts: &mut super::Cuts) {
        let mut undone: HashMap<(FactIx, EntityIx, EntityIx), Cut> = HashMap::new();
        for line in self.lines.iter().filter(|line| line.holding.0.1 == RelationKind::OwnsShareOf) {
            let Some(cut) = line.last_end() else { continue };
            let (holder, _, company) = line.holding.0;
            undone.extend(line.bought.iter().map(|fact| ((*fact, holder, company), cut)));
        }
        if undone.is_empty() {
            return;
        }
        for relation in self.relations.of_kind(RelationKind::Acquires) {
            let (from, to) = self.relations.ends(relation);
            let Origin::Fact(fact) = self.relations.origin(relation) else { continue };
            if let Some(cut) = undone.get(&(fact, from, to)) {
                cuts.add(relation, &[*cut]);
            }
        }
    }
}

impl Line {
    /// What its steps end, with the first step that may.
    fn ended(&self) -> Vec<(RelationIx, usize)> {
        let stated = self.stated.iter().map(|stated| (stated.relation, stated.from));
        let pieces = self.pieces.iter().map(|(piece, _, from)| (*piece, *from));
        stated.chain(pieces).collect()
    }

    /// What finally ended the stake, if it has ended.
    fn last_end(&self) -> Option<Cut> {
        match (self.now.by, self.now.after) {
            (Some(_), None) => self.steps.last().map(|last| Cut { rule: EndRule::SoldOn, ..*last }),
            // The latest statement has an end.
            (None, _) => self.stated.last().and_then(|stated| {
                let by = Validity::beginning(stated.validity.end_days());
                let is_over = stated.validity.ends().1.is_some();
                is_over.then_some(Cut { fact: stated.fact, by, rule: EndRule::SoldOn })
            }),
            _ => None,
        }
    }
}
