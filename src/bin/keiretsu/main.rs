//! The command line of keiretsu.

fn main() {}
