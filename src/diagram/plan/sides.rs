//! The lines of a card: they lead from those who act, to those acted upon, and to the objects.

use std::collections::{HashMap, HashSet};

use crate::graph::{Entity, Fact, Relation};
use crate::model::vocabulary::Projection;
use crate::model::{FactKind, RelationKind, Role};

/// A line between a card and an entity.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spoke<'g> {
    pub(crate) entity: Entity<'g>,
    pub(crate) role: Role,
    /// Whether it leads from the card to the entity.
    pub(crate) is_outward: bool,
    pub(crate) has_head: bool,
    /// A word that the card does not contain.
    pub(crate) word: Option<&'static str>,
}

pub(super) fn spokes<'g>(
    fact: Fact<'g>,
    principal: Relation<'g>,
    relations: &[Relation<'g>],
    known: &HashSet<Entity<'g>>,
) -> Vec<Spoke<'g>> {
    let sides = Sides::of(fact, principal.kind());
    let touched: HashSet<_> = relations.iter().flat_map(|r| [r.from(), r.to()]).collect();
    let mut seen: HashMap<Entity<'g>, Role> = HashMap::new();
    let mut spokes = Vec::new();
    let mut first_side = 0;
    for (role, entity) in fact.roles() {
        let is_party = sides.has(role) && (touched.contains(&entity) || role.is_object());
        if !known.contains(&entity) || !is_party || seen.insert(entity, role).is_some() {
            continue;
        }
        first_side += usize::from(sides.inward == Some(role));
        spokes.push(sides.spoke(role, entity));
    }
    if sides.is_round {
        // Equal partners: half of them on either side.
        for spoke in spokes.iter_mut().filter(|s| sides.inward == Some(s.role)).skip(first_side.div_ceil(2)) {
            spoke.is_outward = true;
        }
    }
    spokes
}

/// Which side of its card each role is on.
struct Sides {
    inward: Option<Role>,
    outward: Option<Role>,
    /// Roles from other projections.
    others: Vec<Role>,
    is_mutual: bool,
    /// Symmetric, with one side only.
    is_round: bool,
}

impl Sides {
    fn of(fact: Fact<'_>, principal: RelationKind) -> Self {
        let row = fact.kind().row();
        let main = row.projections.iter().find(|projection| projection.kind() == principal);
        let (inward, outward, is_mutual) = match (fact.kind(), main) {
            // Software goes from its owner to its installer.
            (FactKind::PreInstall, _) => (Some(Role::Principal), Some(Role::Installer), false),
            (_, Some(Projection::Each(_, from, to))) => (Some(*from), Some(*to), false),
            (_, Some(Projection::Mutual(_, side, other))) => (Some(*side), *other, true),
            (_, None) => (None, None, false),
        };
        let others = row.projections.iter().flat_map(|projection| match projection {
            Projection::Each(_, from, to) => vec![*from, *to],
            Projection::Mutual(_, side, other) => std::iter::once(*side).chain(*other).collect(),
        });
        let objects = row.roles.iter().map(|row| row.role).filter(|role| role.is_object());
        let is_round = is_mutual && outward.is_none_or(|role| fact.parties(role).next().is_none());
        Self { inward, outward, others: others.chain(objects).collect(), is_mutual, is_round }
    }

    fn has(&self, role: Role) -> bool {
        self.inward == Some(role) || self.outward == Some(role) || self.others.contains(&role)
    }

    fn spoke<'g>(&self, role: Role, entity: Entity<'g>) -> Spoke<'g> {
        // Software enters the card and leaves with its devices; so does what a seller sells to an acquirer.
        let is_outward = self.inward != Some(role) && !matches!(role, Role::Software | Role::Seller);
        let has_head = self.outward == Some(role) && !self.is_mutual;
        let is_said = self.inward == Some(role) || self.outward == Some(role);
        let word = match role {
            _ if is_said => None,
            Role::Seller => Some("sells"),
            Role::Over => Some("over"),
            Role::Software => Some("software"),
            Role::Device => Some("on"),
            Role::Accused => Some("accusing"),
            _ => None,
        };
        Spoke { entity, role, is_outward, has_head, word }
    }
}
