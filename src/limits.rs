//! Limits on reading, walking and answering.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The struct, and a method for each field that gives the same limits with this one changed.
macro_rules! limits {
    ($(#[$doc:meta])* struct Limits { $( $(#[$field_doc:meta])* $field:ident: $type:ty, )+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub struct Limits {
            $( $(#[$field_doc])* pub $field: $type, )+
            /// A flag that ends the work once it is set; looked at every 1,024 steps.
            pub cancel: Option<Cancel>,
        }

        impl Limits {
            $(
                /// The same limits but for this one.
                ///
                $(#[$field_doc])*
                #[must_use]
                pub const fn $field(mut self, $field: $type) -> Self {
                    self.$field = $field;
                    self
                }
            )+
        }
    };
}

limits! {
    /// Limits on reading and asking; whenever one cuts something, the answer says so.
    ///
    /// ```
    /// use keiretsu::{Cancel, Limits};
    /// let stop = Cancel::default(); // for another thread, or a request that is given up
    /// let few_rows = Limits::strict().rows(10).cancelled_by(&stop);
    /// assert!(few_rows.file_bytes < Limits::default().file_bytes);
    /// ```
    struct Limits {
        /// Bytes of a file.
        file_bytes: u64,
        /// Files in a folder.
        folder_files: usize,
        /// Bytes of all files in a folder.
        folder_bytes: u64,
        /// Bytes of a text.
        text_bytes: usize,
        /// Characters of a name or alias.
        name_chars: usize,
        /// Relations of a graph.
        relations: usize,
        /// Hops of a walk.
        hops: usize,
        /// Relations visited by a walk.
        steps: u64,
        /// Rows of an answer.
        rows: usize,
        /// Paths of an answer.
        paths: usize,
    }
}

impl Default for Limits {
    /// For graphs from a known author.
    fn default() -> Self {
        Self {
            file_bytes: 1 << 30,
            folder_files: 10_000,
            folder_bytes: 4 << 30,
            text_bytes: 64 << 10,
            name_chars: 1_024,
            relations: 12_000_000,
            hops: 32,
            steps: 10_000_000,
            rows: 10_000,
            paths: 1_000,
            cancel: None,
        }
    }
}

impl Limits {
    /// For graphs from unknown authors.
    #[must_use]
    pub fn strict() -> Self {
        Self {
            file_bytes: 8 << 20,
            folder_files: 100,
            folder_bytes: 64 << 20,
            relations: 1_000_000,
            steps: 1_000_000,
            ..Self::default()
        }
    }

    /// For your own graphs, of any size that fits in memory: only the limits of the format remain.
    #[must_use]
    pub fn trusted() -> Self {
        Self {
            file_bytes: u64::from(u32::MAX),
            folder_files: usize::MAX,
            folder_bytes: u64::MAX,
            relations: u32::MAX as usize - 1,
            hops: usize::MAX,
            steps: u64::MAX,
            rows: usize::MAX,
            paths: usize::MAX,
            ..Self::default()
        }
    }

    /// The same limits, with a flag that ends the work once another thread sets it.
    #[must_use]
    pub fn cancelled_by(mut self, flag: &Cancel) -> Self {
        self.cancel = Some(flag.clone());
        self
    }
}

/// A flag to end a walk from another thread.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Tells the walk to end.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the flag is set.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
