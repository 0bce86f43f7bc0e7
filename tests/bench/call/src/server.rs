//! A server in a process of its own, so that its CPU time is not the clients'.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.1\r\nx-amzn-requestid: 1b7d7b1e\r\ncontent-length: 2\r\n\r\n{}";

/// Runs for as long as this lives.
#[derive(Debug)]
pub struct Server {
    process: Child,
    /// `127.0.0.1` and the port.
    pub address: String,
}

impl Server {
    /// Starts this program again, with an argument that makes it [`serve`].
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    pub fn start() -> Server {
        let program = std::env::current_exe().expect("the path of this program");
        let mut process = Command::new(program)
            .arg("serve")
            .stdout(Stdio::piped())
            .spawn()
            .expect("a second process");
        let mut address = String::new();
        let said = process.stdout.as_mut().expect("its output is a pipe");
        BufReader::new(said)
            .read_line(&mut address)
            .expect("the address");
        Server {
            process,
            address: address.trim().to_owned(),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Keeps this process, the threads that it makes from now on included, on one core, where the system can and has that
/// core. A system that moves the two ends of a connection to one core, or apart, changes the time of a call by four.
pub fn stay_on(core: usize) {
    #[cfg(target_os = "linux")]
    {
        use nix::sched::{CpuSet, sched_setaffinity};
        let mut cores = CpuSet::new();
        if cores.set(core).is_ok() {
            // A machine with one core has no other.
            let _ = sched_setaffinity(nix::unistd::Pid::from_raw(0), &cores);
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = core;
}

/// Answers each request with `{}`, on a thread for each connection, when that is what the program was started for.
/// Returns at once where it was not.
///
/// # Panics
///
/// When there is no port.
pub fn serve() {
    if std::env::args().nth(1).as_deref() != Some("serve") {
        return;
    }
    stay_on(1);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    println!("{}", listener.local_addr().expect("its address"));
    for stream in listener.incoming().flatten() {
        thread::spawn(|| answer(stream));
    }
}

/// Answers until the client closes.
fn answer(stream: TcpStream) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let mut writer = stream.try_clone().ok()?;
    let mut reader = BufReader::new(stream);
    let (mut line, mut body) = (String::new(), Vec::new());
    loop {
        let mut length = 0;
        loop {
            line.clear();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if line == "\r\n" {
                break;
            }
            let header = line
                .split_once(": ")
                .filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            if let Some((_, value)) = header {
                length = value.trim().parse().ok()?;
            }
        }
        body.resize(length, 0);
        reader.read_exact(&mut body).ok()?;
        writer.write_all(ANSWER).ok()?;
    }
}
