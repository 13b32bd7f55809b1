//! How acquisitions change stakes.

use super::amount::Held;
use super::{Event, Gain, Holding, Misfit, World};
use crate::graph::store::index::EntityIx;
use crate::graph::store::rule::{EndRule, Rule};
use crate::graph::store::validity::Validity;
use crate::model::{RelationKind, Role};
use crate::value::Share;

impl World<'_, '_> {
    pub(crate) fn acquisition(&mut self, event: Event) {
        let event = self.narrowed(event);
        let acquired = self.facts.share(event.origin);
        let acquirers = self.in_role(event, Role::Acquirer);
        let sellers = self.in_role(event, Role::Seller);
        for target in self.in_role(event, Role::Target) {
            self.sell_stakes(&sellers, target, acquired, event);
            for acquirer in &acquirers {
                let held = match (acquired, acquirers.len()) {
                    // How much each of several acquirers gets is not stated.
                    (_, 2..) => Held::unknown(),
                    (None, _) => Held::whole(),
                    (Some(share), _) => Held::of(share),
                };
                let validity =
                    if acquirers.len() > 1 { event.validity.only_possible() } else { event.validity };
                let gain = Gain { rule: Rule::AcquirerOwns, held, ends: Validity::ALWAYS };
                let event = Event { validity, ..event };
                self.gain(((*acquirer, RelationKind::OwnsShareOf, target), None), gain, event);
            }
        }
    }

    /// Sells from what the sellers hold alone, and from what they all hold jointly. A stake that a seller holds jointly
    /// with others who do not sell is touched only if the seller has no other known stake.
    fn sell_stakes(&mut self, sellers: &[EntityIx], target: EntityIx, sold: Option<Share>, event: Event) {
        let pair = |seller: EntityIx| (seller, RelationKind::OwnsShareOf, target);
        let (whole, partly) = self.joint_among(sellers, target);
        let whole: Vec<_> =
            whole.into_iter().filter(|jointly| self.is_held_jointly(*jointly, target, event)).collect();
        let mut holders = whole.len();
        let mut apart = Vec::new();
        for seller in sellers {
            let line = self.line_if_needed((pair(*seller), None));
            let has_own = line.is_some_and(|line| self.before(line, event, false).is_some());
            let has_joint = whole.iter().any(|jointly| self.relations.joint(*jointly).contains(seller));
            if has_own || !has_joint {
                holders += 1;
            }
            if !has_own && !has_joint {
                apart.push(*seller);
            }
        }
        // How much each of several holders sold is not stated.
        let each = if holders == 1 { sold } else { sold.map(Held::up_to) };
        for seller in sellers {
            self.sell_stake((pair(*seller), None), each, event);
        }
        for jointly in whole {
            for holder in self.relations.joint(jointly).to_vec() {
                self.sell_stake((pair(holder), Some(jointly)), each, event);
            }
        }
        for jointly in partly {
            if self.relations.joint(jointly).iter().any(|holder| apart.contains(holder)) {
                self.loosen(jointly, target, event);
            }
        }
    }

    /// Ends the seller's stake, or reduces it by a smaller share.
    fn sell_stake(&mut self, holding: Holding, sold: Option<Share>, event: Event) {
        let Some(line) = self.line_if_needed(holding) else { return };
        let Some(held) = self.before(line, event, false) else { return };
        let rest = sold.and_then(|sold| held.less(sold));
        // What was read on a day may be what was left.
        let is_read = event.is_vague() && self.lines.get(line).is_some_and(|line| line.is_read_within(event));
        let rest = rest.map(|rest| if is_read { held.or(rest, &mut self.relations.doubts) } else { rest });
        if let (Some(share), Some(sold)) = (held.share(), sold)
            && sold.low() > share.high()
        {
            let (holder, _, company) = holding.0;
            let misfit =
                Misfit { fact: event.origin, holder, company, before: share, share: sold, is_sale: true };
            self.misfits.push(misfit);
        }
        self.leave_rest(holding, line, rest, event);
    }

    /// Ends a stake, and leaves the rest of it, if any.
    pub(crate) fn leave_rest(&mut self, holding: Holding, line: usize, rest: Option<Held>, event: Event) {
        let ends = self.lines.get(line).map_or(Validity::ALWAYS, |line| line.ends);
        self.change(line, event, event.validity, rest, EndRule::StakeChanged);
        let Some(rest) = rest else { return };
        // Possibly nothing remains.
        let begins = if rest.may_be_nothing() { event.validity.only_possible() } else { event.validity };
        let (pair, jointly) = holding;
        let derived = self.left(Rule::SellerKeepsRest, rest, jointly, event);
        let piece = self.add(pair, begins.until_end_of(ends), derived);
        self.piece(line, piece, event);
    }
}
