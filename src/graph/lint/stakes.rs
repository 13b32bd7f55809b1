//! Stakes that are impossible or seldom meant: more than 100%, own shares, closed rings.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, list, short_list, shown};
use crate::graph::build::derive::Misfit;
use crate::graph::build::problem::{Problem, Problems, Record};
use crate::graph::build::statement::may_be_one;
use crate::graph::store::index::FactIx;
use crate::graph::view::entity::Entity;
use crate::graph::view::relation::Relation;
use crate::graph::view::right::Right;
use crate::graph::view::stakes::{Counted, ShareRange, in_company};
use crate::graph::view::view::View;
use crate::model::{Attribute, RelationKind};
use crate::parallel::join_if_large;
use crate::value::{Decimal, Proportion};

/// Checks the stakes in force, those without an end. Takes time linear in the stakes.
///
/// In a large graph, two threads check half of the companies each. The result is the same.
pub(crate) fn check(
    view: View<'_>,
    position: &(dyn Fn(FactIx) -> Record + Sync),
    problems: &mut Problems<'_>,
) {
    let held = |company: &Entity<'_>| company.has_relations_of(RelationKind::OwnsShareOf);
    let companies: Vec<Entity<'_>> = view.entities().filter(held).collect();
    let (some, others) = companies.split_at(companies.len() / 2);
    let (mut checks, others) =
        join_if_large(companies.len(), || Checks::of(some, position), || Checks::of(others, position));
    checks.problems.append(others.problems, |listed| listed);
    checks.whole.extend(others.whole);
    checks.closed_rings();
    problems.append(checks.problems, |listed| listed);
}

/// Warns of purchases and sales whose figures contradict the stake stated before.
pub(crate) fn misfits(
    view: View<'_>,
    misfits: &[Misfit],
    position: &dyn Fn(FactIx) -> Record,
    problems: &mut Problems<'_>,
) {
    for misfit in misfits {
        let (holder, company) = (view.entity_at(misfit.holder), view.entity_at(misfit.company));
        let (holder, company) = (shown(holder.id()), shown(company.id()));
        let (share, before) = (misfit.share.words(), misfit.before.words());
        let (message, hint) = if misfit.is_sale {
            (
                format!("`{holder}` sells {share} of `{company}`, but had {before}"),
                "correct a share, or state what was bought in between",
            )
        } else {
            (
                format!("`{holder}` buys {share} of `{company}`, but had {before} already"),
                "`share` is what was bought, not what the buyer has in the end; that is stated as an Ownership",
            )
        };
        let place = position(misfit.fact).field("share", 0);
        problems.push(Problem::new(Code::SharesDoNotMeet, place, message).hint(hint));
    }
}

/// The holders of a fully held company.
type Holders<'g> = Vec<(Entity<'g>, Option<Relation<'g>>)>;

struct Checks<'a, 'g> {
    /// Finds the record that states a fact.
    position: &'a (dyn Fn(FactIx) -> Record + Sync),
    problems: Problems<'static>,
    /// Companies that are fully held, with no room for other holders.
    whole: HashMap<Entity<'g>, Holders<'g>>,
}

impl<'a, 'g> Checks<'a, 'g> {
    fn of(companies: &[Entity<'g>], position: &'a (dyn Fn(FactIx) -> Record + Sync)) -> Self {
        let mut checks = Self { position, problems: Problems::default(), whole: HashMap::new() };
        companies.iter().for_each(|company| checks.company(*company));
        checks
    }

    fn company(&mut self, company: Entity<'g>) {
        let found = in_company(company, Right::Equity);
        if found.direct.is_empty() && found.indirect.is_empty() {
            return;
        }
        for stake in found.direct.iter().chain(&found.indirect) {
            self.stake(company, stake);
        }
        if self.more_than_all(company, Right::Equity, &found.direct) {
            return;
        }
        for right in [Right::Votes, Right::Profit] {
            // Usually they are not stated, and then equal the capital, which has been checked.
            if !states(&found.direct, right) {
                continue;
            }
            let found = in_company(company, right);
            if self.more_than_all(company, right, &found.direct) {
                break;
            }
        }
        self.less_than_all(company, &found.direct);
        self.remember(company, found.direct);
    }

    fn record(&self, relation: Option<&Relation<'g>>) -> Option<Record> {
        let fact = relation?.fact()?;
        Some((self.position)(fact.index()))
    }

    fn push(
        &mut self,
        relation: Option<&Relation<'g>>,
        field: &'static str,
        code: Code,
        message: String,
        hint: &str,
    ) {
        let problem = match self.record(relation) {
            Some(record) => Problem::new(code, record.field(field, 0), message),
            None => Problem::nowhere(code, message),
        };
        self.problems.push(problem.hint(hint));
    }

    fn stake(&mut self, company: Entity<'g>, stake: &Counted<'g>) {
        if let Some(again) = &stake.again {
            self.twice(stake, again);
        }
        if stake.holder == company && stake.jointly.is_empty() {
            let message = format!("`{}` holds {} of itself", shown(company.id()), percent(stake.span));
            let hint = "correct the owner, unless the company really holds own shares";
            self.push(stake.relations.first(), "owner", Code::OwnShares, message, hint);
        }
        let is_stated = stake.relations.iter().any(|relation| relation.share().is_some());
        if stake.span.high == Proportion::ZERO && is_stated {
            let (holder, id) = (held_by(stake), shown(company.id()));
            let holds = if stake.jointly.is_empty() { "holds" } else { "hold" };
            let message = format!("{holder} {holds} 0% of `{id}`, which is no stake");
            let hint = "a share that was kept back is `undisclosed`; one that is not known is left out";
            self.push(stake.relations.first(), "share", Code::NoShare, message, hint);
        }
    }

    /// The lint for facts stated twice reports those whose dates agree, or may agree: report each only once.
    fn twice(&mut self, stake: &Counted<'g>, again: &Relation<'g>) {
        let record = |relation: &Relation<'g>| relation.fact().map(|fact| fact.record());
        let Some(own) = record(again) else { return };
        let is_told = |other: &Relation<'g>| {
            record(other).is_none_or(|other| other.dates().eq(own.dates()) || may_be_one(&other, &own))
        };
        let Some(first) = stake.relations.iter().find(|other| *other != again && !is_told(other)) else {
            return;
        };
        let (Some(record), Some(earlier)) = (self.record(Some(again)), self.record(Some(first))) else {
            return;
        };
        let message =
            format!("the stake of {} in `{}` is stated twice", held_by(stake), shown(again.to().id()));
        let problem = Problem::new(Code::StakeTwice, record.whole(), message)
            .also(earlier.whole())
            .hint("say when each figure was taken (`as_of`), when the older stake ended (`until`), or in what they differ");
        self.problems.push(problem);
    }

    /// Reports holders who together have more than 100%, with the sum, and returns whether they do.
    fn more_than_all(&mut self, company: Entity<'g>, right: Right, holders: &[Counted<'g>]) -> bool {
        let lows = || holders.iter().map(|stake| stake.span.low);
        let Some(sum) = lows().try_fold(Proportion::ZERO, Proportion::checked_add) else { return false };
        let is_open = holders.iter().any(|stake| stake.span.low_is_open);
        if sum < Proportion::ONE || sum == Proportion::ONE && !is_open {
            return false;
        }
        let held: Vec<&Counted<'g>> =
            holders.iter().filter(|stake| stake.span.low > Proportion::ZERO).collect();
        let texts: Vec<String> =
            held.iter().map(|stake| format!("{} ({})", held_by(stake), percent(stake.span))).collect();
        let of = match right {
            Right::Equity => "it",
            Right::Votes => "its votes",
            Right::Profit => "its profit",
        };
        let more = if sum == Proportion::ONE { "more than " } else { "" };
        let sum = in_percent(sum);
        let message = format!(
            "the holders of `{}` have {more}{sum} of {of}: {}",
            shown(company.id()),
            short_list(&texts)
        );
        let last = held.last().and_then(|stake| stake.relations.last());
        let field = if right == Right::Equity { "share" } else { right.name() };
        self.push(
            last,
            field,
            Code::SharesAboveAll,
            message,
            "correct a share, or say when a stake ended (`until`)",
        );
        true
    }

    fn less_than_all(&mut self, company: Entity<'g>, holders: &[Counted<'g>]) {
        let most = holders.iter().try_fold(Proportion::ZERO, |sum, stake| sum.checked_add(stake.span.high));
        let is_open = holders.iter().any(|stake| stake.span.high_is_open);
        let is_less = |most: &Proportion| *most < Proportion::ONE || *most == Proportion::ONE && is_open;
        let Some(most) = most.filter(|most| company.record().holders_complete && is_less(most)) else {
            return;
        };
        let bound = if is_open { "less than" } else { "at most" };
        let message = format!(
            "the holders of `{}` are said to be all there are, but have {bound} {}",
            shown(company.id()),
            in_percent(most)
        );
        let first = holders.first().and_then(|stake| stake.relations.first());
        self.push(
            first,
            "share",
            Code::NotAll,
            message,
            "add the holder that is missing, or take out `holders_complete`",
        );
    }

    fn remember(&mut self, company: Entity<'g>, holders: Vec<Counted<'g>>) {
        let sum = holders.iter().try_fold(Proportion::ZERO, |sum, stake| sum.checked_add(stake.span.low));
        if sum == Some(Proportion::ONE) {
            let held = holders.into_iter().filter(|stake| stake.span.low > Proportion::ZERO);
            let holders = held.flat_map(|stake| {
                let all = if stake.jointly.is_empty() { vec![stake.holder] } else { stake.jointly };
                let first = stake.relations.first().copied();
                all.into_iter().map(move |holder| (holder, first))
            });
            let holders = holders.collect();
            self.whole.insert(company, holders);
        }
    }

    /// Finds companies that hold each other fully: those left after repeatedly removing companies with any holder
    /// outside.
    fn closed_rings(&mut self) {
        let mut held: HashMap<Entity<'g>, Vec<Entity<'g>>> = HashMap::new();
        let mut open: Vec<Entity<'g>> = Vec::new();
        for (company, holders) in &self.whole {
            for (holder, _) in holders {
                held.entry(*holder).or_default().push(*company);
            }
            if holders.iter().any(|(holder, _)| !self.whole.contains_key(holder)) {
                open.push(*company);
            }
        }
        let mut out: HashSet<Entity<'g>> = open.iter().copied().collect();
        while let Some(company) = open.pop() {
            let next = held.get(&company).into_iter().flatten();
            open.extend(next.filter(|company| out.insert(**company)));
        }
        let mut closed: Vec<Entity<'g>> =
            self.whole.keys().filter(|company| !out.contains(company)).copied().collect();
        closed.sort_unstable();
        let mut seen: HashSet<Entity<'g>> = HashSet::new();
        for company in closed {
            let ring = self.connected(company, &held, &out);
            if seen.insert(company) {
                seen.extend(ring.iter().copied());
                self.closed_ring(company, &ring);
            }
        }
    }

    /// The connected companies of a closed ring, in id order.
    fn connected(
        &self,
        company: Entity<'g>,
        held: &HashMap<Entity<'g>, Vec<Entity<'g>>>,
        out: &HashSet<Entity<'g>>,
    ) -> Vec<Entity<'g>> {
        let mut ring = vec![company];
        let mut seen = HashSet::from([company]);
        let mut at = 0;
        while let Some(member) = ring.get(at).copied() {
            at += 1;
            let above = self.whole.get(&member).into_iter().flatten().map(|(holder, _)| *holder);
            let below = held.get(&member).into_iter().flatten().copied();
            ring.extend(
                above.chain(below).filter(|one| !out.contains(one) && seen.insert(*one)).collect::<Vec<_>>(),
            );
        }
        ring.sort_unstable();
        ring
    }

    fn closed_ring(&mut self, first: Entity<'g>, ring: &[Entity<'g>]) {
        let mut names: Vec<String> =
            ring.iter().take(5).map(|one| format!("`{}`", shown(one.id()))).collect();
        if ring.len() > 5 {
            names.push(format!("{} more", ring.len() - 5));
        }
        let message = format!("nobody outside holds any of {}: they hold all of one another", list(&names));
        let message = if ring.len() == 1 { format!("{} holds all of itself", list(&names)) } else { message };
        let relation =
            self.whole.get(&first).and_then(|holders| holders.first()).and_then(|(_, relation)| *relation);
        let hint = "look for the owner that is missing, or the share that is too high";
        self.push(relation.as_ref(), "share", Code::ClosedRing, message, hint);
    }
}

/// "`ann`", "`ann` and `bo` jointly".
fn held_by(stake: &Counted<'_>) -> String {
    if stake.jointly.is_empty() {
        return format!("`{}`", shown(stake.holder.id()));
    }
    let names: Vec<String> = stake.jointly.iter().map(|one| format!("`{}`", shown(one.id()))).collect();
    format!("{} jointly", list(&names))
}

/// Whether any stake states a share of a right other than the capital.
fn states(stakes: &[Counted<'_>], right: Right) -> bool {
    let attribute = if right == Right::Votes { Attribute::Votes } else { Attribute::Profit };
    let mut facts = stakes.iter().flat_map(|stake| &stake.relations).flat_map(|relation| relation.claims());
    facts.any(|claim| {
        claim
            .fact()
            .is_some_and(|fact| fact.bare_record().attributes.iter().any(|(own, _)| *own == attribute))
    })
}

fn percent(span: ShareRange) -> String {
    let low = in_percent(span.low);
    match (span.low == span.high, span.low_is_open) {
        (true, _) => low,
        (false, true) => format!("more than {low}"),
        (false, false) => format!("{low} or more"),
    }
}

/// A part of 1 in percent, or as a fraction if it has no finite decimal.
fn in_percent(part: Proportion) -> String {
    let percent = part.decimal().and_then(|part| part.checked_mul(Decimal::from(100)));
    percent.map_or_else(|| part.to_string(), |percent| format!("{percent}%"))
}
