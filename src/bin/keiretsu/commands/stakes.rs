//! `keiretsu stakes`

use keiretsu::{Entity, Outcome, StoppedBy, Verdict};

use super::overfull::placed;
use super::own_shares::{add as add_own_shares, note as note_own_shares};
use super::owner_chains::{CHAINS, chains, explain, way};
use super::owner_rows::Row;
use super::owner_table::{STAKES, joint_note, table, through_statements};
use super::owner_tests::{by_rule, left_out, note_one_at_a_time, note_rounded, tests};
use super::reading_notes::note as note_readings;
use super::readings::Readings;
use super::rings::ring_words;
use super::together;
use crate::failure::Failure;
use crate::output::{Answer, counted, name};
use crate::owner_args::StakesArgs;
use crate::session::{Session, organisation};

pub(crate) fn run(session: &Session, args: &StakesArgs) -> Result<u8, Failure> {
    let tests = tests(&args.test, None, &args.several)?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let Some(wanted) = args.name.as_ref().filter(|_| args.several.is_empty()) else {
        return together::stakes(session, view, args, &tests);
    };
    let owner = organisation(view, wanted)?;
    let ownership = view.ownership().within(&session.limits);
    let mut found = Vec::new();
    for test in tests {
        let stakes = ownership.stakes(owner, test);
        found.push(stakes.map_err(|error| placed(session, &ownership, test.right(), error))?);
    }
    left_out(&found);
    let (chains, is_cut) =
        chains(session, &found, |test, longest| ownership.chains_from(owner, test, CHAINS, longest));
    let mut readings = Readings::default();
    let mut rows: Vec<Row<'_>> = found
        .iter()
        .zip(&chains)
        .flat_map(|(owners, chains)| owners.rows.iter().map(move |owner| (owner, owners, chains)))
        .filter(|(stake, ..)| !(session.options.certain && stake.verdict == Verdict::MayCount))
        .map(|(owner, owners, chains)| Row::of_stake(owner, owners, chains, &mut readings))
        .collect();
    add_own_shares(&mut rows, &ownership, None);
    let disputed = found.iter().any(|owners| owners.is_disputed);
    let outcome = match (found.iter().any(|owners| owners.is_cut), is_cut) {
        (true, _) => Outcome::Stopped(StoppedBy::Steps),
        (false, true) => Outcome::Stopped(StoppedBy::Hops),
        (false, false) => Outcome::Complete,
    };
    Answer::new("stakes", STAKES, rows).disputed(disputed).outcome(outcome).print(session, |rows, page| {
        let all: usize = found.iter().map(|owners| owners.rows.len()).sum();
        if all == 0 {
            page.line(&format!("no stake of {owner} is stated"));
        } else if rows.len() < all {
            let left = counted(all - rows.len(), "stake");
            page.line(&format!("left out with --certain: {left} with which {owner} possibly counts"));
        }
        for same in rows.chunk_by(|one, other| one.test == other.test) {
            if let Some(first) = same.first() {
                page.line(&format!("stakes of {} by the rule {}:", name(owner), by_rule(first.test)));
                table(same, page, |row| note(row, owner), true);
            }
        }
        let mut listed = Vec::new();
        for ring in found.iter().flat_map(|owners| &owners.rings) {
            if !listed.contains(ring) {
                page.line(&ring_words(ring));
                listed.push(ring.clone());
            }
        }
        found.iter().for_each(|owners| note_rounded(owners, page));
        note_one_at_a_time(&found, page);
        note_own_shares(rows.iter().flat_map(|row| &row.own_shares), page);
        note_readings(rows.iter().flat_map(|row| &row.other_readings), page);
        explain(rows, page);
    })
}

fn note(row: &Row<'_>, owner: Entity<'_>) -> String {
    match (&row.direct, row.why.first(), joint_note(row)) {
        _ if row.entity() == Some(owner) => "(in itself)".to_owned(),
        (Some(direct), ..) if *direct == row.share => "(directly)".to_owned(),
        (Some(direct), _, None) => format!("({direct} directly)"),
        (Some(direct), _, Some(joint)) => format!("({direct} directly, and {joint})"),
        (None, _, Some(joint)) => format!("({joint})"),
        (None, Some(chain), None) if chain.stakes.len() == 1 => "(declared indirect)".to_owned(),
        (None, Some(chain), None) => format!("({})", way(chain, row.test.right())),
        (None, None, None) => through_statements(row).unwrap_or_default(),
    }
}
