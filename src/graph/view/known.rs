//! The second clock (`known_by`): which sources a view has read, and what they can have said of a fact.
//!
//! Under [`View::known_by`] nothing later than its date exists. A source counts as read if it may have been published
//! by then. For a fact with several sources, what only unread ones can have said is removed from its record, so that no
//! answer shows it.

use super::entity::Entity;
use super::fact::Fact;
use super::view::View;
use crate::graph::build::figures;
use crate::graph::store::evidence::Said;
use crate::graph::store::facts::linked;
use crate::graph::store::index::{FactIx, RelationIx, SourceIx};
use crate::graph::store::relations::{Derived, Origin};
use crate::graph::store::rule::Rule;
use crate::graph::store::validity::{Certainty, Days, Validity};
use crate::model::fact_field::{FieldMut, tag};
use crate::model::vocabulary::FIELDS;
use crate::model::{Attribute, End, FactKind, FactRecord, RelationKind, Stance, Status};
use crate::value::{Date, Day};

/// What a view with a second clock knows about a fact.
struct Heard {
    /// The last day on which a supporting source that was read may have been published.
    newest: i32,
    /// The last day of the second clock.
    by: i32,
    /// Whether unread sources support the fact, too.
    more: bool,
}

impl Heard {
    /// Whether only an unread source can have stated a day, because it is later than all sources read.
    ///
    /// A day may be stated in advance, as a plan. It counts as stated later if an unread source can have stated it, or
    /// if the fact claims that the day came.
    fn is_untold(&self, date: Date, came: bool) -> bool {
        let first = date.earliest().or(date.latest()).map_or(i32::MIN, Day::number);
        first > self.newest && (self.more || came && first > self.by)
    }
}

impl View<'_> {
    /// How certain it is that a source was published by the second clock's date; without a clock, certain. A source
    /// without a date may have been.
    pub(crate) fn has_read(self, source: SourceIx) -> Option<Certainty> {
        let Some(by) = self.knowledge() else { return Some(Certainty::Certain) };
        match self.data().sources.get(source.get())?.published {
            Some(published) => Days::of(published).reached_by(by),
            None => Some(Certainty::Possible),
        }
    }

    /// Like [`View::has_read`], for what a source says. Support counts only if the source has a date, but a refutation
    /// casts doubt even without one.
    pub(crate) fn has_heard(self, said: &Said<'_>) -> Option<Certainty> {
        let is_dated = || self.data().sources.get(said.source.get()).is_some_and(|s| s.published.is_some());
        let counts = self.knowledge().is_none() || said.stance == Stance::Refutes || is_dated();
        self.has_read(said.source).filter(|_| counts)
    }

    /// Whether the view cites what it knows with this certainty: a view of what is certain cites only what is.
    pub(crate) fn cites(self, heard: Option<Certainty>) -> bool {
        heard == Some(Certainty::Certain) || heard.is_some() && !self.is_only_certain()
    }

    /// Whether a date has certainly come by the second clock's date; always, without a clock.
    pub(crate) fn knows_of(self, date: Date) -> bool {
        self.knowledge().is_none_or(|by| Days::of(date).reached_by(by) == Some(Certainty::Certain))
    }
}

impl Fact<'_> {
    /// When the newest supporting source that the view has read was published, as the last possible day.
    pub(crate) fn newest(self) -> Option<Date> {
        let latest = |date: Date| date.latest().unwrap_or(Day::MAX);
        let newest = self.published().map(latest).max()?;
        let by = self.view().knowledge().and_then(|by| Day::from_number(by.bounds().1));
        Some(Date::day(by.map_or(newest, |by| newest.min(by))))
    }

    /// When the first supporting source that the view has read was published, as earliest and latest possible day.
    pub(crate) fn first_read(self) -> Option<Days> {
        Days::first_of(self.published())
    }

    /// The dates of the supporting sources that the view may have read.
    pub(crate) fn published(self) -> impl Iterator<Item = Date> {
        let view = self.view();
        let supporting = self.said().filter(|said| said.stance == Stance::Supports);
        let read = supporting.filter(move |said| view.has_heard(said).is_some());
        read.filter_map(move |said| view.data().sources.get(said.source.get())?.published)
    }

    /// What the view knows about it; `None` without a second clock.
    fn heard(self) -> Option<Heard> {
        let (_, by) = self.view().knowledge()?.bounds();
        let newest = self.newest().and_then(Date::latest).map_or(i32::MIN, Day::number);
        let mut supporting = self.said().filter(|said| said.stance == Stance::Supports);
        let more = supporting.any(|said| self.view().has_heard(&said).is_none());
        Some(Heard { newest, by, more })
    }

    /// The record without what the view's second clock does not know yet.
    pub(crate) fn as_known(self, record: FactRecord) -> FactRecord {
        match self.heard() {
            Some(heard) => self.without_untold(record, &heard),
            None => record,
        }
    }

    fn without_untold(self, mut record: FactRecord, heard: &Heard) -> FactRecord {
        let ended = record.status == Some(Status::Ended);
        let done = ended || record.status == Some(Status::Completed);
        let mut is_plan = false;
        for date in [&mut record.since, &mut record.completed] {
            let untold = date.is_some_and(|date| heard.is_untold(date, done));
            is_plan |= untold;
            date.take_if(|_| untold);
        }
        // Fields that state only what has happened.
        let told_ahead = [tag::since, tag::completed, tag::withdrawn];
        for row in FIELDS.iter().filter(|row| !told_ahead.contains(&row.tag)) {
            if let Some(FieldMut::Date(date)) = record.field_mut(row.tag) {
                date.take_if(|date| heard.is_untold(*date, true));
            }
        }
        let until = |end: &mut End| matches!(end, End::On(date) if heard.is_untold(*date, ended));
        let goes_on = record.until.take_if(until).is_some();
        let called_off = record.withdrawn.take_if(|date| heard.is_untold(*date, true)).is_some();
        record.status = record.status.filter(|status| match status {
            Status::Completed => !is_plan,
            Status::Ended => !is_plan && !goes_on,
            Status::Withdrawn => !called_off,
            _ => true,
        });
        if is_plan && record.status.is_none() && record.withdrawn.is_none() {
            let stage = if record.signed.is_some() { Status::Agreed } else { Status::Announced };
            record.status = Some(stage);
        }
        if heard.more {
            self.forget_figures(&mut record);
        }
        self.forget_links(&mut record);
        let mut cited = self.said().map(|said| self.view().cites(self.view().has_heard(&said)));
        record.evidence.retain(|_| cited.next().unwrap_or(false));
        record
    }

    /// Removes the figures that only unread quotes state.
    fn forget_figures(self, record: &mut FactRecord) {
        let (mut read, mut unread) = (Vec::new(), Vec::new());
        for said in self.said() {
            let is_read = self.view().has_heard(&said).is_some();
            let words = if is_read { &mut read } else { &mut unread };
            words.extend(said.quote);
        }
        let later: Vec<&'static str> = figures::only_in(record, &unread, &read);
        for row in FIELDS.iter().filter(|row| later.contains(&row.name)) {
            match record.field_mut(row.tag) {
                Some(FieldMut::Money(money)) => *money = None,
                Some(FieldMut::Quantity(quantity)) => *quantity = None,
                Some(FieldMut::Term(term)) => *term = None,
                // Dates are judged by their days.
                _ => {}
            }
        }
        record.attributes.retain(|(attribute, _)| !later.contains(&attribute.name()));
    }

    /// Removes links to facts that are not known yet.
    fn forget_links(self, record: &mut FactRecord) {
        let (view, facts) = (self.view(), &self.view().data().facts);
        let linked_to = |links: &[(FactIx, FactIx)]| -> Vec<&str> {
            let known = linked(links, self.index()).map(|index| view.fact_at(index));
            known.filter(|fact| !fact.is_known()).map(Fact::id).collect()
        };
        let links = [&facts.part_of, &facts.tied_to, &facts.claims_of, &facts.replaces];
        let unknown = links.map(|links| linked_to(links)).concat();
        for row in FIELDS {
            match record.field_mut(row.tag) {
                Some(FieldMut::Fact(id)) => drop(id.take_if(|id| unknown.contains(&id.as_str()))),
                Some(FieldMut::Facts(ids)) => ids.retain(|id| !unknown.contains(&id.as_str())),
                _ => {}
            }
        }
    }

    /// Whether only quotes that the view has not read state one of its attributes.
    pub(crate) fn forgets(self, attribute: Attribute) -> bool {
        let is_forgetful = self.heard().is_some_and(|heard| heard.more);
        let has = |record: &FactRecord| record.attributes.iter().any(|(own, _)| *own == attribute);
        is_forgetful && !has(&self.bare_record())
    }
}

impl Entity<'_> {
    /// Whether the view's second clock, if any, knows it: a source published by then states it or a fact in which it
    /// takes part, or no source and no fact states it at all.
    ///
    /// Takes time linear in its facts.
    #[must_use]
    pub fn is_known(self) -> bool {
        let view = self.view();
        if view.knowledge().is_none() {
            return true;
        }
        let tells = |view: View<'_>| {
            let own = view.entity_at(self.index());
            own.facts().next().is_some() || own.evidence().next().is_some()
        };
        tells(view.at_any_date()) || !tells(view.graph_view())
    }
}

/// When a relation is in force before events end it, as far as the view's second clock knows.
pub(crate) fn validity(view: View<'_>, index: RelationIx) -> Validity {
    let data = view.data();
    let stated = data.facts.validity_of(&data.relations, index, &data.sources);
    if view.knowledge().is_none() {
        return stated;
    }
    match data.relations.origin(index) {
        Origin::Fact(fact) => view.fact_at(fact).own_validity(),
        Origin::Record(_) => stated,
        Origin::Derived(Derived { fact, rule, .. }) => {
            let known = view.fact_at(fact).own_validity();
            match rule {
                _ if known == data.facts.validity(fact, &data.sources) => stated,
                Rule::SellerHeld => known.before(view.fact_at(fact).first_read()),
                _ => known.until_end_of(stated),
            }
        }
    }
}

/// Whether the view's second clock, if any, knows the facts that a relation ties together.
pub(crate) fn knows_ties(view: View<'_>, index: RelationIx, fact: FactIx) -> bool {
    let data = view.data();
    if view.knowledge().is_none() || data.relations.kind(index) != RelationKind::IsLinkedTo {
        return true;
    }
    let mut tied = linked(&data.facts.tied_to, fact).map(|index| view.fact_at(index)).peekable();
    let (_, to) = data.relations.ends(index);
    let is_with = |other: &Fact<'_>| other.roles().any(|(_, entity)| entity.index() == to);
    let is_own = data.facts.kind(fact) == FactKind::Link;
    is_own || tied.peek().is_none() || tied.any(|other| is_with(&other) && other.is_known())
}

/// When an event that ends something happens, as far as the view's second clock knows.
pub(crate) fn event(view: View<'_>, fact: FactIx, by: Validity) -> Validity {
    if view.knowledge().is_none() {
        return by;
    }
    let known = view.fact_at(fact).own_validity();
    if known == view.data().facts.validity(fact, &view.data().sources) { by } else { known }
}
