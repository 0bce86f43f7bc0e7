//! A host on this machine that answers over HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What a host does with a request: its operation and its body become a status and a body.
type Answer = dyn Fn(&str, &str) -> (u16, String) + Send + Sync;

/// What came to a host: the operation and the body of each request.
type Asked = Arc<Mutex<Vec<(String, String)>>>;

/// A host, up to the end of the program.
#[derive(Debug)]
pub(crate) struct Host {
    pub(crate) port: u16,
    asked: Asked,
}

impl Host {
    pub(crate) fn new(
        answer: impl Fn(&str, &str) -> (u16, String) + Send + Sync + 'static,
    ) -> Host {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let asked = Asked::default();
        let answer: Arc<Answer> = Arc::new(answer);
        let noted = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, noted) = (answer.clone(), noted.clone());
                thread::spawn(move || serve(&stream, &*answer, &noted));
            }
        });
        Host { port, asked }
    }

    /// What came since this was last asked.
    pub(crate) fn asked(&self) -> Vec<(String, String)> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }

    /// The operations that were called since this was last asked.
    pub(crate) fn operations(&self) -> Vec<String> {
        let asked = self.asked().into_iter();
        asked.map(|(operation, _)| operation).collect()
    }
}

/// Answers the requests of a connection until it is closed.
fn serve(mut stream: &TcpStream, answer: &Answer, noted: &Asked) {
    let mut reader = BufReader::new(stream);
    loop {
        let (mut operation, mut length) = (String::new(), 0);
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        while line != "\r\n" {
            let lower = line.to_ascii_lowercase();
            if lower.starts_with("x-amz-target:") {
                operation = line.trim_end().rsplit('.').next().unwrap().to_owned();
            }
            if let Some(value) = lower.strip_prefix("content-length:") {
                length = value.trim().parse().expect("a length");
            }
            line.clear();
            reader.read_line(&mut line).expect("a header");
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).expect("a body");
        let body = String::from_utf8(body).expect("text");
        let asked = (operation.clone(), body.clone());
        noted.lock().unwrap().push(asked);
        let (status, text) = answer(&operation, &body);
        let length = text.len();
        let text = format!("HTTP/1.1 {status} -\r\ncontent-length: {length}\r\n\r\n{text}");
        if stream.write_all(text.as_bytes()).is_err() {
            return;
        }
    }
}
