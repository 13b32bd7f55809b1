//! Wording: relations and facts as English sentences, in their reading direction and tense.

mod clause;
mod note;
mod telling;
mod terms;
mod verb;
mod wording;

use std::borrow::Cow;
use std::fmt::{self, Formatter};

use self::telling::Telling;
pub(crate) use self::verb::share;
pub use self::wording::Wording;
use super::ending::Ending;
use super::entity::Entity;
use super::fact::Fact;
use super::list::list_of;
use super::relation::Relation;
use crate::model::Role;

impl<'g> Ending<'g> {
    /// "Acme was dissolved 2019-06-30 (`id`)", "Acme was merged into Bolt 2016 (`id`)".
    pub(crate) fn end_of(&self, entity: Entity<'g>) -> String {
        let successors: Vec<Entity<'g>> = self.fact.parties(Role::Successor).collect();
        let what = match successors.is_empty() {
            true => "dissolved".to_owned(),
            false => format!("merged into {}", list_of(self.fact, &successors)),
        };
        format!("{} was {what}{} (`{}`)", self.fact.told_name(entity), self.when(), self.fact.id())
    }
}

impl<'g> Relation<'g> {
    /// Its wording. Get it once to use several of the parts below.
    #[must_use]
    pub fn wording(self) -> Wording<'g> {
        Wording::of(self)
    }

    /// Label and inverse, as the fact's choices word them.
    pub(crate) fn labels(self) -> (&'static str, &'static str) {
        let kind = self.kind();
        let chosen = self.fact().and_then(|fact| verb::worded(fact, kind));
        chosen.unwrap_or((kind.label(), kind.inverse()))
    }

    /// [`Wording::label`]: like [`label`](Self::label), but worded as sought or called off if it is. It does not show
    /// whether it is [over](Self::is_over); [`phrase`](Self::phrase) does.
    #[must_use]
    pub fn told_label(self) -> String {
        self.wording().label()
    }

    /// [`Wording::verb`]: the verb in its sentence: "seeks to partner with", "owns 51% of", "owned 51% of".
    #[must_use]
    pub fn phrase(self) -> String {
        self.wording().verb()
    }

    /// [`Wording::note`]: when it happened or began: "announced 2016-05-31, reported", and whether it is disputed;
    /// empty if nothing is stated.
    #[must_use]
    pub fn date_note(self) -> String {
        self.wording().note()
    }

    /// [`Wording::about`]: what its fact is about, if the relation does not say it: for `SellsTo`, what is sold.
    #[must_use]
    pub fn about(self) -> Vec<Entity<'g>> {
        self.wording().about()
    }

    /// [`Wording::details`]: what its sentence leaves out of the fact, each with its lead words: who joins its subject
    /// or object, parties, territory, terms, amount and so on.
    ///
    /// A relation that shows only one side of its fact has the details of the principal one: a license says where it
    /// holds and whether it is exclusive from whichever end it is read.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "inns": (name: "Inns"), "hotels": (name: "Hotels") },
    ///     brands: { "m": (name: "MARLOWE") },
    ///     facts: [License(licensor: "hotels", licensee: "inns", of: "m", territory: ["DE"], exclusive: true, unsourced: true)],
    /// )"#)?;
    /// let brand = graph.view().find("MARLOWE")?;
    /// let told: Vec<_> = brand.relations().map(|r| format!("{r}{}", r.details())).collect();
    /// assert_eq!(told, ["MARLOWE is licensed out to Inns from Hotels in DE, exclusively"]);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn details(self) -> String {
        self.wording().details(&[])
    }
}

impl<'g> Fact<'g> {
    /// The whole fact as a sentence: parties, objects, dates, money, terms.
    #[must_use]
    pub fn sentence(self) -> String {
        clause::whole_sentence(&Telling::of(self), true)
    }

    /// Like [`Fact::sentence`], without the amount, for tables with a column for it.
    #[must_use]
    pub fn summary(self) -> String {
        clause::whole_sentence(&Telling::of(self), false)
    }

    /// The party that the sentence names first, by its name at that time.
    pub(crate) fn first_name(self) -> Option<Cow<'g, str>> {
        clause::first_party(self).map(|party| self.told_name(party))
    }

    /// Who does what to whom, without dates, money and terms.
    #[cfg(feature = "diagram")]
    pub(crate) fn core(self) -> String {
        clause::core(&Telling::of(self)).0
    }

    /// Its dates, term and stated confidence as a note: "announced 2016-05-31, reported"; empty if there are none.
    #[must_use]
    pub fn date_note(self) -> String {
        note::date_note(&Telling::of(self))
    }

    /// What the sentence of its principal relation leaves out: objects, territory, terms, amount.
    #[must_use]
    pub fn details(self) -> String {
        terms::details(&Telling::of(self))
    }
}

impl fmt::Display for Relation<'_> {
    /// The sentence, with its date: "Xiaomi buys from Microsoft (announced 2016-05-31, reported)".
    ///
    /// What is sought is worded from the one who seeks it, from whichever end it is [read](Relation::told).
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let wording = self.told().wording();
        let relation = wording.relation();
        let [subject, object] = [relation.subject(), relation.object()].map(|end| relation.told_name(end));
        write!(f, "{subject} {} {object}", wording.verb())?;
        let note = wording.note();
        if note.is_empty() { Ok(()) } else { write!(f, " ({note})") }
    }
}
