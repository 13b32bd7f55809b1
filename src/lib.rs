//! A knowledge graph of corporate relationships: who partners with whom, since when, for how much, and who
//! says so.
//!
//! Facts are written in RON files: a sale, a partnership, a license, a stake, each with its parties in named roles,
//! its dates, its amount, and the source that states it. This library reads them, turns every fact into typed
//! relations, and answers questions with the evidence for every line.
//!
//! It is not a database: a graph is built once and then read. It does not guess: what is not stated is not answered,
//! a date written as `2016-05` stays a month, and an undisclosed price is not zero.
//!
//! # The five words
//!
//! - [`Entity`]: a node. A company, product, patent, brand, person, unit, public body, alliance, or a party
//!   that is known to exist but not named.
//! - [`Fact`]: one statement, as written: parties in roles, terms, dates, evidence.
//! - [`Relation`]: a typed, directed edge that follows from a fact. Questions follow relations; every relation knows
//!   its fact.
//! - [`Evidence`]: what a source says about a fact, in its own words.
//! - [`View`]: the graph as seen by a question. Every question starts from a view.
//!
//! # Asking
//!
//! ```
//! use keiretsu::{Graph, RelationKind};
//!
//! let graph = Graph::open("graphs")?; // a file, or a folder of files
//! let xiaomi = graph.view().find("Xiaomi")?; // by id, name or alias
//! let mut partners = xiaomi.neighbors(RelationKind::PartnersWith);
//! let (relation, foxconn) = partners.next().unwrap();
//! assert_eq!(relation.to_string(), "Xiaomi partners with Foxconn (announced 2015)");
//! assert_eq!(foxconn.id(), "foxconn");
//! assert!(relation.evidence()[0].quote().unwrap().contains("huge partnership"));
//! # Ok::<(), keiretsu::Error>(())
//! ```
//!
//! Questions about the whole are methods of a view: [`View::partners`], [`View::deals`], [`View::search`],
//! [`View::ownership`]. Those that start at one entity are its own: [`Entity::partners`], [`Entity::shared_partners`], and a
//! custom walk:
//!
//! ```
//! # use keiretsu::{EntityKind, Graph};
//! # let graph = Graph::open("graphs")?;
//! let (xiaomi, nokia) = (graph.view().find("Xiaomi")?, graph.view().find("Nokia")?);
//! let path = xiaomi.traverse().shortest_path(nokia).unwrap();
//! assert_eq!(path.hops(), 3);
//!
//! let near = xiaomi.traverse().max_hops(2).stop_at(|entity| entity.kind() == EntityKind::Product).run();
//! assert!(near.contains(nokia) == false && near.len() > 10);
//! # Ok::<(), keiretsu::Error>(())
//! ```
//!
//! # Building without files
//!
//! ```
//! use keiretsu::{FactKind, FactRecord, Graph, Role};
//!
//! let mut builder = Graph::builder();
//! let acme = builder.company("acme", "Acme Ltd")?;
//! let bolt = builder.company("bolt", "Bolt GmbH")?;
//! let supply = FactRecord::new(FactKind::Supply).role(Role::Supplier, acme).role(Role::Customer, bolt);
//! builder.fact(supply.since("2019-04".parse()?));
//! let graph = builder.build()?;
//!
//! let bolt = graph.view().find("bolt")?;
//! let relation = bolt.relations().next().unwrap();
//! assert_eq!(relation.to_string(), "Bolt GmbH is supplied by Acme Ltd (since 2019-04)");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Who owns and controls whom
//!
//! ```
//! # use keiretsu::{Graph, OwnerRule};
//! let graph = Graph::open("graphs/ownership")?;
//! let ownership = graph.view().ownership();
//! let owners = ownership.owners(graph.view().find("Delta Holding")?, OwnerRule::Multiply)?;
//! assert_eq!(owners.rows[0].entity.name(), "Paula Kern");
//! assert_eq!(owners.rows[0].share.exact().unwrap().to_string(), "35/44"); // a ring: exact, not rounded
//! # Ok::<(), keiretsu::Error>(())
//! ```
//!
//! # What can fail, and what is bounded
//!
//! Opening, finding and parsing can fail, with an [`Error`] that lists every problem of the input with its place
//! ([`Diagnostic`]); walking cannot fail. Every walk has a budget ([`Limits`]) and reports if it was cut short
//! ([`Outcome`]). The same input gives the same answers in the same order, on every machine.
//!
//! # Types and lifetimes
//!
//! [`Graph`] holds the data behind an `Arc`: `Clone`, `Send`, `Sync`, `'static`. Everything named `Something<'g>` borrows it: handles
//! ([`View`], [`Entity`], [`Fact`], [`Relation`], [`Source`]), which are `Copy`; questions, which are builders; and answers, made of
//! handles. Records and values ([`FactRecord`], [`Date`], [`Money`], [`Share`]) borrow nothing. What has to outlive the borrow is an
//! id, a value, or a [`KeptOwnership`]. `docs/service.md` shows how these make a service, `docs/building.md` how programs build and
//! edit graphs.
//!
//! # Features
//!
//! - `cli` (default): the program `keiretsu`. To use only the library, set `default-features = false`.
//! - `answer`: whole answers as the program prints them: rows, sentences, JSON, CSV, notes.
//! - `diagram`: pictures as DOT text.
//! - `render`: pictures as SVG, PNG and PDF, with a bundled font.
//! - `import`: graphs from tables (CSV).
//! - `petgraph-traits`: petgraph's visit traits for views, so that its algorithms run on them. Exempt from the semver
//!   promise.
//!
//! Graph files are described in `docs/file-format.md`, the kinds of facts in [`vocabulary`].

#![warn(clippy::print_stderr, clippy::print_stdout)]

mod analysis;
#[cfg(feature = "answer")]
pub mod answer;
mod diagnostic;
#[cfg(feature = "diagram")]
mod diagram;
mod error;
mod export;
mod file;
mod graph;
#[cfg(feature = "import")]
mod import;
mod limits;
mod model;
mod parallel;
mod query;
mod value;

pub use analysis::{
    Betweenness, Chain, Chains, Change, Components, Control, Controlled, DealGroup, DealGroups, DealKey,
    DealSum, Degree, Degrees, Difference, FindBetweenness, FindComponents, Fraction, GroupName, JointControl,
    JointOwner, JointlyControls, KeptOwnership, MajorityChain, MajorityOwners, Moment, MomentKind, Overfull,
    OwnShares, Owner, OwnerRule, OwnerTest, Owners, Ownership, OwnershipRing, PageRank, Ranks, ShareRange,
    Stat, Together, TogetherPart, UltimateParents, Verdict, VotesIn,
};
pub use diagnostic::{
    CODES, Code, CodeClass, CodeRow, Diagnostic, Location, RecordPlace, RecordSort, Severity, nearest_name,
};
#[cfg(feature = "diagram")]
pub use diagram::{Color, Diagram, Page, Palette, Theme};
#[cfg(feature = "render")]
pub use diagram::{LayoutEngine, Picture};
pub use error::{Candidate, Error, ErrorKind, Result};
pub use export::{EntityDetails, GraphExport, StakeExport};
pub use file::{Loader, Progress, to_ron};
pub use graph::{
    Certainty, Claims, Criterion, Doubt, EndRule, Ending, Entity, Evidence, Fact, FactFilter, Graph,
    GraphBuilder, GraphEditor, Match, Memory, Merge, MergePolicy, OtherReading, ReadingOrder, Relation,
    Right, Rule, Source, Validity, View, Wording,
};
#[cfg(feature = "petgraph-traits")]
pub use graph::{PetgraphEdge, PetgraphEdgeRef, PetgraphNode, PetgraphView};
#[cfg(feature = "import")]
pub use import::{CsvImport, Imported, Reject};
pub use limits::{Cancel, Limits};
pub use model::vocabulary;
pub use model::{
    Attribute, AttributeValue, Confidence, DecimalMark, End, EntityKind, EntityRecord, EntityTable,
    EvidenceRecord, FactField, FactKind, FactRecord, FactShape, FactTable, FormerName, Id, Identifiers,
    InvalidId, Mapping, Reason, Records, RelationKind, Role, Separator, ShareUnit, SourceKind, SourceRecord,
    Stance, Status,
};
pub use query::{
    Assurance, Converted, Deal, DealEnd, DealList, DealOrder, Deals, Direction, Interlock, Interlocks,
    Outcome, Partner, PartnerPairs, Partners, Path, PathOrder, PathWeight, Paths, RelationKinds, Selection,
    Shared, SharedPartners, Step, StoppedBy, Tie, Traversal, Triangles,
};
pub use value::{
    Country, Currency, Date, Day, Decimal, ExchangeRate, Isin, Lei, Money, PatentNumber, Proportion,
    Quantity, RegisterNumber, Share, Term, Territory, ValueError, WikidataId,
};

/// Runs the examples of docs/ownership.md too.
#[cfg(doctest)]
#[doc = include_str!("../docs/ownership.md")]
struct OwnershipDocument;

/// Runs the examples of docs/service.md too.
#[cfg(doctest)]
#[doc = include_str!("../docs/service.md")]
struct ServiceDocument;

/// Runs the examples of docs/building.md too.
#[cfg(doctest)]
#[doc = include_str!("../docs/building.md")]
struct BuildingDocument;
