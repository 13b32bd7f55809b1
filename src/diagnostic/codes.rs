//! Every code there is, with what it means and how it is mended.

use super::Severity;

/// One code: its row.
#[derive(Debug)]
#[non_exhaustive]
pub struct CodeRow {
    /// The code.
    pub code: Code,
    /// Its text: `E0301`.
    pub text: &'static str,
    /// What it means, and why it matters.
    pub meaning: &'static str,
    /// What draws it.
    pub example: &'static str,
    /// How it is mended.
    pub mend: &'static str,
}

macro_rules! codes {
    ($( $name:ident $text:literal $meaning:literal $example:literal $mend:literal )+) => {
        /// The stable code of a problem: `E0301`.
        ///
        /// E01xx syntax, E02xx structure, E03xx references, E04xx values, E05xx limits, E06xx files,
        /// W09xx warnings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $(
                #[doc = $meaning]
                $name,
            )+
        }

        /// Every code, in order.
        pub const CODES: &[CodeRow] = &[
            $( CodeRow { code: Code::$name, text: $text, meaning: $meaning, example: $example, mend: $mend }, )+
        ];

        impl Code {
            /// The text: `E0301`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$name => $text, )+ }
            }
        }
    };
}

impl Code {
    /// The code of this text, in any case.
    #[must_use]
    pub fn from_text(text: &str) -> Option<&'static CodeRow> {
        CODES.iter().find(|row| row.text.eq_ignore_ascii_case(text))
    }

    /// Codes that start with `W` are warnings, all others errors.
    #[must_use]
    pub fn severity(self) -> Severity {
        if self.as_str().starts_with('W') { Severity::Warning } else { Severity::Error }
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

codes! {
    Syntax "E0101"
    "The file is not well-formed RON: a bracket, comma or quote is missing or too many. The record or fact that has the slip was not read; what follows it was, unless the message says otherwise."
    r#"companies: { "acme": (name: "Acme") "bolt": (name: "Bolt") }"#
    r#"Put a comma between the entries: companies: { "acme": (name: "Acme"), "bolt": (name: "Bolt") }"#

    NotUtf8 "E0102"
    "The file is not UTF-8 text."
    "a file saved as Latin-1 or UTF-16"
    "Save the file as UTF-8; in most editors this is a choice in `Save as`."

    WrongShape "E0103"
    "A value has another shape than this place takes: a list where one record is due, text where fields are due. What it holds was not read."
    r#"companies: ["acme"]"#
    r#"Write the section as a map from id to record: companies: { "acme": (name: "Acme") }"#

    UnknownSection "E0201"
    "The graph has a section that the format does not know; what it holds would be lost."
    r#"Graph( firms: { "acme": (name: "Acme") } )"#
    r#"Use one of the format's sections: Graph( companies: { "acme": (name: "Acme") } )"#

    UnknownKind "E0202"
    "A fact is of a kind that the vocabulary does not have."
    r#"Partnershp( between: ["acme", "bolt"] )"#
    r#"Write a kind that `keiretsu kinds` lists: Partnership( between: ["acme", "bolt"] ). What fits none is a Link with `what`."#

    UnknownField "E0203"
    "A record or fact has a field, role or attribute that its kind does not have."
    r#"Sale( vendor: "acme", buyer: "bolt" )"#
    r#"Use the role of the kind, as `keiretsu kinds` lists it: Sale( seller: "acme", buyer: "bolt" )"#

    DuplicateKey "E0204"
    "A key stands twice in the same record, map or section; only one of the two could count."
    r#"companies: { "acme": (name: "Acme"), "acme": (name: "Acme Inc") }"#
    "Keep one of the two, or merge them."

    MissingField "E0205"
    "A record or fact lacks a field or role that it must have."
    r#"Sale( seller: "acme" )"#
    r#"Say who bought: Sale( seller: "acme", buyer: "bolt" ). A party that the source does not name is an entry of the section `unspecified`."#

    WrongNumber "E0206"
    "A role has more entities than it takes, or fewer than it needs."
    r#"Subsidiary( parent: ["acme", "bolt"], child: "cog" ), Partnership( between: ["acme"] )"#
    "Write one fact for each, or name the second party."

    NewerVersion "E0207"
    "The file says that it is of a newer version of the format than this program knows."
    "Graph( version: 99 )"
    "Use a newer keiretsu, or write the file in this program's version of the format."

    Conflict "E0208"
    "The same id is given to two things that differ, in one file or in two of the same folder."
    r#"one file: companies: { "acme": (name: "Acme") }, another: companies: { "acme": (name: "Acme Ltd") }"#
    "Make the two records the same (they then merge), keep one, or give one of them another id."

    UnknownEntity "E0301"
    "No entity has this id."
    r#"Sale( seller: "microsft", buyer: "xiaomi" )"#
    "Correct the id, or add the entity to its section."

    UnknownSource "E0302"
    "No source has this id."
    r#"quotes: { "artikle": ["words"] }"#
    "Correct the id, or add the source to the section `sources`."

    UnknownFact "E0303"
    "No fact has this id. Ids that are derived, because a fact has none of its own, are not for pointing at."
    r#"License( ..., tied_to: "assets-sale" )"#
    r#"Give the other fact an id of its own, id: "assets-sale", or correct this one."#

    Circular "E0304"
    "Something is part of itself, or a fact replaces itself, directly or through others."
    r#"Sale( id: "leg", part_of: "leg", ... )"#
    "Take one of the links out."

    SameIdentifier "E0305"
    "Two entities have the same identifier: they are probably the same."
    r#"two companies, both with identifiers: (lei: "506700GE1G29325QX363")"#
    "Make one entity of the two, with the other name as an alias, or correct the identifier."

    BadDate "E0401"
    "A date is not written as the format has it, or is no day of the calendar."
    r#"announced: "31 May 2016""#
    r#"Write year, month and day as far as they are known: "2016-05-31", "2016-05", "2016", "2016-Q2", "2016~" (about)."#

    BadQuantity "E0402"
    "A quantity is not written as the format has it."
    r#"count: "1,500""#
    r#"Write it without separators: "1500", "~1500", ">=1500", "1000..2000", "undisclosed"."#

    BadMoney "E0403"
    "An amount of money is not written as the format has it."
    r#"amount: "$350 million""#
    r#"Write the currency's ISO 4217 code first: "USD 350 million", "EUR 1.5..2 billion", "undisclosed"."#

    BadShare "E0404"
    "A share is not written as the format has it, or is more than the whole."
    r#"share: "0.51""#
    r#"Write it in percent: "51%", ">=25%", "25%..50%", "majority", "undisclosed"."#

    BadTerm "E0405"
    "A term is not written as the format has it."
    r#"term: "ten years""#
    r#"Write a number and a unit: "10 years", "18 months", or "perpetual"."#

    BadTerritory "E0406"
    "A country or territory is not an ISO 3166 code of two letters."
    r#"territory: ["India"]"#
    r#"Write the code, territory: ["IN"], or ["worldwide"]."#

    BadIdentifier "E0407"
    "An identifier is malformed, or its check digits are wrong: at least one character was mistyped."
    r#"identifiers: (isin: ["US0378331006"])"#
    "Copy the identifier again from its register."

    BadId "E0408"
    "An id is not a slug: lower-case letters, digits, `-` and `.`, starting with a letter or digit."
    r#"companies: { "Acme Inc": (name: "Acme Inc") }"#
    r#"Keep the id short and put the name into `name`: "acme": (name: "Acme Inc")"#

    NotText "E0409"
    "A number or bare word stands where text in quotes is due. Numbers and dates are text here because RON would round them."
    "announced: 2016"
    r#"Write it in quotes: announced: "2016""#

    ControlCharacter "E0410"
    "A text has a control character (an escape, a NUL, a line break in a name): it could garble a terminal or picture."
    r#"name: "Acme\u{1b}[31m""#
    "Delete the character. A note or quote may have line breaks and tabs, nothing else may."

    BadChoice "E0411"
    "A word is not one of those that the field can take; words of a choice are written bare."
    r#"status: Done, status: "Completed""#
    "Write one of the words, without quotes: status: Completed"

    EmptyText "E0412"
    "A text that must say something is empty or blank."
    r#""acme": (name: "")"#
    "Write the name, or leave the field out where it is optional."

    MoreThanAll "E0413"
    "Somebody asks who owns how much of a company, on a day when the shares that its holders have come to more than 100%: one of them is wrong, or had ended. It cannot be computed from them."
    r#"`keiretsu owners Acme`, of Ownership( owner: "paula", owned: "acme", share: "60%" ), Ownership( owner: "quarry", owned: "acme", share: "50%" )"#
    "Correct a share, or say when it ended (`until`). A later figure of the same stake needs `as_of`; what one holds through others is `direct: false`; where two sources differ, tie the second to the first by `claims_of`."

    FileTooLarge "E0501"
    "A file, or all files of a folder together, are larger than the limits allow."
    "a graph of 2 GiB"
    "Split it into several files, or open it with `--limits trusted` if you trust where it comes from."

    TooManyFiles "E0502"
    "A folder has more graph files than the limits allow."
    "a folder of 20,000 .ron files"
    "Merge them, or open the folder with `--limits trusted` if you trust where it comes from."

    TooDeep "E0503"
    "Brackets are nested deeper than any graph needs."
    "a file that starts with 100 opening brackets"
    "Write the file as the format has it."

    TextTooLong "E0504"
    "A text is longer than the limits allow."
    "a name of 2,000 characters"
    "Shorten it: a name is a name, a quote is a clause."

    TooManyRelations "E0505"
    "The facts project more relations than the limits allow: a fact between n parties has n(n-1)/2."
    "a partnership between 10,000 parties"
    "Make the parties members of an alliance, or open the graph with `--limits trusted`."

    MoreErrors "E0506"
    "More errors were found than are listed: one run lists 10,000."
    "a file that is no graph, or that a program wrote wrongly throughout"
    "Mend those that are listed, and check again; most may have one cause."

    CannotRead "E0601"
    "A file or folder is not there, or may not be read."
    "keiretsu -g nowhere.ron stats"
    "Check the path and its permissions."

    NotRegular "E0602"
    "A path is neither a folder nor a regular file, or leads out of the folder that was opened."
    "a .ron file that is a pipe, a device or a link to a file elsewhere"
    "Name the file itself, or copy it into the folder."

    NoGraphFiles "E0603"
    "A folder has no graph file directly in it; sub-folders are graphs of their own."
    "keiretsu -g empty-folder stats"
    "Name a folder with .ron files in it."

    BadSnapshot "E0604"
    "A snapshot is damaged, cut short, of another version, or opened together with other files."
    "keiretsu -g half-copied.keiretsu stats"
    "Make it anew with `keiretsu pack`, and open it alone."

    OddKind "W0901"
    "An entity is of a kind that a role does not expect. The relation is kept."
    r#"Subsidiary( parent: "acme", child: "widget" ), where widget is a product"#
    "Check that the right entity is named; if so, see whether another kind of fact says it better."

    OddCharacter "W0902"
    "A text has an invisible character (zero width) or one that turns the direction of writing: two names that look alike may differ."
    r#"name: "Ac\u{200b}me""#
    "Delete the character."

    NoEvidence "W0903"
    "A fact says neither who says so nor that nobody does."
    r#"Partnership( between: ["acme", "bolt"] )"#
    r#"Add quotes: {"source": ["its words"]}, or unsourced: true"#

    FigureNotQuoted "W0904"
    "A figure of a fact is in none of its quotes: it may be mistyped, or come from elsewhere."
    r#"Sale( ..., amount: "USD 350 million", quotes: {"article": ["sold its assets"]} )"#
    "Quote the words that have the figure, or correct the figure."

    ManyParties "W0905"
    "A mutual fact has more than 100 parties, and relates every two of them."
    "Partnership( between: [ 150 companies ] )"
    "Make them members of an alliance (Membership), unless each really partners with each."

    NamedTwice "W0906"
    "An entity is named twice in the same role; it counts once."
    r#"Partnership( between: ["acme", "bolt", "acme"] )"#
    "Take one out, or correct it."

    DatesOutOfOrder "W0907"
    "Two dates contradict each other, whichever days they stand for: one is before another that comes first in time."
    r#"Supply( ..., since: "2016", until: "2015-06" )"#
    "Correct one of the two. What was made public only after it was done needs no `announced`: the source has its own date."

    SourceNotCited "W0908"
    "No fact and no entity cites a source: its words were forgotten, or it is not needed."
    r#"sources: { "article": (title: "An article") }, and no quotes: {"article": [...]}"#
    "Quote it where it says something, or take it out."

    EntityNotUsed "W0909"
    "An entity is in no fact, and no unit, line or portfolio ties it to another: nothing leads to it."
    r#"companies: { "acme": (name: "Acme") }, and no fact that names acme"#
    "State a fact about it, or take it out."

    StatedTwice "W0910"
    "Two facts state the same: they agree in kind, parties, dates and details, or their dates may be the same, as `2020-03` and `2020-03-01`, and no figure differs. Each would be counted, and if they differ in a figure, they contradict each other."
    r#"Partnership( between: ["acme", "bolt"], since: "2016" ), Partnership( between: ["bolt", "acme"], since: "2016" )"#
    "Make one fact of the two, with the evidence of both. If two sources say it differently, tie the second to the first by `claims_of`. If they are two, say in what they differ."

    NamesAlike "W0911"
    "Two entities of one kind have names that a look-up cannot tell apart, or that differ by a slip: in case, width, accents, punctuation, legal form, one letter, or two letters swapped; or an alias or former name of the one is a name of the other. They are probably one."
    r#""brindlewick": (name: "Brindlewick"), "brindelwick": (name: "Brindelwick")"#
    "Make one entity of the two, with the other name as an alias. If they are two, give both what tells them apart: country, register number, LEI or Wikidata id; and a former name the day until which it was borne."

    WhoGotWhat "W0912"
    "Several buyers bought several things in one sale, and no leg says which of them got which: what each holds is only possible."
    r#"Sale( seller: "acme", buyer: ["bolt", "cog"], of: ["patent-a", "patent-b"] )"#
    r#"If a source tells, give the sale an `id` and add a leg for each buyer: Sale( seller: "acme", buyer: "bolt", of: "patent-a", part_of: "the-id" )"#

    StakeTwice "W0913"
    "One holder's stake in a company is stated twice, and nothing tells which is newer or that they are two: they count as one stake, from the lower to the higher share."
    r#"Ownership( owner: "paula", owned: "acme", share: "30%", since: "2015" ), Ownership( owner: "paula", owned: "acme", share: "40%", since: "2018" )"#
    "Say on which day each figure was taken (`as_of`): the newest counts. Or say when the older one ended (`until`), or in which `class` or `through` whom each is held: then they add up."

    OwnShares "W0914"
    "A company holds shares of itself. What it holds belongs to its other holders, in proportion; shares are corrected for it."
    r#"Ownership( owner: "acme", owned: "acme", share: "10%" )"#
    "If the company really holds own shares, leave the warning in place; else correct the owner."

    ClosedRing "W0915"
    "Companies hold all of one another: nobody outside owns any of them, and no share in them can be told."
    r#"Ownership( owner: "acme", owned: "bolt", share: "100%" ), Ownership( owner: "bolt", owned: "acme", share: "100%" )"#
    "Look for the owner that is missing, or the share that is too high. If the ring is real, leave the warning in place."

    NoShare "W0916"
    "A stake is stated with a share of 0%, which is no stake. A share that was kept back is `undisclosed`; one of which nothing is said is left out."
    r#"Ownership( owner: "paula", owned: "acme", share: "0%" )"#
    r#"Write share: "undisclosed", leave `share` out, or say when the stake ended (`until`). If only votes are held, leave the warning in place."#

    NotAll "W0917"
    "The owners of a company are said to be all there are, but have less than all of it."
    r#""acme": (name: "Acme", holders_complete: true), and owners who have 90%"#
    "Add the owner that is missing, correct a share, or take out `holders_complete`."

    SharesAboveAll "W0918"
    "The shares that the holders of a company have at the same time come to more than 100%: one of them is wrong, or has ended. The graph opens, but who owns how much of that company, and through it, cannot be computed (E0413)."
    r#"Ownership( owner: "paula", owned: "acme", share: "60%" ), Ownership( owner: "quarry", owned: "acme", share: "50%" )"#
    "Correct a share, or say when it ended (`until`). A later figure of the same stake needs `as_of`; what one holds through others is `direct: false`; where two sources differ, tie the second to the first by `claims_of`."

    AfterEnd "W0919"
    "A stake, partnership, position or the like is stated to go on, or has no end, after one of its parties was dissolved or merged into another: from then on it is at most possible."
    r#"Ownership( owner: "paula", owned: "acme", since: "2015" ), Event( of: "acme", what: Dissolved, completed: "2019-06-30" )"#
    "Say when it ended (`until`). What went to a successor or another holder needs a fact of its own."

    BeforeFounding "W0920"
    "Something began or was done before one of its parties was founded."
    r#"Ownership( owner: "paula", owned: "acme", since: "2009" ), Event( of: "acme", what: Founded, completed: "2010-05" )"#
    "Correct one of the two dates, or name the predecessor in place of the company."

    TwoExclusive "W0921"
    "Two licensees have an exclusive license of the same thing, for the same territory, on the same day. Only one of them can exclude the other."
    r#"License( licensor: "acme", licensee: "bolt", of: "brand", territory: ["DE"], exclusive: true, since: "2018" ), License( licensor: "acme", licensee: "cog", of: "brand", territory: ["DE"], exclusive: true, since: "2021" )"#
    "Correct the territory, the dates or `exclusive`; say that one `replaces` the other; or in which `field` each is exclusive. A sublicense is given by the licensee of the other."

    WiderThanHead "W0922"
    "A sublicense gives more than the license that it rests on: more territory, a longer time, or exclusivity. Nobody can give more than was given."
    r#"License( id: "head", licensor: "acme", licensee: "bolt", of: "brand", territory: ["DE"], until: "2028" ), License( licensor: "bolt", licensee: "cog", of: "brand", territory: ["DE", "PL"], until: "2035", tied_to: "head" )"#
    "Correct the territory or the term, or state the license that gives the rest."

    TitleGap "W0923"
    "A patent is sold by somebody who, by the graph, never held it, though others did: a step is missing in its chain of title, or a name is wrong. Who buys a company does not hold its patents; who takes its place by `Succession` does."
    r#"Sale( seller: "acme", buyer: "bolt", of: "patent", completed: "2014" ), Sale( seller: "cog", buyer: "dent", of: "patent", completed: "2019" )"#
    "Add the assignment or succession that is missing, or say who held it (`Holding`)."

    SuccessionHow "W0924"
    "A succession does not say how one company takes the place of the other. So nothing passes to the successor: no stake, patent or contract."
    r#"Succession( successor: "bolt", predecessor: "acme", completed: "2010" )"#
    "Say how: Succession( successor: \"bolt\", predecessor: \"acme\", how: Merger, completed: \"2010\" )"

    SourceTooOld "W0925"
    "All dated sources of a fact were published before the day on which it says that something was done, began or was measured: they cannot know it."
    r#"sources: { "report": (title: "Annual report 2018", published: "2018-03") }, Ownership( owner: "paula", owned: "acme", share: "14%", as_of: "2020-12-31", evidence: [(source: "report")] )"#
    "Correct the date or the source. What was only planned then has `announced`, or `status: Announced`."

    SharesDoNotMeet "W0926"
    "What is bought or sold of a company does not meet what is stated of the stake before: the two together would be more than all, or more is sold than was held."
    r#"Ownership( owner: "paula", owned: "acme", share: "60%", since: "2015" ), Acquisition( acquirer: "paula", target: "acme", share: "51%", completed: "2018" )"#
    "`share` of an Acquisition is what was bought by it. If it is what the buyer has in the end, state that as an Ownership with `as_of`; else correct a share, or state what happened in between."

    ReplacesLater "W0927"
    "A fact replaces another one that begins only after it: what is replaced is in force until then, and so is never."
    r#"Supply( id: "new", ..., signed: "2020" ), Supply( ..., signed: "2018", replaces: "new" )"#
    "Write `replaces` at the later fact, or correct one of the dates."

    MoreWarnings "W0999"
    "More warnings were found than are listed: one run lists 10,000."
    "a graph of 20,000 facts without evidence"
    "Look at those that are listed, and check again; most may have one cause."
}
