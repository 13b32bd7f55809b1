//! Finds hashes that occur more than once, and bounds how many items of one hash are compared.

/// A name is compared with at most this many of its neighborhood, so that no input makes this quadratic.
pub(crate) const MOST_COMPARED: usize = 8;

/// Which hashes occurred more than once, in two bits for each of many slots. May give false positives.
pub(crate) struct DuplicateFilter {
    once: Vec<u64>,
    twice: Vec<u64>,
}

impl DuplicateFilter {
    /// A filter sized for about this many hashes.
    pub(crate) fn of(hashes: usize) -> Self {
        let words = (hashes / 4).next_power_of_two();
        Self { once: vec![0; words], twice: vec![0; words] }
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        // The low bits of a sum of products carry less information than the high ones.
        let mixed = hash ^ (hash >> 29);
        ((mixed >> 6) as usize & (self.once.len() - 1), 1 << (mixed & 63))
    }

    pub(crate) fn count(&mut self, hash: u64) {
        let (word, bit) = self.place(hash);
        if let (Some(once), Some(twice)) = (self.once.get_mut(word), self.twice.get_mut(word)) {
            *twice |= *once & bit;
            *once |= bit;
        }
    }

    pub(crate) fn was_twice(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.twice.get(word).is_some_and(|twice| twice & bit != 0)
    }
}
