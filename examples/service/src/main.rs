//! A service that answers questions about a graph as JSON.
//!
//! `cargo run -- ../../graphs 127.0.0.1:8080`, then `curl 'http://127.0.0.1:8080/partners?name=Xiaomi'`.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing::get};
use keiretsu::answer::{Answer, Content, OwnersQuestion};
use keiretsu::{Cancel, Date, Error, ErrorKind, Graph, KeptOwnership, Limits, OwnerRule, View};
use serde::Deserialize;
use serde_json::json;

/// A request that takes longer is given up.
const PATIENCE: Duration = Duration::from_secs(2);

/// What all requests share: read once, never changed.
struct Served {
    graph: Graph,
    /// Who owns what without a date. Each date has a network of its own, which is made for the request.
    ownership: KeptOwnership,
}

impl Served {
    fn new(graph: Graph) -> keiretsu::Result<Self> {
        graph.warm(); // so that no request waits for an index
        let ownership = graph.view().ownership().keep(&graph)?;
        Ok(Self { graph, ownership })
    }
}

#[derive(Deserialize)]
struct Asked {
    name: String,
    as_of: Option<Date>,
}

impl Asked {
    fn view<'g>(&self, graph: &'g Graph) -> View<'g> {
        self.as_of.map_or_else(|| graph.view(), |date| graph.as_of(date))
    }
}

fn service(served: Served) -> Router {
    Router::new().route("/partners", get(partners)).route("/owners", get(owners)).with_state(Arc::new(served))
}

async fn partners(State(served): State<Arc<Served>>, Query(asked): Query<Asked>) -> Response {
    answered(served, move |served, limits| {
        let company = asked.view(&served.graph).find_organisation(&asked.name)?;
        Ok(body(&company.partners().limits(limits).answer()))
    })
    .await
}

async fn owners(State(served): State<Arc<Served>>, Query(asked): Query<Asked>) -> Response {
    answered(served, move |served, limits| {
        let company = asked.view(&served.graph).find_organisation(&asked.name)?;
        let mut question = OwnersQuestion::of(company).by(OwnerRule::Multiply).limits(limits);
        if asked.as_of.is_none() {
            question = question.using(&served.ownership.ownership());
        }
        Ok(body(&question.answer()?))
    })
    .await
}

/// What the program prints with `--format json`.
fn body<'g, C: Content<'g>>(answer: &Answer<'g, C>) -> String {
    answer.json("served")
}

/// Asks on a thread for work, within limits, and gives up after a while.
async fn answered(
    served: Arc<Served>,
    ask: impl FnOnce(&Served, Limits) -> keiretsu::Result<String> + Send + 'static,
) -> Response {
    let cancel = Cancel::default();
    let limits = Limits::strict().rows(1_000).cancelled_by(&cancel);
    let asking = tokio::task::spawn_blocking(move || ask(&served, limits));
    match tokio::time::timeout(PATIENCE, asking).await {
        Ok(Ok(Ok(json))) => ([(header::CONTENT_TYPE, "application/json")], json).into_response(),
        Ok(Ok(Err(error))) => refused(&error),
        Ok(Err(_)) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Err(_) => {
            cancel.cancel(); // the thread stops by itself
            StatusCode::GATEWAY_TIMEOUT.into_response()
        }
    }
}

fn refused(error: &Error) -> Response {
    let status = match error.kind() {
        ErrorKind::UnknownEntity => StatusCode::NOT_FOUND,
        ErrorKind::AmbiguousName => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let candidates: Vec<&str> = error.candidates().iter().map(|one| one.id.as_str()).collect();
    let body = json!({
        "error": error.kind().name(),
        "message": error.to_string(),
        "hint": error.suggestion(),
        "candidates": candidates,
    });
    (status, Json(body)).into_response()
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_else(|| "../../graphs".to_owned());
    let address = arguments.next().unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let service = service(Served::new(Graph::open(path)?)?);
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(listener, service).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use http_body_util::BodyExt;
    use serde_json::Value;
    use tower::ServiceExt;

    use super::*;

    async fn get(path: &str, folder: &str) -> (StatusCode, Value) {
        let graph = Graph::open(format!("../../graphs/{folder}")).unwrap();
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = service(Served::new(graph).unwrap()).oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    #[tokio::test]
    async fn partners_are_as_the_program_prints_them() {
        let (status, answer) = get("/partners?name=xiaomi", "").await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(answer["results"][0]["partner"]["name"], "Foxconn");
        let (_, before) = get("/partners?name=xiaomi&as_of=2005", "").await;
        assert_eq!(before["results"][0]["relations"][0]["certainty"], "possible");
    }

    #[tokio::test]
    async fn owners_are_those_of_the_kept_ownership() {
        let (_, answer) = get("/owners?name=Delta%20Holding", "ownership").await;
        assert_eq!(answer["results"][0]["entity"]["name"], "Paula Kern");
        let (_, dated) = get("/owners?name=Delta%20Holding&as_of=2020", "ownership").await;
        assert_eq!(dated["results"][0]["share"], answer["results"][0]["share"]);
    }

    #[tokio::test]
    async fn errors_are_data() {
        let (status, answer) = get("/partners?name=Xaomi", "").await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        assert_eq!(answer["error"], "unknown entity");
        assert_eq!(answer["hint"], "did you mean `Xiaomi`?");
        let (status, _) = get("/partners?name=xiaomi&as_of=yesterday", "").await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
    }
}
