//! Every code, with its meaning and how to fix the problem.

use super::Severity;

/// The table row of a code.
#[derive(Debug)]
#[non_exhaustive]
pub struct CodeRow {
    /// The code.
    pub code: Code,
    /// Its text: `E0301`.
    pub text: &'static str,
    /// What sort of problem it is.
    pub class: CodeClass,
    /// What it means, and why it matters.
    pub meaning: &'static str,
    /// Input that triggers it.
    pub example: &'static str,
    /// How to fix it.
    pub mend: &'static str,
}

/// The sorts of problems. Each has a range of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CodeClass {
    /// E01xx: text that is not well-formed.
    Syntax,
    /// E02xx: sections, records and fields that are not as the format has them.
    Structure,
    /// E03xx: ids that lead nowhere, or where they should not.
    Reference,
    /// E04xx: values that cannot be, alone or beside others.
    Value,
    /// E05xx: limits.
    Limit,
    /// E06xx: files that cannot be read.
    File,
    /// W09xx: what is odd, but may be so.
    Warning,
}

macro_rules! codes {
    ($( $name:ident $text:literal $class:ident $meaning:literal $example:literal $mend:literal )+) => {
        /// The stable code of a problem: `E0301`.
        ///
        /// Its first digits show its [class](CodeClass).
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
            $( CodeRow {
                code: Code::$name,
                text: $text,
                class: CodeClass::$class,
                meaning: $meaning,
                example: $example,
                mend: $mend,
            }, )+
        ];

        impl Code {
            /// The text: `E0301`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$name => $text, )+ }
            }

            /// What sort of problem it is.
            #[must_use]
            pub const fn class(self) -> CodeClass {
                match self { $( Self::$name => CodeClass::$class, )+ }
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
    pub const fn severity(self) -> Severity {
        match self.class() {
            CodeClass::Warning => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

codes! {
    Syntax "E0101" Syntax
    "The file is not well-formed RON: a bracket, comma or quote is missing or superfluous. The record or fact with the mistake was not read; the rest of the file was, unless the message says otherwise."
    r#"companies: { "acme": (name: "Acme") "bolt": (name: "Bolt") }"#
    r#"Put a comma between the entries: companies: { "acme": (name: "Acme"), "bolt": (name: "Bolt") }"#

    NotUtf8 "E0102" Syntax
    "The file is not UTF-8 text."
    "a file saved as Latin-1 or UTF-16"
    "Save the file as UTF-8; most editors offer this in `Save as`."

    WrongShape "E0103" Syntax
    "A value has the wrong shape, such as a list instead of a record, or text instead of fields. Its contents were not read."
    r#"companies: ["acme"]"#
    r#"Write the section as a map from id to record: companies: { "acme": (name: "Acme") }"#

    UnknownSection "E0201" Structure
    "The graph has a section that is not part of the format; its contents would be lost."
    r#"Graph( firms: { "acme": (name: "Acme") } )"#
    r#"Use one of the format's sections: Graph( companies: { "acme": (name: "Acme") } )"#

    UnknownKind "E0202" Structure
    "A fact has a kind that is not in the vocabulary."
    r#"Partnershp( between: ["acme", "bolt"] )"#
    r#"Write a kind that `keiretsu kinds` lists: Partnership( between: ["acme", "bolt"] ). If none fits, use a Link with `what`."#

    UnknownField "E0203" Structure
    "A record or fact has a field, role or attribute that its kind does not have."
    r#"Sale( vendor: "acme", buyer: "bolt" )"#
    r#"Use a role that `keiretsu kinds` lists for the kind: Sale( seller: "acme", buyer: "bolt" )"#

    DuplicateKey "E0204" Structure
    "A key occurs twice in the same record, map or section; only one of the two could count."
    r#"companies: { "acme": (name: "Acme"), "acme": (name: "Acme Inc") }"#
    "Keep one of the two, or merge them."

    MissingField "E0205" Structure
    "A record or fact lacks a required field or role."
    r#"Sale( seller: "acme" )"#
    r#"State who bought: Sale( seller: "acme", buyer: "bolt" ). A party that the source does not name goes into the section `unspecified`."#

    WrongNumber "E0206" Structure
    "A role has more entities than allowed, or fewer than required."
    r#"Subsidiary( parent: ["acme", "bolt"], child: "cog" ), Partnership( between: ["acme"] )"#
    "Write a separate fact for each, or name the second party."

    NewerVersion "E0207" Structure
    "The file declares a newer version of the format than this program supports."
    "Graph( version: 99 )"
    "Use a newer keiretsu, or write the file in a version that this program supports."

    Conflict "E0208" Structure
    "Two different things have the same id, in one file or in two files of the same folder."
    r#"one file: companies: { "acme": (name: "Acme") }, another: companies: { "acme": (name: "Acme Ltd") }"#
    "Make the two records equal (they are then merged), keep one, or give one of them another id."

    UnknownEntity "E0301" Reference
    "No entity has this id."
    r#"Sale( seller: "microsft", buyer: "xiaomi" )"#
    "Correct the id, or add the entity to its section."

    UnknownSource "E0302" Reference
    "No source has this id."
    r#"quotes: { "artikle": ["words"] }"#
    "Correct the id, or add the source to the section `sources`."

    UnknownFact "E0303" Reference
    "No fact has this id. A fact without an id gets a derived one, which cannot be referred to."
    r#"License( ..., tied_to: "assets-sale" )"#
    r#"Give the other fact an id of its own, id: "assets-sale", or correct this one."#

    Circular "E0304" Reference
    "Something is part of itself, or a fact replaces itself, directly or through others."
    r#"Sale( id: "leg", part_of: "leg", ... )"#
    "Remove one of the references."

    SameIdentifier "E0305" Reference
    "Two entities have the same identifier: they are probably the same entity."
    r#"two companies, both with identifiers: (lei: "506700GE1G29325QX363")"#
    "Merge the two entities, with the other name as an alias, or correct the identifier."

    BadDate "E0401" Value
    "A date is malformed, or is not in the calendar."
    r#"announced: "31 May 2016""#
    r#"Write the year, month and day as far as known: "2016-05-31", "2016-05", "2016", "2016-Q2", "2016~" (about)."#

    BadQuantity "E0402" Value
    "A quantity is malformed."
    r#"count: "1,500""#
    r#"Write it without separators: "1500", "~1500", ">=1500", "1000..2000", "undisclosed"."#

    BadMoney "E0403" Value
    "An amount of money is malformed."
    r#"amount: "$350 million""#
    r#"Write the currency's ISO 4217 code first: "USD 350 million", "EUR 1.5..2 billion", "undisclosed"."#

    BadShare "E0404" Value
    "A share is malformed, or more than 100%."
    r#"share: "0.51""#
    r#"Write it in percent: "51%", ">=25%", "25%..50%", "majority", "undisclosed"."#

    BadTerm "E0405" Value
    "A term is malformed."
    r#"term: "ten years""#
    r#"Write a number and a unit: "10 years", "18 months", or "perpetual"."#

    BadTerritory "E0406" Value
    "A country or territory is not a two-letter ISO 3166 code."
    r#"territory: ["India"]"#
    r#"Write the code, territory: ["IN"], or ["worldwide"]."#

    BadIdentifier "E0407" Value
    "An identifier is malformed, or its check digits are wrong: at least one character was mistyped."
    r#"identifiers: (isin: ["US0378331006"])"#
    "Copy the identifier again from its register."

    BadId "E0408" Value
    "An id is not a slug: lower-case letters, digits, `-` and `.`, starting with a letter or digit."
    r#"companies: { "Acme Inc": (name: "Acme Inc") }"#
    r#"Keep the id short and put the name into `name`: "acme": (name: "Acme Inc")"#

    NotText "E0409" Value
    "A number or bare word is used where text in quotes is required. Numbers and dates are text here because RON would round them."
    "announced: 2016"
    r#"Write it in quotes: announced: "2016""#

    ControlCharacter "E0410" Value
    "A text contains a control character (an escape, a NUL, a line break in a name) that could garble a terminal or picture."
    r#"name: "Acme\u{1b}[31m""#
    "Delete the character. Only notes and quotes may contain line breaks and tabs."

    BadChoice "E0411" Value
    "A word is not one of the choices of the field; choices are written without quotes."
    r#"status: Done, status: "Completed""#
    "Write one of the words, without quotes: status: Completed"

    EmptyText "E0412" Value
    "A required text is empty or blank."
    r#""acme": (name: "")"#
    "Write the name, or omit the field if it is optional."

    MoreThanAll "E0413" Value
    "The holders of a company have more than 100% of it on the day asked about: a share is wrong, or one of the stakes had ended. Who owns how much of it cannot be computed."
    r#"`keiretsu owners Acme`, of Ownership( owner: "paula", owned: "acme", share: "60%" ), Ownership( owner: "quarry", owned: "acme", share: "50%" )"#
    "Correct a share, or state when it ended (`until`). A later figure of the same stake needs `as_of`; an indirect stake needs `direct: false`; if two sources differ, link the second to the first with `claims_of`."

    BadKey "E0414" Value
    "The key of an open property has other characters than letters, digits, `_`, `-`, `.` and `:`, or does not start with a letter or `_`."
    r#"properties: { "internal id": "4711" }"#
    r#"Write it without blanks: properties: { "internal_id": "4711" }"#

    FileTooLarge "E0501" Limit
    "A file, or the total of a folder, is larger than the limits allow."
    "a graph of 2 GiB"
    "Split it into several files, or open it with `--limits trusted` if you trust its origin."

    TooManyFiles "E0502" Limit
    "A folder has more graph files than the limits allow."
    "a folder of 20,000 .ron files"
    "Merge them, or open the folder with `--limits trusted` if you trust its origin."

    TooDeep "E0503" Limit
    "Brackets are nested more deeply than any graph needs."
    "a file that starts with 100 opening brackets"
    "Correct the brackets, or see docs/file-format.md."

    TextTooLong "E0504" Limit
    "A text is longer than the limits allow."
    "a name of 2,000 characters"
    "Shorten it: a name needs a few words, a quote a clause."

    TooManyRelations "E0505" Limit
    "The facts project more relations than the limits allow: a fact between n parties has n(n-1)/2."
    "a partnership between 10,000 parties"
    "Make the parties members of an alliance, or open the graph with `--limits trusted`."

    MoreErrors "E0506" Limit
    "More errors were found than are listed: one run lists 10,000."
    "a file that is not a graph, or was written by a faulty program"
    "Fix those listed, and check again; most may have the same cause."

    CannotRead "E0601" File
    "A file or folder does not exist, or cannot be read."
    "keiretsu -g nowhere.ron stats"
    "Check the path and its permissions."

    NotRegular "E0602" File
    "A path is neither a folder nor a regular file, or points outside the folder that was opened."
    "a .ron file that is a pipe, a device or a link to a file elsewhere"
    "Name the file itself, or copy it into the folder."

    NoGraphFiles "E0603" File
    "A folder contains no graph file itself; sub-folders are separate graphs."
    "keiretsu -g empty-folder stats"
    "Name a folder with .ron files in it."

    BadSnapshot "E0604" File
    "A snapshot is damaged, truncated, of another version, or opened together with other files."
    "keiretsu -g half-copied.keiretsu stats"
    "Create it again with `keiretsu pack`, and open it alone."

    OddKind "W0901" Warning
    "An entity has a kind that is unusual for its role. The relation is kept."
    r#"Subsidiary( parent: "acme", child: "widget" ), where widget is a product"#
    "Check that the right entity is named; if so, look for a kind of fact that fits better."

    OddCharacter "W0902" Warning
    "A text contains an invisible character (zero width) or one that changes the writing direction: two names that look the same may differ."
    r#"name: "Ac\u{200b}me""#
    "Delete the character."

    NoEvidence "W0903" Warning
    "A fact has no evidence, and is not marked as unsourced."
    r#"Partnership( between: ["acme", "bolt"] )"#
    r#"Add quotes: {"source": ["its words"]}, or unsourced: true"#

    FigureNotQuoted "W0904" Warning
    "A figure in a fact is in none of its quotes: it may be mistyped, or come from elsewhere."
    r#"Sale( ..., amount: "USD 350 million", quotes: {"article": ["sold its assets"]} )"#
    "Quote the words that state the figure, or correct the figure."

    ManyParties "W0905" Warning
    "A mutual fact has more than 100 parties, and creates a relation between every two of them."
    "Partnership( between: [ 150 companies ] )"
    "Make them members of an alliance (Membership), unless every two of them are really partners."

    NamedTwice "W0906" Warning
    "An entity is named twice in the same role; it counts once."
    r#"Partnership( between: ["acme", "bolt", "acme"] )"#
    "Remove or correct one of them."

    DatesOutOfOrder "W0907" Warning
    "Two dates contradict each other, on whichever days they fall: the earlier event has the later date."
    r#"Supply( ..., since: "2016", until: "2015-06" )"#
    "Correct one of the two. Something made public only after it was done needs no `announced`: the source has its own date."

    SourceNotCited "W0908" Warning
    "No fact and no entity cites a source: a quote was forgotten, or the source is not needed."
    r#"sources: { "article": (title: "An article") }, and no quotes: {"article": [...]}"#
    "Quote it where it applies, or remove it."

    EntityNotUsed "W0909" Warning
    "An entity is in no fact, and belongs to no unit, product line or portfolio: nothing leads to it."
    r#"companies: { "acme": (name: "Acme") }, and no fact that names acme"#
    "State a fact about it, or remove it."

    StatedTwice "W0910" Warning
    "Two facts state the same thing: they agree in kind, parties and details, their dates agree or may agree, as `2020-03` and `2020-03-01`, and no figure differs. Both would be counted."
    r#"Partnership( between: ["acme", "bolt"], since: "2016" ), Partnership( between: ["bolt", "acme"], since: "2016" )"#
    "Merge the two facts, with the evidence of both. If two sources state it differently, link the second to the first with `claims_of`. If they are two facts, state how they differ."

    NamesAlike "W0911" Warning
    "Two entities of one kind have names that a look-up cannot distinguish, or that differ only by a slip: in case, width, accents, punctuation, legal form, one letter, or two letters swapped; or an alias or former name of one is a name of the other. They are probably the same entity."
    r#""brindlewick": (name: "Brindlewick"), "brindelwick": (name: "Brindelwick")"#
    "Merge the two entities, with the other name as an alias. If they are different, state what distinguishes them: country, register number, LEI or Wikidata id, and for a former name the date until which it was used."

    WhoGotWhat "W0912" Warning
    "Several buyers bought several things in one sale, and no leg states who got what: each holding is only possible."
    r#"Sale( seller: "acme", buyer: ["bolt", "cog"], of: ["patent-a", "patent-b"] )"#
    r#"If a source states it, give the sale an `id` and add a leg for each buyer: Sale( seller: "acme", buyer: "bolt", of: "patent-a", part_of: "the-id" )"#

    StakeTwice "W0913" Warning
    "A holder's stake in a company is stated twice, with nothing to show which is newer or that they are separate: they count as one stake, from the lower to the higher share."
    r#"Ownership( owner: "paula", owned: "acme", share: "30%", since: "2015" ), Ownership( owner: "paula", owned: "acme", share: "40%", since: "2018" )"#
    "State the date of each figure (`as_of`): the newest counts. Or state when the older one ended (`until`), or the `class` or the intermediary (`through`) of each: then they add up."

    OwnShares "W0914" Warning
    "A company holds shares of itself. These belong to its other holders, in proportion; their shares are adjusted."
    r#"Ownership( owner: "acme", owned: "acme", share: "10%" )"#
    "If the company really holds its own shares, leave the warning in place; otherwise correct the owner."

    ClosedRing "W0915" Warning
    "Companies own one another completely: nobody outside owns any part of them, and shares in them cannot be computed."
    r#"Ownership( owner: "acme", owned: "bolt", share: "100%" ), Ownership( owner: "bolt", owned: "acme", share: "100%" )"#
    "Look for a missing owner, or for a share that is too high. If the ring is real, leave the warning in place."

    NoShare "W0916" Warning
    "A stake has a share of 0%, which is no stake. A share that was withheld is `undisclosed`; one that is not stated is omitted."
    r#"Ownership( owner: "paula", owned: "acme", share: "0%" )"#
    r#"Write share: "undisclosed", omit `share`, or state when the stake ended (`until`). If only votes are held, leave the warning in place."#

    NotAll "W0917" Warning
    "The owners of a company are declared to be complete, but have less than 100% of it."
    r#""acme": (name: "Acme", holders_complete: true), and owners who have 90%"#
    "Add the missing owner, correct a share, or remove `holders_complete`."

    SharesAboveAll "W0918" Warning
    "The holders of a company have more than 100% of it at the same time: a share is wrong, or one of the stakes has ended. The graph opens, but who owns how much of that company, directly or through it, cannot be computed (E0413)."
    r#"Ownership( owner: "paula", owned: "acme", share: "60%" ), Ownership( owner: "quarry", owned: "acme", share: "50%" )"#
    "Correct a share, or state when it ended (`until`). A later figure of the same stake needs `as_of`; an indirect stake needs `direct: false`; if two sources differ, link the second to the first with `claims_of`."

    AfterEnd "W0919" Warning
    "A stake, partnership, position or the like continues, or has no stated end, after one of its parties was dissolved or merged into another: from then on it is at most possible."
    r#"Ownership( owner: "paula", owned: "acme", since: "2015" ), Event( of: "acme", what: Dissolved, completed: "2019-06-30" )"#
    "State when it ended (`until`). Whatever passed to a successor or another holder needs its own fact."

    BeforeFounding "W0920" Warning
    "Something began or was done before one of its parties was founded."
    r#"Ownership( owner: "paula", owned: "acme", since: "2009" ), Event( of: "acme", what: Founded, completed: "2010-05" )"#
    "Correct one of the two dates, or name the predecessor instead of the company."

    TwoExclusive "W0921" Warning
    "Two licensees have an exclusive license for the same thing, in the same territory, at the same time. Only one of them can exclude the other."
    r#"License( licensor: "acme", licensee: "bolt", of: "brand", territory: ["DE"], exclusive: true, since: "2018" ), License( licensor: "acme", licensee: "cog", of: "brand", territory: ["DE"], exclusive: true, since: "2021" )"#
    "Correct the territory, the dates or `exclusive`; state that one `replaces` the other, or the `field` in which each is exclusive. If one is a sublicense, its licensor is the licensee of the other."

    WiderThanHead "W0922" Warning
    "A sublicense grants more than the license it is based on: more territory, a longer time, or exclusivity. Nobody can grant more than they have."
    r#"License( id: "head", licensor: "acme", licensee: "bolt", of: "brand", territory: ["DE"], until: "2028" ), License( licensor: "bolt", licensee: "cog", of: "brand", territory: ["DE", "PL"], until: "2035", tied_to: "head" )"#
    "Correct the territory or the term, or state the license that grants the rest."

    TitleGap "W0923" Warning
    "A patent is sold by somebody who, according to the graph, never held it, though others did: a step is missing in its chain of title, or a name is wrong. The buyer of a company does not hold its patents; its successor (`Succession`) does."
    r#"Sale( seller: "acme", buyer: "bolt", of: "patent", completed: "2014" ), Sale( seller: "cog", buyer: "dent", of: "patent", completed: "2019" )"#
    "Add the missing assignment or succession, or state who held it (`Holding`)."

    SuccessionHow "W0924" Warning
    "A succession does not state how one company takes the place of the other, so nothing passes to the successor: no stake, patent or contract."
    r#"Succession( successor: "bolt", predecessor: "acme", completed: "2010" )"#
    "State how: Succession( successor: \"bolt\", predecessor: \"acme\", how: Merger, completed: \"2010\" )"

    SourceTooOld "W0925" Warning
    "All dated sources of a fact were published before something in it was done, began or was measured: they cannot have known it."
    r#"sources: { "report": (title: "Annual report 2018", published: "2018-03") }, Ownership( owner: "paula", owned: "acme", share: "14%", as_of: "2020-12-31", evidence: [(source: "report")] )"#
    "Correct the date or the source. If it was only planned then, use `announced`, or `status: Announced`."

    SharesDoNotMeet "W0926" Warning
    "A purchase or sale of shares does not fit the stake stated before it: together they would be more than 100%, or more is sold than was held."
    r#"Ownership( owner: "paula", owned: "acme", share: "60%", since: "2015" ), Acquisition( acquirer: "paula", target: "acme", share: "51%", completed: "2018" )"#
    "The `share` of an Acquisition is the part that was bought. If it is what the buyer had afterwards, state it as an Ownership with `as_of`; otherwise correct a share, or state what happened in between."

    ReplacesLater "W0927" Warning
    "A fact replaces another that begins only after it, so that the replaced fact is never in force."
    r#"Supply( id: "new", ..., signed: "2020" ), Supply( ..., signed: "2018", replaces: "new" )"#
    "Put `replaces` into the later fact, or correct one of the dates."

    MergedOne "W0928" Warning
    "Two graphs were merged by a program, and a record of the same id differs in them: one of the two was kept, as the policy says."
    r#"companies: { "acme": (name: "Acme") }, in the other graph companies: { "acme": (name: "Acme Ltd") }"#
    "Compare the two records, and make them the same, or give one of them another id."

    MoreWarnings "W0999" Warning
    "More warnings were found than are listed: one run lists 10,000."
    "a graph of 20,000 facts without evidence"
    "Look at those listed, and check again; most may have the same cause."
}
