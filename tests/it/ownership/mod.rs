//! Ownership and control: cases worked out by hand, properties against a naive solver, scale, bad input.

mod bands;
mod control;
mod doubted;
mod extremes;
mod fraction;
mod golden;
mod kept;
mod large_rings;
mod naive;
mod own_shares;
mod properties;
mod random;
mod rolling;
mod scale;
mod together;
mod views;
