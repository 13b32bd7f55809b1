//! One number for each entity: the kinds of its relations, and roughly how many it has.

/// Lets a walk along all kinds skip the lists that do not exist, and estimate its cost beforehand.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Outline(u32);

/// Bits for kinds; the last one stands for all further kinds.
const KINDS: u32 = 24;
const LAST: u32 = KINDS - 1;

impl Outline {
    pub(crate) const fn of(code: u32) -> Self {
        Self(code)
    }

    pub(crate) const fn code(self) -> u32 {
        self.0
    }

    /// Adds this many relations of the kind at a position.
    pub(crate) fn add(&mut self, place: usize, relations: usize) {
        let weight = packed(self.weight() + relations);
        let kinds = self.0 | 1 << (place as u32).min(LAST);
        self.0 = kinds & ((1 << KINDS) - 1) | weight << KINDS;
    }

    /// A bit set of the positions of kinds that may occur.
    pub(crate) const fn kinds(self) -> u64 {
        let others = if self.0 >> LAST & 1 != 0 { u64::MAX << LAST } else { 0 };
        (self.0 & ((1 << LAST) - 1)) as u64 | others
    }

    /// Approximate number of relations.
    pub(crate) const fn weight(self) -> usize {
        let code = self.0 >> KINDS;
        if code < 16 { code as usize } else { (code as usize & 7 | 8) << ((code >> 3) - 1) }
    }
}

/// Packs a number into eight bits: its four highest bits, and their position.
const fn packed(number: usize) -> u32 {
    if number < 16 {
        return number as u32;
    }
    let shift = number.ilog2() - 3;
    let code = (shift << 3) + (number >> shift) as u32;
    if code < 0xff { code } else { 0xff }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_nearly_right() {
        for number in (0..5_000).chain([1 << 20, (1 << 30) + 5, usize::MAX]) {
            let mut outline = Outline::default();
            outline.add(3, number);
            let weight = outline.weight();
            let most = number.min(15 << 30);
            assert!(weight <= number && weight >= most - most / 8, "{number} became {weight}");
        }
    }

    #[test]
    fn no_kind_is_missed() {
        for place in 0..64 {
            let mut outline = Outline::default();
            outline.add(0, 1);
            outline.add(place, 1);
            assert!(outline.kinds() & 1 << place != 0 && outline.kinds() & 1 != 0);
            assert_eq!(outline.weight(), 2);
        }
    }
}
