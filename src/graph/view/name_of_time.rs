//! Historical names: a sentence uses the names that its parties had at the time.

use std::borrow::Cow;

use super::entity::Entity;
use super::fact::Fact;
use super::relation::Relation;
use crate::graph::store::entity_fields;
use crate::graph::store::validity::{Days, Validity};
use crate::value::Date;

impl<'g> Entity<'g> {
    /// The name that it had on a date, if it differs from [the current one](Self::name).
    ///
    /// Former names say until when they were used. `None` if none of them was certainly still in use on that date, or
    /// if the date is too vague to tell.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let graph = Graph::from_ron(r#"Graph(companies: {
    ///     "vela": (name: "Vela Group", former_names: [("Aldine", "2016-06"), ("Aldine Works", "1998")]),
    /// })"#)?;
    /// let vela = graph.view().find("Vela Group")?;
    /// let name = |date: &str| vela.former_name_on(date.parse().unwrap());
    /// assert_eq!((name("1990"), name("2012")), (Some("Aldine Works"), Some("Aldine")));
    /// assert_eq!((name("2016"), name("2020")), (None, None));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn former_name_on(self, date: Date) -> Option<&'g str> {
        self.former_name_in(Days::of(date))
    }

    fn former_name_in(self, days: Days) -> Option<&'g str> {
        let mut borne: Option<(Date, &'g str)> = None;
        for (name, until) in self.dated_former_names() {
            let is_given_up = Days::of(until).bounds().1 <= days.bounds().0;
            let is_borne = days.bounds().1 < Days::of(until).bounds().0;
            match (is_given_up, is_borne) {
                (true, _) => {}
                // Whether it was still in use is unclear.
                (false, false) => return None,
                (false, true) => {
                    let is_first =
                        borne.is_none_or(|(first, _)| Days::of(until).bounds() < Days::of(first).bounds());
                    if is_first {
                        borne = Some((until, name));
                    }
                }
            }
        }
        borne.map(|(_, name)| name).filter(|name| *name != self.name())
    }

    fn dated_former_names(self) -> impl Iterator<Item = (&'g str, Date)> {
        let former = self.fields().filter(|field| field.tag == entity_fields::FORMER_NAME);
        let former = former.filter_map(|field| entity_fields::former_name(field.value));
        former
            .filter_map(|(name, until)| Some((name, until?)))
            .filter(move |(_, until)| self.view().knows_of(*until))
    }

    /// As worded in a sentence about some days: "Daimler (now Mercedes-Benz Group)".
    fn told_name_in(self, days: impl FnOnce() -> Option<Days>) -> Cow<'g, str> {
        let has_former = self.dated_former_names().next().is_some();
        let former = has_former.then(days).flatten().and_then(|days| self.former_name_in(days));
        match former {
            Some(former) => Cow::Owned(format!("{former} (now {})", self.told_name())),
            None => self.told_name(),
        }
    }
}

impl<'g> Fact<'g> {
    /// A party as the sentences of this fact name it: by its name then, followed by its current name if that differs,
    /// as in "Daimler (now Mercedes-Benz Group)".
    ///
    /// An event uses the names of its day, what is over those of its last day, and what is still in force those of the
    /// view's date, else of today. An entity of another graph is named as it is there.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "vela": (name: "Vela Group", former_names: [("Aldine", "2016-06")]), "b": (name: "Brook") },
    ///     brands: { "m": (name: "Marlowe") },
    ///     facts: [Sale(id: "sale", seller: "vela", buyer: "b", of: "m", completed: "2012", unsourced: true)],
    /// )"#)?;
    /// let sale = graph.view().fact("sale").unwrap();
    /// assert_eq!(sale.sentence(), "Aldine (now Vela Group) sells to Brook: Marlowe (done 2012)");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn told_name(self, party: Entity<'g>) -> Cow<'g, str> {
        match self.view().adopt(party) {
            Some(party) => party.told_name_in(|| self.told_days()),
            None => party.told_name(),
        }
    }

    /// The days whose names its sentence uses.
    fn told_days(self) -> Option<Days> {
        if self.kind().row().event || !self.counts() {
            return self.date().map(Days::of);
        }
        match self.view().date() {
            None if !self.is_over() => None,
            asked => days_in_force(self.validity(), asked),
        }
    }
}

impl<'g> Relation<'g> {
    /// An end of the relation, or another party of its fact, as its sentence names it; see [`Fact::told_name`].
    ///
    /// What a rule derives from an event uses the names of the time in which it is in force, not of the event.
    #[must_use]
    pub fn told_name(self, party: Entity<'g>) -> Cow<'g, str> {
        let Some(party) = self.view().adopt(party) else { return party.told_name() };
        party.told_name_in(|| match self.fact().filter(|_| self.derived().is_none() && !self.is_tie()) {
            Some(fact) => fact.told_days(),
            None => days_in_force(self.validity(), self.view().date()),
        })
    }
}

/// The date asked for, or the last days in force if these are earlier or there is no date.
fn days_in_force(validity: Validity, asked: Option<Days>) -> Option<Days> {
    match asked {
        Some(date) if !validity.is_over_by(date) => Some(date),
        _ => validity.last_days(),
    }
}
