//! Questions of a filtered view: if nothing is left, which criterion left nothing?

use super::{Answer, Content};
use crate::graph::{Criterion, FactFilter, View};

/// A filter, and the filters that lack one of its criteria each.
///
/// ```
/// # use keiretsu::{FactFilter, Graph, Status};
/// use keiretsu::answer::{Filtering, Neighborhood};
///
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B", country: "US") },
///     facts: [ Supply(supplier: "a", customer: "b", since: "2016", unsourced: true) ],
/// )"#)?;
/// let (view, a) = (graph.view(), graph.view().find("A")?);
/// let filter = FactFilter::new().about(a).country("US".parse().unwrap()).status(Status::Withdrawn);
/// let filtering = Filtering::by(filter);
/// let answer = filtering.ask(view, |view| Ok::<_, keiretsu::Error>(Neighborhood::of(view.find("A")?).answer()))?;
/// assert_eq!(answer.rows().len(), 0);
/// assert!(answer.notes().contains(&"`--status Withdrawn` leaves nothing: without it there is 1".to_owned()));
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Filtering<'g> {
    filter: FactFilter<'g>,
    criteria: Vec<Criterion<'g>>,
}

impl<'g> Filtering<'g> {
    /// By this filter.
    #[must_use]
    pub fn by(filter: FactFilter<'g>) -> Self {
        Self { criteria: filter.criteria(), filter }
    }

    /// The view with the filter.
    #[must_use]
    pub fn view(&'g self, view: View<'g>) -> View<'g> {
        view.only(&self.filter)
    }

    /// Asks a question of the filtered view. If the answer is empty, notes say how many things it would list without
    /// one criterion, or without all; for this the question is asked again.
    ///
    /// # Errors
    /// Those of the question.
    pub fn ask<C: Content<'g>, E>(
        &'g self,
        view: View<'g>,
        question: impl Fn(View<'g>) -> Result<Answer<'g, C>, E>,
    ) -> Result<Answer<'g, C>, E> {
        let answer = question(self.view(view))?;
        if self.criteria.is_empty() || answer.content().count() > 0 {
            return Ok(answer);
        }
        let mut notes = Vec::new();
        if self.criteria.len() > 1 {
            for criterion in &self.criteria {
                let count = question(view.only(&criterion.rest))?.content().count();
                notes.extend((count > 0).then(|| leaves_nothing(&criterion.words, "it", count)));
            }
        }
        if notes.is_empty() {
            let count = question(view)?.content().count();
            let words: Vec<_> = self.criteria.iter().map(|criterion| criterion.words.as_str()).collect();
            let without = if words.len() == 1 { "it" } else { "all of these" };
            notes.extend((count > 0).then(|| leaves_nothing(&words.join(" "), without, count)));
        }
        Ok(answer.note(notes))
    }
}

fn leaves_nothing(words: &str, without: &str, count: usize) -> String {
    let are = if count == 1 { "is" } else { "are" };
    format!("`{words}` leaves nothing: without {without} there {are} {count}")
}
