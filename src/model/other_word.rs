//! Words that people write for fields and kinds which have another name here.

use crate::diagnostic::list_or;

/// Words for fields, and which fields they may mean: those that the record has.
const FIELDS: &[(&[&str], &[&str])] = &[
    (&["price", "value", "sum", "cost", "worth", "money", "currency", "consideration"], &["amount"]),
    (&["stake", "percent", "percentage", "shares"], &["share"]),
    (&["pieces", "volume", "number", "count"], &["quantity"]),
    (&["buyer", "purchaser"], &["acquirer", "buyer", "investor", "owner", "customer"]),
    (&["acquirer", "purchased_by", "sold_to"], &["buyer"]),
    (&["vendor", "sold_by"], &["seller"]),
    (&["acquired", "acquiree", "bought"], &["target"]),
    (&["company", "organisation", "organization", "employer"], &["at", "target", "owned", "controlled"]),
    (&["officer", "director", "employee", "executive"], &["person"]),
    (&["role", "job", "post", "office", "function"], &["position"]),
    (&["title"], &["position", "name"]),
    (&["name"], &["title"]),
    (&["shareholder", "holder"], &["owner"]),
    (&["subsidiary", "subsidiaries"], &["child"]),
    (&["parties", "partners"], &["between", "partner", "member"]),
    (&["product", "products", "patent", "patents", "object", "asset", "assets", "goods"], &["of", "over"]),
    (&["start", "started", "begin", "begins", "beginning"], &["since"]),
    (&["from"], &["seller", "licensor", "since"]),
    (&["end", "ended", "ends", "expires", "expiry"], &["until"]),
    (&["to"], &["buyer", "licensee", "customer", "until"]),
    (&["date", "when", "day", "year"], &["published", "announced", "completed", "since"]),
    (&["duration", "length", "period"], &["term"]),
    (&["country", "countries", "region", "where"], &["territory"]),
    (&["state"], &["status"]),
    (&["type"], &["kind", "what", "how"]),
    (&["comment", "comments", "description", "remark"], &["note"]),
    (&["link", "homepage", "web"], &["url", "website"]),
    (&["url"], &["website"]),
    (&["lei", "isin", "wikidata", "register"], &["identifiers"]),
    (&["sector", "branch"], &["industry"]),
    (&["citation", "reference", "references", "according_to"], &["source"]),
];

/// Words for kinds of facts, and what to write.
const KINDS: &[(&[&str], &[&str])] = &[
    (&["merger", "merge", "amalgamation"], &["Succession(how: Merger)"]),
    (&["spinoff", "demerger"], &["Succession(how: SpinOff)"]),
    (&["split", "breakup"], &["Succession(how: Split)"]),
    (&["takeover", "buyout"], &["Acquisition"]),
    (&["purchase"], &["Acquisition", "Sale"]),
    (&["divestment", "divestiture", "disposal", "donation", "auction", "assignment"], &["Sale"]),
    (&["funding", "financing", "fundinground"], &["Investment"]),
    (&["shareholding", "shareholder", "stake", "stakeholding"], &["Ownership"]),
    (&["parent", "affiliate"], &["Subsidiary"]),
    (&["venture", "jv"], &["JointVenture"]),
    (&["collaboration", "cooperation", "alliance"], &["Partnership"]),
    (&["contract", "settlement", "memorandum", "deal"], &["Agreement"]),
    (&["lawsuit", "suit", "trial", "dispute", "complaint"], &["Litigation"]),
    (&["employment", "employee", "director", "directorship", "officer", "executive"], &["Position"]),
    (&["appointment", "job", "chair", "boardmember", "boardseat"], &["Position"]),
    (&["ipo", "listing", "flotation"], &["Event(what: Listed)"]),
    (&["insolvency", "bankruptcy"], &["Event(what: Insolvent)"]),
    (&["foundation", "founding", "incorporation"], &["Event(what: Founded)"]),
    (&["dissolution", "liquidation"], &["Event(what: Dissolved)"]),
    (&["sanction", "sanctions"], &["Event(what: Sanctioned)"]),
];

/// "did you mean `amount`?", where the word is a well-known other one for some of these fields.
pub(crate) fn field(word: &str, fields: &[&str]) -> Option<String> {
    let meant = meant(FIELDS, word)?;
    proposal(meant.iter().copied().filter(|name| fields.contains(name)))
}

/// "did you mean `Acquisition`?", where the word is a well-known other one for a kind of fact.
pub(crate) fn kind(word: &str) -> Option<String> {
    proposal(meant(KINDS, word)?.iter().copied())
}

/// The kinds of facts that the word is a well-known other one for, without their choices.
#[cfg(feature = "answer")]
pub(crate) fn kinds(word: &str) -> Vec<&'static str> {
    let all = meant(KINDS, word).unwrap_or_default().iter();
    all.map(|kind| kind.split_once('(').map_or(*kind, |(name, _)| name)).collect()
}

fn meant(
    table: &'static [(&'static [&'static str], &'static [&'static str])],
    word: &str,
) -> Option<&'static [&'static str]> {
    let is_it = |own: &&str| own.eq_ignore_ascii_case(word);
    table.iter().find(|(words, _)| words.iter().any(is_it)).map(|(_, meant)| *meant)
}

fn proposal<'n>(names: impl Iterator<Item = &'n str>) -> Option<String> {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| format!("did you mean {}?", list_or(&names)))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{FIELDS, KINDS};
    use crate::model::FactKind;

    #[test]
    fn a_word_stands_once_and_leads_to_a_kind_that_is_there() {
        for table in [FIELDS, KINDS] {
            let words: Vec<_> = table.iter().flat_map(|(words, _)| *words).collect();
            assert_eq!(words.iter().collect::<HashSet<_>>().len(), words.len());
        }
        for (words, meant) in KINDS {
            assert!(
                words
                    .iter()
                    .all(|word| FactKind::ALL.iter().all(|kind| !kind.name().eq_ignore_ascii_case(word)))
            );
            for kind in *meant {
                assert!(FactKind::from_name(kind.split('(').next().unwrap()).is_some(), "{kind}");
            }
        }
    }
}
