//! Ownership and control: cases worked out by hand, properties against a naive solver, scale, bad input.

mod golden;
mod naive;
mod properties;
mod random;
mod scale;
