//! A service on a socket that gives one answer to all.

use std::io::{BufRead, BufReader, Read, Result, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What is answered.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// A status and a body.
    Whole(u16, String),
    /// A body that is longer than what comes of it.
    Cut(String),
    /// Nothing: the connection is closed.
    Broken,
}

impl Reply {
    pub(crate) fn new(status: u16, body: String) -> Self {
        Self::Whole(status, body)
    }
}

/// The service.
#[derive(Debug)]
pub(crate) struct Server {
    url: String,
    reply: Arc<Mutex<Reply>>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let reply = Arc::new(Mutex::new(Reply::Broken));
        let given = reply.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let given = given.clone();
                // It ends when the client closes the connection.
                thread::spawn(move || serve(stream, &given));
            }
        });
        Self { url, reply }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Answers this from now on.
    pub(crate) fn reply(&self, reply: Reply) {
        *self.reply.lock().unwrap_or_else(PoisonError::into_inner) = reply;
    }
}

fn serve(mut stream: TcpStream, reply: &Mutex<Reply>) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut requests = BufReader::new(stream.try_clone()?);
    while receive(&mut requests)? {
        let reply = reply.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let head = |status, length| {
            format!(
                "HTTP/1.1 {status} Status\r\nx-amzn-requestid: id-1\r\nContent-Length: {length}\r\n\r\n"
            )
        };
        match reply {
            Reply::Whole(status, body) => {
                stream.write_all((head(status, body.len()) + &body).as_bytes())?;
            }
            Reply::Cut(body) => {
                return stream.write_all((head(200, body.len() + 1) + &body).as_bytes());
            }
            Reply::Broken => return Ok(()),
        }
    }
    Ok(())
}

/// Reads a request; whether there was one.
fn receive(stream: &mut BufReader<TcpStream>) -> Result<bool> {
    let (mut length, mut line) = (0, String::new());
    while line != "\r\n" {
        line.clear();
        if stream.read_line(&mut line)? == 0 {
            return Ok(false);
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(true)
}
