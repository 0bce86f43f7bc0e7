//! How long the command takes for the models that AWS published, and how the time grows with the model.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::time::Duration;

use crate::Outcome;
use crate::measure::{Taken, median};
use crate::scratch::{Bench, ran};
use crate::table::{Bar, Row, Value};
use crate::wrapper;

/// How often each model is generated: once takes a second and less.
const TIMES: usize = 7;

/// A published model.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) bytes: u64,
}

/// The published models by name, or nothing and a word about it.
pub(crate) fn published(bench: &Bench) -> Outcome<Vec<Model>> {
    let folder = bench.root.join("../shared/models");
    if !folder.exists() {
        eprintln!("  absent, so nothing is measured: ../shared/models");
        return Ok(Vec::new());
    }
    let mut models = Vec::new();
    for entry in fs::read_dir(fs::canonicalize(folder)?)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let name = path.file_stem().unwrap_or_default();
            let name = name.to_string_lossy().into_owned();
            let bytes = fs::metadata(&path)?.len();
            models.push(Model { name, path, bytes });
        }
    }
    models.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(models)
}

/// All models in one run; each by itself, for a megabyte of it; and the largest against KMS.
pub(crate) fn rows(bench: &Bench) -> Outcome<Vec<Row>> {
    let models = published(bench)?;
    let largest = models.iter().max_by_key(|model| model.bytes);
    let kms = models.iter().rfind(|model| model.name.starts_with("kms"));
    let (Some(largest), Some(kms)) = (largest, kms) else {
        return Ok(Vec::new());
    };
    let tool = Tool::new(bench)?;
    let mut all = Vec::new();
    let mut each: Vec<Vec<Taken>> = models.iter().map(|_| Vec::new()).collect();
    for round in 0..TIMES {
        all.push(tool.all(&models, round)?);
        for (model, taken) in models.iter().zip(&mut each) {
            taken.push(tool.one(model, round)?);
        }
    }
    let mut rows = together(&tool, &models, &all)?;
    for (model, taken) in models.iter().zip(&each) {
        let what = format!("{}, for each MB", model.name);
        let [wall, cpu] = for_each_mb(model, taken)?.map(Value::Time);
        rows.push(Row::new(format!("{what}, CPU"), cpu, Bar::None));
        rows.push(Row::new(what, wall, Bar::None));
    }
    let of = |wanted: &Model| {
        let mut pairs = models.iter().zip(&each);
        let found = pairs.find(|(model, _)| model.name == wanted.name);
        found
            .map(|(_, taken)| taken.as_slice())
            .ok_or("it is not measured")
    };
    rows.extend(growth(&tool, (largest, of(largest)?), (kms, of(kms)?))?);
    fs::remove_dir_all(&tool.folder)?;
    Ok(rows)
}

/// How the time grows: with the model, of which one has more that is not printed than another, and with what is printed.
fn growth(
    tool: &Tool,
    (largest, large): (&Model, &[Taken]),
    (kms, small): (&Model, &[Taken]),
) -> Outcome<Vec<Row>> {
    let names = format!("{} against {}", largest.name, kms.name);
    let row = |what: &str, [large, small]: [Duration; 2], bar| {
        let ratio = large.as_secs_f64() / small.as_secs_f64();
        Row::new(format!("{what}, {names}"), Value::Ratio(ratio), bar)
    };
    let [large_mb, small_mb] = [for_each_mb(largest, large)?, for_each_mb(kms, small)?];
    let [[_, large], [_, small]] = [middle(large)?, middle(small)?];
    let lines = [
        large.div_f64(tool.lines(largest)?),
        small.div_f64(tool.lines(kms)?),
    ];
    let bar = Bar::AtMost(Value::Ratio(1.5));
    Ok(vec![
        row("time for each MB", [large_mb[0], small_mb[0]], bar),
        row("CPU for each MB", [large_mb[1], small_mb[1]], Bar::None),
        row("CPU for each line printed", lines, Bar::None),
    ])
}

/// What one run for all models took.
fn together(tool: &Tool, models: &[Model], all: &[Taken]) -> Outcome<Vec<Row>> {
    let bytes: u64 = models.iter().map(|model| model.bytes).sum();
    let what = format!(
        "{} published models, {:.1} MB",
        models.len(),
        bytes as f64 / 1e6
    );
    let [wall, cpu] = middle(all)?.map(Value::Time);
    let peak = Value::Bytes(wrapper::peak(&tool.log, "farrier")?);
    let seconds = Bar::Below(Value::Time(Duration::from_secs(5)));
    let megabytes = Bar::Below(Value::Bytes(500_000_000));
    Ok(vec![
        Row::new(what.clone(), wall, seconds),
        Row::new(format!("{what}, CPU"), cpu, Bar::None),
        Row::new(format!("{what}, most memory"), peak, megabytes),
    ])
}

/// Elapsed and CPU time.
fn middle(taken: &[Taken]) -> Outcome<[Duration; 2]> {
    let of = |part: fn(&Taken) -> Duration| median(taken.iter().map(part).collect());
    let both = of(|taken| taken.wall).zip(of(|taken| taken.cpu));
    let (wall, cpu) = both.ok_or("nothing was timed")?;
    Ok([wall, cpu])
}

fn for_each_mb(model: &Model, taken: &[Taken]) -> Outcome<[Duration; 2]> {
    let megabytes = model.bytes as f64 / 1e6;
    Ok(middle(taken)?.map(|time| time.div_f64(megabytes)))
}

/// The command `farrier`, and where it writes to.
struct Tool {
    program: PathBuf,
    folder: PathBuf,
    log: PathBuf,
}

impl Tool {
    /// Builds it, and makes room.
    fn new(bench: &Bench) -> Outcome<Tool> {
        let program = bench.command()?;
        // Nothing is removed before the end: files in the place of others that were just removed take longer to make.
        let folder = bench.folder.join(format!("models-{}", process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Tool {
            program,
            log: folder.join("log"),
            folder,
        })
    }

    /// A folder for a round.
    fn round(&self, round: usize) -> PathBuf {
        self.folder.join(round.to_string())
    }

    /// How many lines are printed, in thousands.
    fn lines(&self, model: &Model) -> Outcome<f64> {
        let generator = farrier::Generator::new().model(&model.path);
        let report = generator.out_dir(self.round(0).join(&model.name)).check()?;
        Ok(report.lines as f64 / 1e3)
    }

    fn one(&self, model: &Model, round: usize) -> Outcome<Taken> {
        let mut command = wrapper::wrapped(&self.program, &self.log)?;
        command.arg("generate").arg("--model").arg(&model.path);
        command.args(["--crate-name", &model.name]);
        ran(command
            .arg("--out")
            .arg(self.round(round).join(&model.name)))?;
        wrapper::taken(&self.log, &model.name)
    }

    fn all(&self, models: &[Model], round: usize) -> Outcome<Taken> {
        let mut config = String::new();
        for model in models {
            let out = self.round(round).join("all").join(&model.name);
            let (path, name) = (literal(&model.path), &model.name);
            writeln!(
                config,
                "[[crate]]\nmodel = {path}\ncrate-name = \"{name}\"\nout = {}\n",
                literal(&out)
            )?;
        }
        let file = self.folder.join("farrier.toml");
        fs::write(&file, config)?;
        let mut command = wrapper::wrapped(&self.program, &self.log)?;
        ran(command.args(["generate", "--config"]).arg(file))?;
        wrapper::taken(&self.log, "farrier")
    }
}

/// A path as TOML has it.
fn literal(path: &Path) -> String {
    format!("'{}'", path.display())
}
