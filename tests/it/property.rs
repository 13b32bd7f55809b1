//! How property tests run: the same made-up cases every time, so that a build passes or fails for what is in it. To search
//! further, ask for others and for more:
//!
//! ```sh
//! KEIRETSU_SEED=random KEIRETSU_TIMES=20 cargo test --test it
//! ```

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

/// So many cases, or `KEIRETSU_TIMES` times as many; of the seed `KEIRETSU_SEED`, a number or `random`.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    let times =
        std::env::var("KEIRETSU_TIMES").map_or(1, |times| times.parse().expect("KEIRETSU_TIMES: a number"));
    let rng_seed = match std::env::var("KEIRETSU_SEED").as_deref() {
        Ok("random") => RngSeed::Random,
        Ok(seed) => RngSeed::Fixed(seed.parse().expect("KEIRETSU_SEED: a number, or `random`")),
        Err(_) => RngSeed::Fixed(1),
    };
    let cases = cases.saturating_mul(times);
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..ProptestConfig::default() }
}
