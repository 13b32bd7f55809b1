//! Answers as tables: CSV, Markdown, HTML. No cell joins values, and no text breaks out of its cell.

use std::collections::{BTreeMap, BTreeSet};

use keiretsu::answer::{
    Cell, DiffQuestion, EntityQuestion, ListQuestion, Neighborhood, OwnersQuestion, PathQuestion, RowsBy,
    SourcesQuestion, Table, TimelineQuestion,
};
use keiretsu::{DealKey, Graph};

fn showcase() -> Graph {
    Graph::open("graphs/showcase").unwrap()
}

/// The cells below a column.
fn column<'t>(table: &'t Table<'_>, name: &str) -> Vec<&'t Cell> {
    let place = table.columns().iter().position(|column| column == name);
    let place = place.unwrap_or_else(|| panic!("no column `{name}` in {:?}", table.columns()));
    table.rows().iter().map(|row| &row[place]).collect()
}

fn texts(table: &Table<'_>, name: &str) -> Vec<String> {
    column(table, name).into_iter().map(ToString::to_string).collect()
}

/// Tables of every kind of row.
fn tables(graph: &Graph, by: RowsBy) -> Vec<Table<'_>> {
    let view = graph.view();
    let one = view.entities().find(|entity| entity.relations().count() > 5).unwrap();
    let all: Vec<_> = view.entities().collect();
    let [from, to] = ["2012", "2019"].map(|date| date.parse().unwrap());
    vec![
        view.deals().answer().table(by),
        view.deals().groups_answer(DealKey::Year).table(by),
        view.partners().answer().table(by),
        Neighborhood::of(one).answer().table(by),
        PathQuestion::between(all[0], one).answer().table(by),
        EntityQuestion::about(one).answer().table(by),
        TimelineQuestion::of_all(view).answer().table(by),
        DiffQuestion::between(view, from, to).answer().table(by),
        SourcesQuestion::of_all(view).answer().table(by),
        SourcesQuestion::about(view.sources().next().unwrap()).answer().table(by),
        ListQuestion::of(view).answer().table(by),
    ]
}

#[test]
fn every_row_has_all_columns_and_every_column_a_name_of_its_own() {
    let graph = showcase();
    for by in [RowsBy::Results, RowsBy::Steps, RowsBy::Parties, RowsBy::Sources] {
        for table in tables(&graph, by) {
            let names: BTreeSet<_> = table.columns().iter().collect();
            assert_eq!(names.len(), table.columns().len(), "{:?}", table.columns());
            assert!(table.rows().iter().all(|row| row.len() == table.columns().len()));
            assert!(table.lines().iter().all(|line| line.len() == table.headings().len()));
            assert_eq!(table.left_out(), [] as [&str; 0]);
        }
    }
}

#[test]
fn an_empty_answer_has_the_same_columns() {
    let empty = Graph::from_ron("Graph()").unwrap();
    let some = Graph::from_ron(
        r#"Graph(companies: {"a": (name: "A"), "b": (name: "B")}, facts: [Supply(supplier: "a", customer: "b", unsourced: true)])"#,
    )
    .unwrap();
    let none = TimelineQuestion::of_all(empty.view()).answer().table(RowsBy::Results);
    let one = TimelineQuestion::of_all(some.view()).answer().table(RowsBy::Results);
    let besides: Vec<_> = one.columns().iter().filter(|name| !none.columns().contains(name)).collect();
    assert_eq!(besides, ["supplier", "supplier_id", "customer", "customer_id", "unsourced"]);
}

const CONSORTIUM: &str = r#"Graph(
    sources: { "n": (kind: News, title: "The News", published: "2015"), "m": (kind: News, title: "The Mail") },
    companies: { "a": (name: "A, Inc.", country: "SE"), "b": (name: "B"), "c": (name: "C"), "d": (name: "D") },
    brands: { "x": (name: "X") },
    facts: [
        Sale(id: "one", seller: ["a", "b"], buyer: "c", of: "x", announced: "2014-12-31", completed: "2015",
            amount: "USD 1..2 million", evidence: [(source: "n", quote: "A and B"), (source: "m")]),
        Sale(id: "two", seller: "a", buyer: "d", signed: "../2016-05", amount: "EUR >=5 thousand", unsourced: true),
        Investment(id: "three", investor: "a", company: "b", share: "20%", signed: "2013", unsourced: true),
    ],
)"#;

#[test]
fn each_role_day_and_amount_has_columns() {
    let graph = Graph::from_ron(CONSORTIUM).unwrap();
    let table = graph.view().deals().answer().table(RowsBy::Results);
    for (name, expected) in [
        ("fact", ["two", "three", "one"]),
        ("seller", ["A, Inc.", "", "A, Inc."]),
        ("seller_2", ["", "", "B"]),
        ("seller_2_id", ["", "", "b"]),
        ("buyer", ["D", "", "C"]),
        ("investor", ["", "A, Inc.", ""]),
        ("announced", ["", "", "2014-12-31"]),
        ("completed", ["", "", "2015"]),
        ("completed_earliest", ["", "", "2015-01-01"]),
        ("completed_latest", ["", "", "2015-12-31"]),
        ("signed_earliest", ["", "2013-01-01", ""]),
        ("signed_latest", ["2016-05-31", "2013-12-31", ""]),
        ("amount", ["EUR >=5 thousand", "", "USD 1..2 million"]),
        ("amount_low", ["5000", "", "1000000"]),
        ("amount_high", ["", "", "2000000"]),
        ("amount_currency", ["EUR", "", "USD"]),
        ("share", ["", "20%", ""]),
        ("share_low", ["", "0.2", ""]),
        ("sources", ["0", "0", "2"]),
        ("source", ["", "", "n"]),
        ("first_of_fact", ["true", "true", "true"]),
    ] {
        assert_eq!(texts(&table, name), expected, "{name}");
    }
    let header = table.columns().join(",");
    assert!(header.contains("investor,investor_id,"), "{header}");
    assert!(
        header.contains("seller,seller_id,seller_2,seller_2_id,buyer,"),
        "one role after the other: {header}"
    );
}

#[test]
fn rows_of_parties_and_sources_repeat_the_fact_and_mark_its_first() {
    let graph = Graph::from_ron(CONSORTIUM).unwrap();
    let deals = graph.view().deals().answer();
    let table = deals.table(RowsBy::Parties);
    let rows: Vec<_> =
        ["fact", "role", "party", "party_country", "first_of_fact"].map(|name| texts(&table, name)).into();
    let row = |n: usize| rows.iter().map(|column| column[n].as_str()).collect::<Vec<_>>().join(" ");
    assert_eq!(
        (0..rows[0].len()).map(row).collect::<Vec<_>>(),
        [
            "two seller A, Inc. SE true",
            "two buyer D  false",
            "three investor A, Inc. SE true",
            "three company B  false",
            "one seller A, Inc. SE true",
            "one seller B  false",
            "one buyer C  false",
            "one of X  false",
        ]
    );
    let table = deals.table(RowsBy::Sources);
    assert_eq!(texts(&table, "fact"), ["two", "three", "one", "one"]);
    assert_eq!(texts(&table, "source"), ["", "", "n", "m"]);
    assert_eq!(texts(&table, "source_quote"), ["", "", "A and B", ""]);
}

/// A fact with more than ten parties keeps the first nine in columns and counts the rest.
#[test]
fn a_crowd_is_counted() {
    let names: Vec<String> = (0..12).map(|n| format!("\"c{n:02}\": (name: \"C{n:02}\")")).collect();
    let parties: Vec<String> = (0..12).map(|n| format!("\"c{n:02}\"")).collect();
    let graph = Graph::from_ron(&format!(
        "Graph(companies: {{{}}}, facts: [Partnership(between: [{}], unsourced: true)])",
        names.join(", "),
        parties.join(", ")
    ))
    .unwrap();
    let deals = graph.view().deals().answer();
    let table = deals.table(RowsBy::Results);
    assert_eq!(texts(&table, "between_9"), ["C08"]);
    assert_eq!(texts(&table, "between_more"), ["3"]);
    assert_eq!(
        table.left_out(),
        ["more than 9 of `between`: `between_more` counts the rest, --rows parties lists all parties"]
    );
    assert_eq!(deals.table(RowsBy::Parties).rows().len(), 12, "and all are here");
}

/// What `in_sums` marks adds up to what `--by` prints: of the showcase by hand, with ranges by their lower bounds.
#[test]
fn the_column_for_sums_adds_up_to_the_sums() {
    let graph = showcase();
    let table = graph.view().deals().answer().table(RowsBy::Results);
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    let marked = texts(&table, "in_sums").into_iter().map(|flag| flag == "true");
    let lows = texts(&table, "amount_low").into_iter().zip(texts(&table, "amount_currency"));
    for (_, (low, currency)) in marked.zip(lows).filter(|(is_marked, _)| *is_marked) {
        *sums.entry(currency).or_default() += low.parse::<u64>().unwrap_or(0);
    }
    let expected = [("EUR", 420_000), ("GBP", 12_680_000), ("USD", 505_000_000)];
    let expected: BTreeMap<String, u64> =
        expected.into_iter().map(|(code, sum)| (code.to_owned(), sum)).collect();
    assert_eq!(sums, expected);
}

#[test]
fn the_rows_of_an_owner_can_be_its_stakes() {
    let graph = Graph::open("graphs/ownership").unwrap();
    let company = graph.view().find("Delta Holding").unwrap();
    let answer = OwnersQuestion::of(company).answer().unwrap();
    assert_eq!(texts(&answer.table(RowsBy::Results), "total_share_exact"), ["35/44", "3/10"]);
    let steps = answer.table(RowsBy::Steps);
    assert_eq!(texts(&steps, "entity"), ["Paula Kern", "Beta AG"]);
    assert_eq!(texts(&steps, "share_low"), ["0.7", "0.3"]);
}

#[test]
fn what_relations_lacked_is_in_json_and_csv() {
    let graph = Graph::from_ron(CONSORTIUM).unwrap();
    let answer = Neighborhood::of(graph.view().find("B").unwrap()).answer();
    let json = answer.json("g");
    for said in [r#""signed": "2013""#, r#""status": "Agreed""#, r#""text": "20%""#] {
        assert!(json.contains(said), "{said}: {json}");
    }
    let table = answer.table(RowsBy::Results);
    let place = texts(&table, "fact").iter().position(|fact| fact == "three").unwrap();
    for (name, expected) in [("signed", "2013"), ("status", "Agreed"), ("share", "20%"), ("share_low", "0.2")]
    {
        assert_eq!(texts(&table, name)[place], expected);
    }
    let list = ListQuestion::of(graph.view()).answer().json("g");
    assert!(list.contains(r#""country": "SE""#) && list.contains(r#""industry": null"#), "{list}");
}

const HOSTILE: &str = r#"Graph(
    sources: { "n": (kind: News, title: "A | B <script>alert(1)</script> [^1]: *x*", url: "javascript:alert(1)") },
    companies: {
        "a": (name: "=1+1 | <script>alert(1)</script> `code` [^9] **b**"),
        "b": (name: "B <img src=x onerror=alert(1)> & \"q\" 'r'"),
    },
    facts: [
        Supply(supplier: "a", customer: "b", quotes: {"n": ["</td></tr></table>"]}),
    ],
)"#;

#[test]
fn hostile_names_stay_in_their_cells() {
    let graph = Graph::from_ron(HOSTILE).unwrap();
    let answer = graph.view().find("a").map(|entity| Neighborhood::of(entity).answer()).unwrap();
    let html = answer.html();
    assert!(
        !html.contains("<script") && !html.contains("<img") && !html.contains("href=\"javascript"),
        "{html}"
    );
    let page = page(&html);
    assert_eq!(page_rows(&html), 2);
    let bold: Vec<_> =
        page.descendants().filter(|node| node.has_tag_name("b")).filter_map(|b| b.text()).collect();
    assert_eq!(bold[0], "=1+1 | <script>alert(1)</script> `code` [^9] **b**");
    let markdown = answer.markdown();
    let rows: Vec<_> = markdown.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 3, "{markdown}");
    let bars = |row: &str| row.replace("\\|", "").matches('|').count();
    assert!(rows.iter().all(|row| bars(row) == bars(rows[0])), "{markdown}");
    assert!(
        !markdown.contains('\u{1b}') && !markdown.contains("<script") && !markdown.contains("<img"),
        "{markdown}"
    );
    assert!(!markdown.contains("(javascript") && !markdown.contains("<javascript"), "{markdown}");
    let csv = answer.csv();
    assert!(!csv.contains('\u{1b}') && csv.contains("'=1+1"), "{csv}");
}

fn page_rows(html: &str) -> usize {
    page(html).descendants().filter(|node| node.has_tag_name("tr")).count()
}

/// A page as XML, which ours is, too.
fn page(html: &str) -> roxmltree::Document<'_> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    roxmltree::Document::parse_with_options(html, options).unwrap_or_else(|error| panic!("{error}: {html}"))
}

#[test]
fn every_mark_of_a_page_leads_to_a_footnote_and_back() {
    let graph = showcase();
    let answer = graph.view().deals().answer();
    let html = answer.html();
    let page = page(&html);
    let ids: Vec<_> = page.descendants().filter_map(|node| node.attribute("id")).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "each id once");
    let links: Vec<_> = page
        .descendants()
        .filter_map(|node| node.attribute("href"))
        .filter(|link| link.starts_with('#'))
        .collect();
    assert!(links.len() > 20);
    assert!(links.iter().all(|link| ids.contains(&&link[1..])), "{links:?}");
    let markdown = answer.markdown();
    for number in 1..=answer.table(RowsBy::Results).sources().len() {
        assert!(
            markdown.contains(&format!("\n[^{number}]: "))
                && markdown.matches(&format!("[^{number}]")).count() > 1
        );
    }
}
