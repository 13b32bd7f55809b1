//! Chains of title: sellers of a patent who, according to the graph, never held it.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::diagnostic::{Code, shown};
use crate::graph::build::problem::{Problem, Problems, Record};
use crate::graph::store::index::FactIx;
use crate::graph::view::entity::Entity;
use crate::graph::view::fact::Fact;
use crate::graph::view::view::View;
use crate::model::{EntityKind, FactKind, RelationKind, Role};

/// Who received a patent by which fact.
struct Step<'g> {
    fact: Fact<'g>,
    holders: Vec<Entity<'g>>,
}

/// Warns of sellers of a patent who never held it, nor succeeded anybody who did.
///
/// Title passes by assignment and by succession (35 U.S.C. 261): a parent company or an acquirer does not hold what the
/// company holds. The first known seller is taken to be the original holder, and people to be inventors.
pub(crate) fn check(view: View<'_>, position: &dyn Fn(FactIx) -> Record, problems: &mut Problems<'_>) {
    let steps = steps(view);
    let mut reported: HashSet<(FactIx, Entity<'_>)> = HashSet::new();
    let mut predecessors = Predecessors { known: HashMap::new() };
    for (patent, own) in &steps {
        let sales = own.iter().map(|step| step.fact).filter(|fact| fact.kind() == FactKind::Sale);
        let mut before: Option<Vec<&Step<'_>>> = None;
        for sale in sales {
            let all = before.get_or_insert_with(|| with_wholes_and_parts(*patent, &steps));
            for (n, seller) in sale.parties(Role::Seller).enumerate() {
                if matches!(seller.kind(), EntityKind::Person | EntityKind::Unspecified) {
                    continue;
                }
                let earlier: Vec<_> = all.iter().filter(|step| may_be_before(step.fact, sale)).collect();
                let Some(last) = earlier.last() else { continue };
                let is_first = is_first_seller(seller, all);
                let mut is_held = || {
                    let held: HashSet<_> = earlier.iter().flat_map(|step| &step.holders).copied().collect();
                    predecessors.of(seller).iter().any(|one| held.contains(one))
                };
                if is_first || is_held() || !reported.insert((sale.index(), seller)) {
                    continue;
                }
                let message = format!(
                    "`{}` sells `{}`, which by the graph it never held",
                    shown(seller.id()),
                    shown(patent.id())
                );
                problems.push(
                    Problem::new(Code::TitleGap, position(sale.index()).field("seller", n), message)
                        .also(position(last.fact.index()).whole())
                        .label("of a seller who never got it")
                        .hint("add the assignment or succession that is missing, or say who held it (`Holding`)"),
                );
            }
        }
    }
}

/// The steps of each patent, in order of facts.
fn steps<'g>(view: View<'g>) -> BTreeMap<Entity<'g>, Vec<Step<'g>>> {
    let mut steps: BTreeMap<Entity<'g>, Vec<Step<'g>>> = BTreeMap::new();
    for fact in view.facts() {
        let role = match fact.kind() {
            FactKind::Sale => Role::Buyer,
            FactKind::Holding => Role::Holder,
            _ => continue,
        };
        if !fact.counts() {
            continue;
        }
        for patent in fact.parties(Role::Of).filter(|object| object.kind() == EntityKind::Patent) {
            let holders = fact.parties(role).collect();
            steps.entry(patent).or_default().push(Step { fact, holders });
        }
    }
    steps.retain(|_, steps| steps.len() > 1 || steps.iter().any(|step| step.fact.kind() == FactKind::Sale));
    steps
}

/// The steps of a patent, of the families and portfolios that contain it, and of its own members.
fn with_wholes_and_parts<'s, 'g>(
    patent: Entity<'g>,
    steps: &'s BTreeMap<Entity<'g>, Vec<Step<'g>>>,
) -> Vec<&'s Step<'g>> {
    let others = patent.neighbors(RelationKind::IsPartOf).map(|(_, other)| other);
    let mut all: Vec<&Step<'g>> =
        std::iter::once(patent).chain(others).filter_map(|one| steps.get(&one)).flatten().collect();
    all.sort_by_key(|step| step.fact.index());
    all.dedup_by_key(|step| step.fact.index());
    all
}

/// Whether a fact may have happened before another, or at the same time.
fn may_be_before(fact: Fact<'_>, sale: Fact<'_>) -> bool {
    let [first, ..] = fact.validity().parts();
    let [_, last, ..] = sale.validity().parts();
    fact != sale && first <= last
}

/// Whether a seller made the first sale, so that it held the patent from the beginning.
fn is_first_seller(seller: Entity<'_>, steps: &[&Step<'_>]) -> bool {
    let sales = steps.iter().map(|step| step.fact).filter(|fact| fact.kind() == FactKind::Sale);
    let mut own = sales.filter(|sale| sale.parties(Role::Seller).any(|party| party == seller));
    own.any(|sale| {
        let [first, ..] = sale.validity().parts();
        !steps.iter().any(|step| {
            let [_, last, ..] = step.fact.validity().parts();
            step.fact != sale && last < first
        })
    })
}

/// Predecessors of entities, each computed once.
struct Predecessors<'g> {
    known: HashMap<Entity<'g>, Vec<Entity<'g>>>,
}

impl<'g> Predecessors<'g> {
    /// An entity with all its predecessors, and the units and parent organisations of each.
    fn of(&mut self, entity: Entity<'g>) -> &[Entity<'g>] {
        self.known.entry(entity).or_insert_with(|| {
            let mut all = vec![entity];
            let mut seen: HashSet<Entity<'g>> = all.iter().copied().collect();
            let mut at = 0;
            while let Some(one) = all.get(at).copied() {
                at += 1;
                let before = one.neighbors(RelationKind::Succeeds);
                let before = before.filter(|(relation, _)| relation.from() == one).map(|(_, other)| other);
                let units = one.neighbors(RelationKind::IsUnitOf).map(|(_, other)| other);
                all.extend(before.chain(units).filter(|other| seen.insert(*other)).collect::<Vec<_>>());
            }
            all
        })
    }
}
