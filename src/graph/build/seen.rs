//! Which hashes come more than once, and how many things of one hash are compared.

/// With so many names of one neighborhood is a name compared; so nobody can make it cost the square.
pub(crate) const MOST_COMPARED: usize = 8;

/// Which hashes came more than once, by two bits for each of many slots: of others it may say so, too.
pub(crate) struct DuplicateFilter {
    once: Vec<u64>,
    twice: Vec<u64>,
}

impl DuplicateFilter {
    /// For about so many hashes.
    pub(crate) fn of(hashes: usize) -> Self {
        let words = (hashes / 4).next_power_of_two();
        Self { once: vec![0; words], twice: vec![0; words] }
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        // The low bits of a sum of products say less than the high ones.
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
