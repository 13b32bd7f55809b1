//! When an entity bore each of its names.

use crate::graph::store::validity::{Days, Validity};
use crate::model::{Attribute, AttributeValue, EntityRecord, FactRecord, FormerName};
use crate::value::Date;

/// What happens to an entity once.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Founded,
    Dissolved,
}

impl What {
    /// What an event says happened, and when.
    pub(crate) fn of(event: &FactRecord) -> Option<(Self, Days)> {
        let what = event.attributes.iter().find_map(|(attribute, value)| match (attribute, value) {
            (Attribute::What, AttributeValue::Choice("Founded")) => Some(Self::Founded),
            (Attribute::What, AttributeValue::Choice("Dissolved")) => Some(Self::Dissolved),
            _ => None,
        });
        Some((what?, Days::of(event.completed?)))
    }
}

/// The names of an entity over time.
pub(crate) struct Lives {
    /// The ends of its former names, in order.
    ends: Vec<Date>,
    has_undated: bool,
    founded: Option<Days>,
    dissolved: Option<Days>,
}

impl Lives {
    /// From an entity's record, and the dates of its events.
    pub(crate) fn new(record: &EntityRecord, event: impl Fn(What) -> Option<Days>) -> Self {
        let mut ends: Vec<Date> = record.former_names.iter().filter_map(|former| former.until).collect();
        ends.sort_unstable();
        let has_undated = ends.len() < record.former_names.len();
        Self { ends, has_undated, founded: event(What::Founded), dissolved: event(What::Dissolved) }
    }

    /// When a name begins: after the previous one, or with the entity if it is the first.
    fn start(&self, previous: Option<Date>) -> (i32, i32) {
        let previous = previous.map(Days::of).or(self.founded);
        let (first, last) = previous.map_or((i32::MIN, i32::MIN), Days::bounds);
        // A name without a date may have come in between.
        if self.has_undated { (first, i32::MAX) } else { (first, last) }
    }

    /// When the present name is borne.
    pub(crate) fn now(&self) -> Validity {
        let (first, last) = self.start(self.ends.last().copied());
        let end = self.dissolved.map_or((i32::MAX, i32::MAX), Days::bounds);
        Validity::from_parts([first, last, end.0, end.1])
    }

    /// When a former name was borne.
    pub(crate) fn of_former(&self, former: &FormerName) -> Validity {
        let Some(until) = former.until else {
            return Validity::from_parts([i32::MIN, i32::MAX, i32::MIN, i32::MAX]);
        };
        let previous = self.ends.iter().copied().take_while(|end| *end < until).last();
        let ((first, last), (end, latest)) = (self.start(previous), Days::of(until).bounds());
        Validity::from_parts([first, last.min(latest), end, latest])
    }
}
