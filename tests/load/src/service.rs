//! The service: it answers `DescribeKey` with the key's id, after a while, or fails.

use fastrand::Rng;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use std::collections::HashSet;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// How long an answer takes at most, in milliseconds.
const LONGEST_DELAY: u64 = 100;

/// Of so many requests one fails.
const FAILS: u32 = 20;

/// What was done, over all connections.
#[derive(Debug, Default)]
struct Books {
    requests: u64,
    failed: u64,
    /// Keys that were described since the last cut; before one an answer can be lost on its way.
    described: HashSet<String>,
    answered: u64,
    twice: u64,
}

type Shared = Arc<Mutex<Books>>;

/// Prints the address and listens there, until its input ends; then it prints what it did. A line of its input is a number
/// of milliseconds for which nothing is answered: all connections are cut, and new ones refused.
///
/// # Errors
///
/// There is no port to listen at.
pub(crate) async fn serve() -> io::Result<()> {
    let books = Shared::default();
    let mut listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    println!("http://{address}");
    let mut commands = BufReader::new(tokio::io::stdin()).lines();
    loop {
        let command = tokio::select! {
            command = commands.next_line() => command?,
            never = accept(&listener, &books) => never,
        };
        // All connections went with the future that accepted them.
        let Some(cut) = command.and_then(|line| line.parse().ok()) else {
            break;
        };
        drop(listener);
        locked(&books, |books| books.described.clear());
        tokio::time::sleep(Duration::from_millis(cut)).await;
        listener = TcpListener::bind(address).await?;
    }
    locked(&books, |books| {
        println!(
            "{} {} {} {}",
            books.requests, books.failed, books.answered, books.twice
        );
    });
    Ok(())
}

fn locked<T>(books: &Mutex<Books>, write: impl FnOnce(&mut Books) -> T) -> T {
    write(&mut books.lock().unwrap_or_else(PoisonError::into_inner))
}

async fn accept<T>(listener: &TcpListener, books: &Shared) -> T {
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    open.spawn(connection(stream, books.clone()));
                }
            }
            Some(_) = open.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, books: Shared) {
    let serve = service_fn(|request| answer(request, &books));
    // A connection that is closed on purpose ends with an error.
    let _ = stream.set_nodelay(true);
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), serve)
        .await;
}

/// What a request comes to.
enum Fate {
    Answer,
    /// A status and a body.
    Fail(u16, &'static str),
    /// Nothing: the connection is closed.
    Close,
}

fn fate(rng: &mut Rng) -> Fate {
    if rng.u32(..FAILS) > 0 {
        return Fate::Answer;
    }
    match rng.u8(..4) {
        0 => Fate::Fail(500, ""),
        1 => Fate::Fail(503, "<html>unavailable</html>"),
        2 => Fate::Fail(400, r#"{"__type":"ThrottlingException"}"#),
        _ => Fate::Close,
    }
}

async fn answer(request: Request<Incoming>, books: &Shared) -> io::Result<Response<Full<Bytes>>> {
    let body = request.into_body().collect().await;
    let body = body.map_err(io::Error::other)?.to_bytes();
    let input: serde_json::Value = serde_json::from_slice(&body)?;
    let id = input["KeyId"].as_str().unwrap_or_default();
    let (fate, delay) = {
        let mut rng = Rng::new();
        (fate(&mut rng), rng.u64(..LONGEST_DELAY))
    };
    locked(books, |books| {
        books.requests += 1;
        books.failed += u64::from(!matches!(fate, Fate::Answer));
    });
    tokio::time::sleep(Duration::from_millis(delay)).await;
    let (status, text) = match fate {
        Fate::Close => return Err(io::ErrorKind::ConnectionAborted.into()),
        Fate::Fail(status, text) => (status, text.to_owned()),
        Fate::Answer => {
            locked(books, |books| {
                books.answered += 1;
                books.twice += u64::from(!books.described.insert(id.to_owned()));
            });
            let answer = serde_json::json!({ "KeyMetadata": { "KeyId": id } });
            (200, answer.to_string())
        }
    };
    let mut response = Response::new(Full::from(text));
    *response.status_mut() = status.try_into().map_err(io::Error::other)?;
    Ok(response)
}
