//! Runs that are interrupted or killed, at moments all over them: what is there afterwards is the old or the new.
//!
//! `FARRIER_KILLS=1000 cargo test -p farrier-cli --test maintain interrupted` tries more moments.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use farrier::Generator;

use crate::called::{farrier, fresh};
use crate::listing;

/// What each of two configurations asks for: they have files in common, and each has some of its own.
const OPERATIONS: [&str; 2] = [r#"["Do0", "Do1", "Do2"]"#, r#"["Do2", "Do3", "Do4"]"#];

/// About how long a run takes from the moment at which everything is made.
const WRITES: Duration = Duration::from_millis(12);

/// A small model, so that a run is short.
fn model() -> String {
    let (mut shapes, mut names) = (String::new(), Vec::new());
    for index in 0..5 {
        names.push(format!("{{\"target\": \"x#Do{index}\"}}"));
        shapes.push_str(&format!(
            "\"x#Do{index}\": {{\"type\": \"operation\", \"input\": {{\"target\": \"x#In{index}\"}}}},\n\
             \"x#In{index}\": {{\"type\": \"structure\", \"members\": {{\"a\": {{\"target\": \"smithy.api#String\"}}}}}},\n"
        ));
    }
    format!(
        "{{\"smithy\": \"2.0\", \"shapes\": {{\n{shapes}\"x#Service\": {{\"type\": \"service\", \"version\": \"1\", \
         \"operations\": [{}], \"traits\": {{\"aws.protocols#awsJson1_1\": {{}}}}}}}}}}",
        names.join(", ")
    )
}

type Listing = BTreeMap<PathBuf, Option<String>>;

/// A folder, and what it holds after each of two configurations, which are `0.toml` and `1.toml`.
struct Ground {
    folder: PathBuf,
    outputs: [Listing; 2],
    /// How long a run takes.
    takes: Duration,
}

impl Ground {
    fn new(name: &str) -> Ground {
        let folder = fresh(name);
        fs::write(folder.join("model.json"), model()).unwrap();
        let mut takes = Duration::ZERO;
        let outputs = [0, 1].map(|index| {
            let operations = OPERATIONS[index];
            let config = format!(
                "[[crate]]\nmodel = \"model.json\"\noperations = {operations}\nout = \"out/one\"\n\
                 [[crate]]\nmodel = \"model.json\"\noperations = {operations}\nmodule = \"out/two.rs\"\n"
            );
            fs::write(folder.join(format!("{index}.toml")), config).unwrap();
            let start = Instant::now();
            let run = farrier(&folder, &format!("generate --config {index}.toml"));
            takes = start.elapsed();
            assert_eq!(run.code, 0, "{run:?}");
            listing(&folder.join("out"))
        });
        assert!(outputs[0] != outputs[1]);
        Ground {
            folder,
            outputs,
            takes,
        }
    }

    fn start(&self, index: usize) -> Child {
        self.generate(index).spawn().unwrap()
    }

    fn generate(&self, index: usize) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_farrier"));
        command.args(["generate", "--config", &format!("{index}.toml")]);
        command
            .current_dir(&self.folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Waits for the moment of this number: the even ones are spread over a run, the odd ones over the time in which it
    /// writes.
    fn wait(&self, child: &mut Child, number: u32, of: u32) {
        if number.is_multiple_of(2) {
            sleep(self.takes * number * 5 / of / 4);
            return;
        }
        let out = self.folder.join("out");
        let staging = [out.join("one/.farrier"), out.join(".farrier-two.rs")];
        while !staging.iter().all(|folder| folder.exists()) {
            if child.try_wait().unwrap().is_some() {
                return;
            }
            std::hint::spin_loop();
        }
        sleep(WRITES * number / of);
    }

    /// Undoes what a run left half done, as the next one begins with it.
    fn recover(&self) {
        let model = || Generator::new().model("no matter");
        let out = self.folder.join("out");
        model().out_dir(out.join("one")).recover().unwrap();
        model().module_file(out.join("two.rs")).recover().unwrap();
    }

    /// Which of the two outputs each of the targets is; nothing else may be there.
    fn state(&self) -> [usize; 2] {
        let now = listing(&self.folder.join("out"));
        let part = |listing: &Listing, module: bool| -> Listing {
            let is_module = |path: &Path| path.ends_with("two.rs");
            let parts = listing.iter().filter(|(path, _)| is_module(path) == module);
            parts
                .map(|(path, text)| (path.clone(), text.clone()))
                .collect()
        };
        [false, true].map(|module| {
            let now = part(&now, module);
            let which = self
                .outputs
                .iter()
                .position(|output| part(output, module) == now);
            which.unwrap_or_else(|| panic!("half written: {:?}", now.keys()))
        })
    }
}

fn kills() -> u32 {
    let asked = std::env::var("FARRIER_KILLS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(30)
}

fn signal(child: &Child, name: &str) {
    let status = Command::new("kill")
        .args([name, &child.id().to_string()])
        .status();
    // It may have ended by itself.
    status.expect("the program kill");
}

/// Kills runs that would turn one output into the other, and says how often the old stayed and how often the new came.
fn break_off(name: &str, kill: &str, after: impl Fn(&Ground)) -> [u32; 2] {
    let ground = Ground::new(name);
    let (mut seen, mut begun, mut between) = ([0; 2], 0, 0);
    let kills = kills();
    for number in 0..kills {
        let [old, module] = ground.state();
        if old != module {
            // The first crate was written when the run was killed, the second was not: it takes a kill between two files
            // that are removed.
            between += 1;
            assert_eq!(farrier(&ground.folder, "generate --config 0.toml").code, 0);
            continue;
        }
        let mut child = ground.start(1 - old);
        ground.wait(&mut child, number, kills);
        signal(&child, kill);
        let status = child.wait().unwrap();
        begun += u32::from(ground.folder.join("out/one/.farrier/journal").exists());
        after(&ground);
        let new = ground.state();
        if status.success() {
            assert_eq!(new, [1 - old; 2], "it said that it was done");
        }
        seen[usize::from(new[0] != old)] += 1;
    }
    let [old, new] = seen;
    eprintln!(
        "{kills} times {kill}: {old} old, of which {begun} had begun to write, {new} new, {between} between"
    );
    assert!(
        between * 10 <= kills,
        "{between} of {kills} between two crates"
    );
    assert_eq!(farrier(&ground.folder, "generate --config 0.toml").code, 0);
    assert_eq!(ground.state(), [0, 0]);
    seen
}

/// Ctrl-C: nothing is left behind, not even until the next run, and it is all or nothing for all crates together.
#[test]
fn an_interrupt_leaves_everything_as_it_was_or_all_new() {
    let seen = break_off("interrupt", "-INT", |ground| {
        let [one, two] = ground.state();
        assert_eq!(one, two);
    });
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}

/// Where there was nothing before, there is nothing: no folder of it stays. A run that is told to end is as one that is
/// interrupted.
#[test]
fn an_interrupted_first_run_leaves_no_folder() {
    let ground = Ground::new("interrupt-first");
    let out = ground.folder.join("out");
    let mut seen = [0; 2];
    let kills = kills() / 4;
    for number in 0..kills {
        fs::remove_dir_all(&out).ok();
        let mut child = ground.start(0);
        ground.wait(&mut child, number, kills);
        signal(&child, "-TERM");
        child.wait().unwrap();
        if out.exists() {
            assert_eq!(ground.state(), [0, 0]);
        }
        seen[usize::from(out.exists())] += 1;
    }
    eprintln!("{kills} times -TERM: {} nothing, {} all", seen[0], seen[1]);
}

/// In a pipe the program that reads is interrupted as well, and may end first: what nobody reads stops nothing.
#[test]
fn an_interrupt_needs_nobody_who_reads() {
    let ground = Ground::new("interrupt-unread");
    let out = ground.folder.join("out");
    let mut interrupted = 0;
    for _ in 0..10 {
        fs::remove_dir_all(&out).ok();
        let mut child = ground
            .generate(0)
            .args(["--jobs", "1"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stderr.take());
        // The first of two is made.
        while !out.join("one/.farrier").exists() && child.try_wait().unwrap().is_none() {
            std::hint::spin_loop();
        }
        signal(&child, "-INT");
        if child.wait().unwrap().success() {
            assert_eq!(ground.state(), [0, 0]);
        } else {
            assert!(!out.exists(), "something is left");
            interrupted += 1;
        }
    }
    assert!(interrupted > 0);
}

/// A run that is killed cannot tidy up; the next one does.
#[test]
fn a_kill_is_undone_by_the_next_run() {
    let seen = break_off("kill", "-KILL", Ground::recover);
    assert!(seen.iter().all(|count| *count > 0), "{seen:?}");
}

/// Also where the next run fails for another reason, and where there was nothing before.
#[test]
fn the_next_run_undoes_before_it_fails() {
    let ground = Ground::new("killed-first");
    fs::remove_dir_all(ground.folder.join("out")).unwrap();
    let left = ground.folder.join("out/one/.farrier");
    fs::create_dir_all(&left).unwrap();
    fs::create_dir_all(ground.folder.join("out/one/src")).unwrap();
    // As a run leaves it that was killed after one of two files.
    fs::write(left.join("lock"), "").unwrap();
    fs::write(
        left.join("journal"),
        "folder src\0add src/lib.rs\0add Cargo.toml\0",
    )
    .unwrap();
    fs::write(left.join("new-1"), "").unwrap();
    fs::write(ground.folder.join("out/one/src/lib.rs"), "").unwrap();
    fs::write(ground.folder.join("model.json"), "{").unwrap();
    let run = farrier(&ground.folder, "generate --config 0.toml");
    assert_eq!(run.code, 2, "{run:?}");
    let out = ground.folder.join("out");
    assert_eq!(
        listing(&out).into_keys().collect::<Vec<_>>(),
        [out.join("one")]
    );
}
