//! The table of faults, which is kept true.

use crate::differences::DIFFERENCES;
use crate::onlooker::Way;
use crate::told::Told;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use farrier_faults::{Authority, Expected, Fault, catalogue};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use std::{env, fs};
use tokio::task::JoinError;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

/// A call that has not ended by then hangs.
const DEADLINE: Duration = Duration::from_secs(75);

/// So far apart faults begin, as all at once would be a load that makes each slow.
const APART: Duration = Duration::from_millis(20);

/// Where the process that meets the faults finds the key of their authority.
const KEY: &str = "FARRIER_FAULTS_KEY";

const HEAD: &str = "\
# Faults and what callers see of them

Written by `UPDATE=1 cargo test -p farrier-faults`, and compared with what happens by each run without it. Both clients call
`ListKeys` of a service on loopback that goes wrong, with three attempts in standard mode, pauses of a millisecond between
them, and limits of 1 s on connecting and of 2 s on the head of an answer and on a body that does not move. Attempts and time
are those of the last call, where a fault needs several. Time is rough, so that a busy machine does not change it.

Our client meets each fault twice, with and without an interceptor, to the same end; and where nothing comes of a call no
connection of it stays open. Where the official client differs, its row stands below ours, and the reason follows the table.
";

/// The name of the official client's row.
const OFFICIAL: &str = "· aws-sdk-kms";

/// What both clients see of one fault.
struct Row {
    fault: Fault,
    official: Told,
    ours: Told,
    /// Ours with an interceptor.
    hooked: Told,
}

impl Row {
    /// What is compared of what a caller was told.
    fn seen<'t>(&self, told: &'t Told) -> (&'t str, u32, &'static str) {
        (&told.sees, told.attempts, told.time(&self.fault))
    }

    fn differs(&self) -> bool {
        self.seen(&self.official) != self.seen(&self.ours)
    }

    /// As it stands in the table: our client, and the official one where it differs.
    fn lines(&self) -> String {
        let line = |name, told: &Told| {
            let time = told.time(&self.fault);
            format!("{} {time} |\n", but_for_time(name, told))
        };
        let mut lines = line(self.fault.name, &self.ours);
        if self.differs() {
            lines += &line(OFFICIAL, &self.official);
        }
        lines
    }

    /// Whether nothing but time differs from a table that is known, or between our client's two ways.
    fn is_late(&self, known: &str) -> bool {
        let is_known = |told| {
            let names = [self.fault.name, OFFICIAL];
            names
                .map(|name| but_for_time(name, told))
                .iter()
                .any(|line| known.contains(line))
        };
        let same = self.ours.time(&self.fault) == self.hooked.time(&self.fault);
        !(same && known.contains(&self.lines())) && is_known(&self.ours) && is_known(&self.official)
    }
}

/// The beginning of a line of the table.
fn but_for_time(name: &str, told: &Told) -> String {
    format!("| {name} | {} | {} |", cell(&told.sees), told.attempts)
}

/// The clients trust the certificates that this variable names, and it has to be there before a process begins: so the
/// faults are met by a process of their own.
#[test]
fn callers_see_what_the_table_says() {
    match env::var(KEY) {
        Ok(key) => meet_all(Authority::from_key(&key)),
        Err(_) => {
            let authority = Authority::new();
            let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("faults-authority.pem");
            fs::write(&file, authority.certificate()).expect("a certificate is written");
            let child = Command::new(env::current_exe().expect("this program"))
                .args([
                    "--exact",
                    "table::callers_see_what_the_table_says",
                    "--nocapture",
                ])
                .env("SSL_CERT_FILE", file)
                .env(KEY, authority.key())
                .output()
                .expect("a second process");
            let said = [child.stdout, child.stderr].concat();
            assert!(child.status.success(), "{}", String::from_utf8_lossy(&said));
        }
    }
}

fn meet_all(authority: Authority) {
    let authority = Arc::new(authority);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()
        .expect("a runtime");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("faults.md");
    let known = fs::read_to_string(&file).unwrap_or_default();
    let (rows, mut wrong) = runtime.block_on(rows(&authority, &known));
    wrong.extend(rows.iter().filter_map(self::wrong));
    let different: Vec<_> = rows.iter().filter(|row| row.differs()).collect();
    let listed: Vec<_> = DIFFERENCES
        .iter()
        .flat_map(|(_, names)| names.iter().copied())
        .collect();
    let text = text(&rows);
    if env::var_os("UPDATE").is_some() {
        fs::write(&file, &text).expect("the table is written");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for Row {
        fault,
        official,
        ours,
        ..
    } in &different
    {
        assert!(
            listed.contains(&fault.name),
            "no reason is listed why the clients differ: {}\n{official:?}\n{ours:?}",
            fault.name
        );
    }
    for name in &listed {
        assert!(
            different.iter().any(|row| row.fault.name == *name),
            "a reason is listed, and the clients do not differ: {name}"
        );
    }
    let known = fs::read_to_string(&file).unwrap_or_default();
    assert!(known == text, "{}", changed(&known, &text));
}

/// What was seen, and which calls did not end.
async fn rows(authority: &Arc<Authority>, known: &str) -> (Vec<Row>, Vec<String>) {
    let clients = Clients {
        authority: authority.clone(),
        official: crate::official::transport(),
        ours: crate::ours::transport(),
    };
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    // Large answers keep the machine busy; the others are not to wait for them.
    let (large, small): (Vec<_>, Vec<_>) = catalogue::all().into_iter().partition(Fault::is_large);
    for faults in [small, large] {
        let mut met = Vec::new();
        for fault in faults {
            met.push(clients.meet(fault));
            tokio::time::sleep(APART).await;
        }
        for met in met {
            match met.await {
                Ok(row) => rows.push(row),
                Err(how) => wrong.extend(how),
            }
        }
    }
    // On a busy machine all at once are late; one by itself takes the time that it takes.
    for row in rows.iter_mut().filter(|row| row.is_late(known)) {
        match clients.meet(row.fault.clone()).await {
            Ok(again) => *row = again,
            Err(how) => wrong.extend(how),
        }
    }
    (rows, wrong)
}

/// The clients, each with one pool, as no two faults have one address.
struct Clients {
    authority: Arc<Authority>,
    official: SharedHttpClient,
    ours: SharedHttpClient,
}

impl Clients {
    /// Begins to meet a fault; what they see of it, or which calls did not end.
    fn meet(&self, fault: Fault) -> impl Future<Output = Result<Row, Vec<String>>> {
        let official = {
            let (fault, authority) = (fault.clone(), self.authority.clone());
            let met = crate::official::meet(fault, authority, self.official.clone(), Way::Plain);
            tokio::spawn(timeout(DEADLINE, met))
        };
        let ours = |way| {
            let (fault, authority) = (fault.clone(), self.authority.clone());
            let met = crate::ours::meet(fault, authority, self.ours.clone(), way);
            tokio::spawn(timeout(DEADLINE, met))
        };
        let (plain, hooked) = (ours(Way::Plain), ours(Way::Hooked));
        async move {
            let (official, ours) = (ended(official.await), ended(plain.await));
            match (official, ours, ended(hooked.await)) {
                (Ok(official), Ok(ours), Ok(hooked)) => Ok(Row {
                    fault,
                    official,
                    ours,
                    hooked,
                }),
                (official, ours, hooked) => {
                    let all = [("official", official), ("ours", ours), ("hooked", hooked)];
                    let how = |(who, ended): (&str, Result<Told, String>)| {
                        let how = ended.err()?;
                        Some(format!("{}: {who} {how}", fault.name))
                    };
                    Err(all.into_iter().filter_map(how).collect())
                }
            }
        }
    }
}

fn ended(met: Result<Result<Told, Elapsed>, JoinError>) -> Result<Told, String> {
    match met {
        Ok(Ok(told)) => Ok(told),
        Ok(Err(_)) => Err("hangs".to_owned()),
        Err(error) => Err(format!("panics: {error}")),
    }
}

/// What must not be, whatever the table says.
fn wrong(row: &Row) -> Option<String> {
    if row.ours.left_open > 0 {
        let open = row.ours.left_open;
        return Some(format!(
            "{}: {open} connections are left open",
            row.fault.name
        ));
    }
    let (ours, hooked) = (&row.ours, &row.hooked);
    if row.seen(ours) != row.seen(hooked) || ours.says != hooked.says {
        return Some(format!(
            "{}: an interceptor makes {hooked:?} of {ours:?}",
            row.fault.name
        ));
    }
    let is_output = row.fault.expected == Expected::Output;
    (row.ours.is_output != is_output).then(|| {
        format!(
            "{}: {:?} was expected, and there was {}",
            row.fault.name, row.fault.expected, row.ours.sees
        )
    })
}

fn text(rows: &[Row]) -> String {
    let mut text = format!(
        "{HEAD}\n| fault | what the caller sees | attempts | time |\n| --- | --- | --- | --- |\n"
    );
    rows.iter().for_each(|row| text += &row.lines());
    text += "\n## Why they differ\n";
    for (reason, names) in DIFFERENCES {
        text += &format!("\n{reason}\n\n");
        names.iter().for_each(|name| text += &format!("- {name}\n"));
    }
    text += "\n## What the errors say\n\nAn error and its sources, in their words; the texts are each client's own.\n\n| fault | ours | aws-sdk-kms |\n| --- | --- | --- |\n";
    for row in rows
        .iter()
        .filter(|row| !row.ours.says.is_empty() || !row.official.says.is_empty())
    {
        let said = |told: &Told| cell(&told.says.join(": "));
        text += &format!(
            "| {} | {} | {} |\n",
            row.fault.name,
            said(&row.ours),
            said(&row.official)
        );
    }
    text
}

/// A text for a table.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for character in text.chars() {
        match character {
            '|' => cell.push_str("\\|"),
            '<' => cell.push_str("&lt;"),
            character if character.is_control() => cell.extend(character.escape_default()),
            character => cell.push(character),
        }
    }
    cell
}

/// The first lines that differ.
fn changed(known: &str, text: &str) -> String {
    let known: Vec<_> = known.lines().collect();
    let lines = text.lines().filter(|line| !known.contains(line)).take(20);
    let lines: Vec<_> = lines.collect();
    format!(
        "faults.md is not true any more; UPDATE=1 writes it anew. New lines:\n{}",
        lines.join("\n")
    )
}
