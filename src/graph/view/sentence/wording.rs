//! A relation to be put into words.

use std::borrow::Cow;

use super::note::{date_note, derived_note};
use super::telling::Telling;
use super::{terms, verb};
use crate::graph::view::entity::Entity;
use crate::graph::view::fact::Fact;
use crate::graph::view::relation::Relation;

/// The wording of a relation: the parts of its sentence, each made on demand.
///
/// Use one value for several parts, so that the record of the fact is rebuilt only once.
///
/// ```
/// # use keiretsu::Graph;
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "Acme"), "b": (name: "Bolt") },
///     facts: [Supply(supplier: "a", customer: "b", since: "2015", amount: "USD 5 million", unsourced: true)],
/// )"#)?;
/// let supply = graph.view().find("Bolt")?.relations().next().unwrap();
/// let wording = supply.wording();
/// assert_eq!((wording.verb(), wording.label()), ("is supplied by".to_owned(), "supplies".to_owned()));
/// assert_eq!((wording.note(), wording.details(&[])), ("since 2015".to_owned(), " for USD 5 million".to_owned()));
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Wording<'g> {
    relation: Relation<'g>,
    telling: Option<Telling<'g>>,
}

impl<'g> Wording<'g> {
    pub(super) fn of(relation: Relation<'g>) -> Self {
        Self { relation, telling: relation.fact().map(Telling::of) }
    }

    /// The relation.
    #[must_use]
    pub const fn relation(&self) -> Relation<'g> {
        self.relation
    }

    /// The verb in the reading direction, as in the sentence: "seeks to partner with", "owned 51% of".
    #[must_use]
    pub fn verb(&self) -> String {
        verb::verb(self)
    }

    /// The verb from its start to its end, worded as sought or called off if it is: "was to acquire". Does not show
    /// what is over.
    #[must_use]
    pub fn label(&self) -> String {
        verb::label(self.relation)
    }

    /// When it happened or began, and whether it is disputed: "announced 2016-05-31, reported"; empty if nothing is
    /// stated.
    ///
    /// A tie between two facts has no date of its own, whatever dates the facts have.
    #[must_use]
    pub fn note(&self) -> String {
        let note = self.undisputed_note();
        match (self.relation.is_disputed(), note.is_empty()) {
            (false, _) => note,
            (true, true) => "disputed".to_owned(),
            (true, false) => format!("{note}, disputed"),
        }
    }

    /// What its fact is about, if the relation does not say it: for `SellsTo`, what is sold.
    #[must_use]
    pub fn about(&self) -> Vec<Entity<'g>> {
        terms::about(self.relation)
    }

    /// What the sentence leaves out of the fact; see [`Relation::details`]. `objects` are all that the sentence names
    /// as objects, and are not repeated.
    #[must_use]
    pub fn details(&self, objects: &[Entity<'g>]) -> String {
        terms::relation_details(self, objects, true)
    }

    /// The details without the amount, for where it has sources of its own: not every one of several claims need state
    /// it.
    #[must_use]
    pub fn details_without_amount(&self, objects: &[Entity<'g>]) -> String {
        terms::relation_details(self, objects, false)
    }

    /// The amount: " for USD 350 million"; empty if none is stated.
    #[must_use]
    pub fn amount(&self) -> String {
        terms::relation_amount(self.relation)
    }

    fn undisputed_note(&self) -> String {
        let relation = self.relation;
        let note = match (&self.telling, relation.derived()) {
            (Some(telling), Some(rule)) => derived_note(telling, rule, &relation.rests_on()),
            (Some(telling), None) if !relation.is_tie() => date_note(telling),
            _ => String::new(),
        };
        match relation.doubt() {
            Some(doubt) if note.is_empty() => doubt.to_string(),
            Some(doubt) => format!("{note}; {doubt}"),
            None => note,
        }
    }

    /// Like [`Relation::is_over`].
    pub(super) fn is_over(&self) -> bool {
        let relation = self.relation;
        let is_over = || self.telling.as_ref().is_some_and(Telling::is_over);
        !relation.is_tie() && relation.derived().is_none() && is_over()
    }

    /// The telling of a fact, which is usually that of the relation.
    pub(super) fn telling_of(&self, fact: Fact<'g>) -> Cow<'_, Telling<'g>> {
        match &self.telling {
            Some(own) if own.fact() == fact => Cow::Borrowed(own),
            _ => Cow::Owned(Telling::of(fact)),
        }
    }
}
