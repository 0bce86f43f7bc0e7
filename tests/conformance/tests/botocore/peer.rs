//! botocore in a process of its own: one line of JSON asks, one answers.

use farrier_conformance::{Seen, now, programs, python};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::time::SystemTime;

pub(crate) const REGION: &str = "eu-central-1";
pub(crate) const ACCESS_KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";
pub(crate) const SECRET_ACCESS_KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
pub(crate) const SESSION_TOKEN: &str = "a session token/+=";

/// A client of one service.
#[derive(Debug)]
pub(crate) struct Peer {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// What botocore makes of an input.
#[derive(Debug)]
pub(crate) struct Reply {
    /// The request it sends.
    pub(crate) request: Seen,
    /// The `authorization` it gives our request, over the headers that we sign.
    pub(crate) authorization: String,
}

impl Peer {
    pub(crate) fn start(service: &str) -> Self {
        let seconds = now().duration_since(SystemTime::UNIX_EPOCH);
        let settings = json!({
            "service": service,
            "region": REGION,
            "access_key_id": ACCESS_KEY_ID,
            "secret_access_key": SECRET_ACCESS_KEY,
            "session_token": SESSION_TOKEN,
            "now": seconds.expect("after 1970").as_secs(),
        });
        let mut process = python()
            .arg(programs().join("requests_of_botocore.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let input = process.stdin.take().expect("a pipe");
        let output = BufReader::new(process.stdout.take().expect("a pipe"));
        let mut peer = Self {
            process,
            input,
            output,
        };
        peer.ask(&settings);
        peer
    }

    /// Lets botocore make the request for the same input, and sign ours.
    pub(crate) fn reply(
        &mut self,
        operation: &str,
        params: &Value,
        ours: &Seen,
    ) -> Result<Reply, String> {
        let reply = self.ask(&json!({
            "operation": operation,
            "params": params,
            "method": ours.method,
            "url": ours.uri,
            "headers": ours.headers,
            "body": ours.body,
        }));
        if let Some(error) = reply["error"].as_str() {
            return Err(format!("botocore: {error}"));
        }
        let text = |name: &str| reply[name].as_str().expect("text").to_owned();
        let headers = reply["headers"].as_object().expect("headers").iter();
        let headers = headers.map(|(name, value)| {
            let value = value.as_str().expect("a header is text");
            (name.to_ascii_lowercase(), value.to_owned())
        });
        Ok(Reply {
            request: Seen {
                method: text("method"),
                uri: text("url"),
                headers: headers.collect(),
                body: text("body"),
            },
            authorization: text("authorization"),
        })
    }

    fn ask(&mut self, question: &Value) -> Value {
        writeln!(self.input, "{question}").expect("Python listens");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("Python answers");
        serde_json::from_str(&line).unwrap_or_else(|error| {
            panic!(
                "{error} in {line:?}, for {question}: {:?}",
                self.process.try_wait()
            )
        })
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It ends when its standard input does; killed, it does not outlive a test that failed in the middle of a line.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
