//! Indices of entities, facts, relations and sources: one type each, so that they cannot be mixed up.

macro_rules! index {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) struct $name(u32);

        impl $name {
            /// The n-th; the limits keep every count below `u32::MAX`.
            pub(crate) fn new(n: usize) -> Self {
                Self(u32::try_from(n).unwrap_or(u32::MAX))
            }

            /// The index with this number.
            #[allow(dead_code, reason = "not every index is stored as a number")]
            pub(crate) const fn of(number: u32) -> Self {
                Self(number)
            }

            /// Its number.
            #[allow(dead_code, reason = "not every index is stored as a number")]
            pub(crate) const fn number(self) -> u32 {
                self.0
            }

            pub(crate) const fn get(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index! {
    /// An entity of a graph.
    EntityIx
}
index! {
    /// A fact of a graph.
    FactIx
}
index! {
    /// A relation of a graph.
    RelationIx
}
index! {
    /// A source of a graph.
    SourceIx
}
