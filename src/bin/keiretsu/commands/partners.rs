//! `keiretsu partners`

use keiretsu::answer::{Answer, PartnerRows};
use keiretsu::{Entity, View};

use crate::args::PartnersArgs;
use crate::failure::Failure;
use crate::output::print;
use crate::session::{Session, organisation, seen};

pub(crate) fn run(session: &Session, args: &PartnersArgs) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let company = args.name.as_deref().map(|name| organisation(view, name)).transpose()?;
    let shared_with = args.shared_with.as_deref().map(|name| organisation(view, name)).transpose()?;
    let named: Vec<_> = company.into_iter().chain(shared_with).collect();
    let filtering = session.filtering(view, &named)?;
    let answer = filtering.ask(view, |view| {
        let [company, shared_with] = [company, shared_with].map(|one| one.map(|entity| seen(view, entity)));
        Ok::<_, Failure>(match (company, shared_with) {
            (None, _) => pairs(session, view, args),
            (Some(company), None) => around(session, company, args),
            (Some(company), Some(other)) => shared(session, company, other, args),
        })
    })?;
    print(&answer, session)
}

type Found<'g> = Answer<'g, PartnerRows<'g>>;

fn pairs<'g>(session: &Session, view: View<'g>, args: &PartnersArgs) -> Found<'g> {
    let question = view.partners().limits(session.limits.clone());
    if args.broad { question.broad().answer() } else { question.answer() }
}

fn around<'g>(session: &Session, company: Entity<'g>, args: &PartnersArgs) -> Found<'g> {
    let mut question = company.partners().hops(args.hops).limits(session.limits.clone());
    if args.broad {
        question = question.broad();
    }
    if args.group {
        question = question.group();
    }
    question.answer()
}

fn shared<'g>(session: &Session, company: Entity<'g>, other: Entity<'g>, args: &PartnersArgs) -> Found<'g> {
    let mut question = company.shared_partners(other).limits(session.limits.clone());
    if args.broad {
        question = question.broad();
    }
    if args.group {
        question = question.group();
    }
    question.answer()
}
