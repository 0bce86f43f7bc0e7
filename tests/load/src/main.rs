//! Puts a load on one client for as many seconds as are asked for (60), with a cut of the network for a sixth of them
//! in the middle, and says what became of all calls; it fails when that is not what it should be.

mod load;
mod process;
mod report;
mod service;

use load::Load;
use process::Held;
use report::Report;
use std::error::Error;
use std::process::Stdio;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let argument = std::env::args().nth(1);
    match argument.as_deref() {
        Some("service") => Ok(service::serve().await?),
        Some(seconds) => run(Duration::from_secs(seconds.parse()?)).await,
        None => run(Duration::from_secs(60)).await,
    }
}

/// The service in a process of its own, so that this one holds what the client holds.
fn start_service() -> std::io::Result<Child> {
    Command::new(std::env::current_exe()?)
        .arg("service")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
}

async fn run(lasts: Duration) -> Result<(), Box<dyn Error>> {
    let mut service = start_service()?;
    let mut commands = service.stdin.take().ok_or("no way to the service")?;
    let said = service.stdout.take().ok_or("no way from the service")?;
    let mut said = BufReader::new(said).lines();
    let url = said.next_line().await?.ok_or("the service did not start")?;
    let before = Held::now()?;
    let load = Load::new(&url, lasts);
    let mut tasks = load.start();
    let watching = tokio::spawn(load::watch(lasts));
    let cut = lasts / 6;
    tokio::time::sleep(lasts / 2 - cut / 2).await;
    load.cut.store(true, Ordering::Relaxed);
    commands
        .write_all(format!("{}\n", cut.as_millis()).as_bytes())
        .await?;
    tokio::time::sleep(cut).await;
    let back = Instant::now();
    let outputs = || load.books.outputs.load(Ordering::Relaxed);
    let at_return = outputs();
    while outputs() == at_return && back.elapsed() < lasts {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let back = back.elapsed();
    // Until the calls that the cut has met are over, and the quota of repetitions is full again.
    tokio::time::sleep(lasts / 12).await;
    load.cut.store(false, Ordering::Relaxed);
    while let Some(ended) = tasks.join_next().await {
        ended?;
    }
    let seen = watching.await??;
    drop(commands);
    let service = said.next_line().await?.ok_or("the service says nothing")?;
    Report {
        lasts,
        cut,
        back,
        before,
        seen: &seen,
        service: &service,
        books: &load.books,
    }
    .check()
}
