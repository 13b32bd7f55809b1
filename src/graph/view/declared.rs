//! Events that no relation shows: declarations that nobody owns more than a threshold, which differs from missing data,
//! and events described only by their note.

use super::entity::Entity;
use super::fact::Fact;
use crate::model::{Attribute, AttributeValue, FactKind, Role};

/// The choice of an `Event` that declares this.
const NO_OWNER: &str = "NoOwnerDeclared";

/// The choice of an `Event` that no other describes.
const OTHER: &str = "Other";

impl Fact<'_> {
    /// Whether only its note says what happened: an `Event` with `what: Other`.
    #[must_use]
    pub fn is_told_by_its_note(self) -> bool {
        self.kind() == FactKind::Event && is_what(self, OTHER)
    }
}

impl<'g> Entity<'g> {
    /// Declarations that nobody owns it above a threshold, as registers of beneficial owners record them: an `Event`
    /// with `what: NoOwnerDeclared` and the `share` that nobody has, such as `">25%"`.
    ///
    /// Those that count and that the view shows, in the order given. In the United Kingdom's register they are
    /// statements that there is no registrable person (Companies Act 2006, section 790M and schedule 1A); in the
    /// Beneficial Ownership Data Standard, the unspecified reason `noBeneficialOwners`. Takes time linear in the facts
    /// in which it takes part.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "kelp": (name: "Kelpie Boats") },
    ///     facts: [Event(of: "kelp", what: NoOwnerDeclared, share: ">25%", completed: "2023-01-09", unsourced: true)],
    /// )"#)?;
    /// let declared = graph.view().find("Kelpie Boats")?.no_owner_declared();
    /// assert_eq!(declared[0].sentence(), "Kelpie Boats declares no owner (done 2023-01-09) with more than 25%");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn no_owner_declared(self) -> Vec<Fact<'g>> {
        let declares = |fact: &Fact<'g>| {
            let is_one = fact.kind() == FactKind::Event && fact.counts();
            is_one && is_what(*fact, NO_OWNER) && fact.parties(Role::Of).any(|of| of == self)
        };
        self.facts().filter(declares).collect()
    }
}

fn is_what(fact: Fact<'_>, word: &'static str) -> bool {
    let wanted = AttributeValue::Choice(word);
    fact.attributes().any(|(attribute, value)| attribute == Attribute::What && value == wanted)
}
