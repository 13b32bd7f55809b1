//! The filters that all commands share: which facts are shown, walked and added up.

use keiretsu::answer::KindFilter;
use keiretsu::{Confidence, Country, Entity, FactFilter, Status, View};

use crate::args::{at_least_one, with_hint};
use crate::failure::{Failure, exit};
use crate::session::{entity, say};

#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct FilterOptions {
    /// Only these kinds of facts or relations, separated by commas; '!KIND' leaves one out
    #[arg(long = "kind", value_name = "KIND", value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// Only facts of this status, such as Completed or '!Ended'
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    status: Vec<String>,
    /// Only facts of this confidence: Confirmed, Reported, Rumoured or Inferred
    #[arg(long, value_name = "CONFIDENCE", value_delimiter = ',')]
    confidence: Vec<String>,
    #[command(flatten)]
    pub(crate) places: PlaceFilters,
    /// Only facts that this source supports: its id or title
    #[arg(long, value_name = "SOURCE", value_delimiter = ',')]
    source: Vec<String>,
    /// Only facts that so many sources support at most, such as 1
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    sources: Option<usize>,
    /// Only facts that no source supports
    #[arg(long)]
    unsourced: bool,
    /// Only facts that sources disagree about
    #[arg(long)]
    disputed: bool,
    /// Only facts stated as rumours
    #[arg(long)]
    rumoured: bool,
    /// Leave out this entity, or this kind of fact or relation; what names both is the entity
    #[arg(long, value_name = "NAME|KIND")]
    without: Vec<String>,
}

/// The filters of entities.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Filters")]
pub(crate) struct PlaceFilters {
    /// Only with parties of this country, besides those named in the question: US, or '!US'
    #[arg(long, value_name = "COUNTRY", value_delimiter = ',')]
    country: Vec<String>,
    /// Only with parties of this industry, besides those named in the question
    #[arg(long, value_name = "INDUSTRY", value_delimiter = ',')]
    industry: Vec<String>,
}

/// A value with what stands before it: whether it is not wanted.
fn signed(text: &str) -> (bool, &str) {
    let text = text.trim();
    text.strip_prefix('!').map_or((false, text), |text| (true, text.trim()))
}

/// The value of a closed list with this name, in any case.
fn named<T: Copy>(
    option: &str,
    text: &str,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<T, Failure> {
    let found = all.iter().copied().find(|value| name(*value).eq_ignore_ascii_case(text));
    found.ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|value| name(*value)).collect();
        Failure::new(exit::USAGE, format!("{option}: `{text}` is none of {}", names.join(", ")))
    })
}

impl FilterOptions {
    /// The kinds that are wanted, for commands that choose by kind themselves.
    pub(crate) fn wanted_kinds(&self) -> Result<KindFilter, Failure> {
        let wanted: Vec<String> = self.kinds.iter().filter(|kind| !signed(kind).0).cloned().collect();
        Ok(KindFilter::parse(&wanted)?)
    }

    /// The filter for a question about some entities.
    pub(crate) fn filter<'g>(
        &self,
        view: View<'g>,
        about: &[Entity<'g>],
        takes_kinds: bool,
    ) -> Result<FactFilter<'g>, Failure> {
        let mut filter = about.iter().fold(FactFilter::new(), |filter, entity| filter.about(*entity));
        if !takes_kinds {
            let kinds = self.wanted_kinds()?;
            filter = kinds.facts().iter().fold(filter, |filter, kind| filter.kind(*kind));
            filter = kinds.relations().iter().fold(filter, |filter, kind| filter.relation_kind(*kind));
        }
        for unwanted in self.kinds.iter().map(|kind| signed(kind)).filter(|(is_unwanted, _)| *is_unwanted) {
            filter = without_kind(filter, &KindFilter::parse(&[unwanted.1.to_owned()])?);
        }
        for text in &self.without {
            // What a kind and an entity are called is the entity: the kind can be left out with `--kind`.
            filter = match (view.find(text), KindFilter::parse(std::slice::from_ref(text))) {
                (Ok(entity), Ok(_)) => {
                    say(&format!("`{text}` is the entity {entity}: --kind '!{text}' leaves out the kind"));
                    filter.without(entity)
                }
                (Err(_), Ok(kinds)) => without_kind(filter, &kinds),
                (_, Err(_)) => filter.without(entity(view, text)?),
            };
        }
        for (not, text) in self.status.iter().map(|text| signed(text)) {
            let status = named("--status", text, Status::ALL, Status::name)?;
            filter = if not { filter.without_status(status) } else { filter.status(status) };
        }
        for (not, text) in self.confidence.iter().map(|text| signed(text)) {
            let confidence = named("--confidence", text, Confidence::ALL, Confidence::name)?;
            filter = if not { filter.without_confidence(confidence) } else { filter.confidence(confidence) };
        }
        for (not, text) in self.places.country.iter().map(|text| signed(text)) {
            let country: Country = text.parse().map_err(|error: keiretsu::ValueError| {
                Failure::new(exit::USAGE, format!("--country: {}", with_hint(&error)))
            })?;
            filter = if not { filter.without_country(country) } else { filter.country(country) };
        }
        for (not, text) in self.places.industry.iter().map(|text| signed(text)) {
            if text.is_empty() {
                return Err(Failure::new(exit::USAGE, "--industry: no industry is named"));
            }
            let industry = text.to_owned();
            filter = if not { filter.without_industry(industry) } else { filter.industry(industry) };
        }
        for (not, text) in self.source.iter().map(|text| signed(text)) {
            let source = view.find_source(text)?;
            filter = if not { filter.without_source(source) } else { filter.source(source) };
        }
        if let Some(most) = self.sources {
            filter = filter.most_sources(most);
        }
        filter = if self.unsourced { filter.unsourced() } else { filter };
        filter = if self.disputed { filter.disputed() } else { filter };
        Ok(if self.rumoured { filter.rumoured() } else { filter })
    }
}

fn without_kind<'g>(filter: FactFilter<'g>, kinds: &KindFilter) -> FactFilter<'g> {
    let filter = kinds.facts().iter().fold(filter, |filter, kind| filter.without_kind(*kind));
    kinds.relations().iter().fold(filter, |filter, kind| filter.without_relation_kind(*kind))
}
