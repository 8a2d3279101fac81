//! `farline setup`: what the law wants customers to see is asked once, checked, shown, and written into the `[business]`
//! part of the configuration file. Secrets are neither asked for nor written.

mod answers;
mod interview;
mod questions;
#[cfg(test)]
mod tests;

use crate::cli::SetupArguments;
use crate::commands::{say, talk};
use crate::config::Config;
use crate::keys;
use answers::Answers;
use eyre::{Context, Result, bail, eyre};
use interview::{Own, ask_all, confirm};
use questions::Question;
use std::io::IsTerminal;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use toml_edit::{DocumentMut, TableLike};

/// The file that is begun with where there is none.
const NEW_FILE: &str = "\
# Every key is explained in config.example.toml.
data = \"farline-data\"

# Where customers reach the portal.
base_url = \"http://127.0.0.1:8080\"
";

/// Asks, or takes the answers from a file, and writes them.
pub(crate) fn run(arguments: &SetupArguments) -> Result<()> {
    let file = File::open(&arguments.config)?;
    let questions = questions::all();
    let present = file.present(&questions)?;
    if arguments.check {
        return check(&present, &questions, &file);
    }
    let after = match &arguments.answers {
        Some(path) => given(path, &questions, &present, &file)?,
        None if !std::io::stdin().is_terminal() => bail!(
            "setup asks on a terminal, and this is none. Give the answers in a file: --answers FILE, \
             with the keys of [business] in config.example.toml; --check says what is missing."
        ),
        None => ask_all(&mut Own, &questions, &present, file.folder())?,
    };
    let text = file.with(&questions, (&present, &after))?;
    if arguments.dry_run {
        say(text.trim_end());
        talk(&format!("Nothing was written to {}.", file.path.display()));
        return Ok(());
    }
    if text == file.text {
        talk(&format!("{} says all of it already.", file.path.display()));
        return Ok(());
    }
    let is_wanted = arguments.answers.is_some()
        || confirm(&mut Own, &questions, (&present, &after), &file.path)?;
    if !is_wanted {
        bail!("nothing was written");
    }
    file.replace(&text)?;
    talk(&format!(
        "Written: {}. A server takes it when it starts.\n\
         Secrets are not asked for here: [stripe], [paypal], [smtp], [sms] and [smpp] name the file, or the variable of \
         the environment, that holds each.\n\
         What else keeps it from taking real money: farline doctor --config {0}",
        file.path.display()
    ));
    Ok(())
}

fn check(present: &Answers, questions: &[Question], file: &File) -> Result<()> {
    // What is not said and what the program takes instead is no gap.
    let mut answers = present.clone();
    for question in questions {
        if let Some(assumed) = question.assumed().filter(|_| present.of(&question.key).is_empty()) {
            answers.put(&question.key, &assumed);
        }
    }
    let faults = faults(&answers, questions, file.folder());
    if faults.is_empty() {
        talk(&format!("{} says all that the law wants seen.", file.path.display()));
        return Ok(());
    }
    for fault in &faults {
        say(fault);
    }
    bail!("{}: [business] is not complete: {} to answer", file.path.display(), faults.len())
}

/// The answers of a file over those that stand already, and what is proposed where there are none.
fn given(path: &Path, questions: &[Question], present: &Answers, file: &File) -> Result<Answers> {
    let text = std::fs::read_to_string(path).wrap_err_with(|| path.display().to_string())?;
    let table: DocumentMut = text.parse().map_err(|error| eyre!("{}: {error}", path.display()))?;
    let given =
        Answers::read(table.as_table(), questions).wrap_err_with(|| path.display().to_string())?;
    let mut answers = present.clone().overlaid(&given);
    for question in questions {
        if answers.of(&question.key).is_empty()
            && let Some(proposed) = question.proposed(&answers)
        {
            answers.put(&question.key, &proposed);
        }
    }
    let faults = faults(&answers, questions, file.folder());
    if faults.is_empty() {
        return Ok(answers);
    }
    bail!("nothing was written:\n  {}", faults.join("\n  "))
}

/// What is wrong with the answers: entry and reason, one a line.
fn faults(answers: &Answers, questions: &[Question], folder: &Path) -> Vec<String> {
    let fault = |question: &Question| {
        let fault = question.fault(answers, folder)?;
        Some(format!("{} {fault}", question.key))
    };
    questions.iter().filter_map(fault).collect()
}

/// The configuration file as it stands.
struct File {
    path: PathBuf,
    text: String,
    /// Who may read it; it may hold a password.
    mode: u32,
}

impl File {
    fn open(path: &Path) -> Result<Self> {
        if !path.exists() {
            let text = String::new();
            return Ok(Self { path: std::path::absolute(path)?, text, mode: 0o600 });
        }
        // Behind a link, the file itself is replaced.
        let path = path.canonicalize().wrap_err_with(|| path.display().to_string())?;
        let text = std::fs::read_to_string(&path).wrap_err_with(|| path.display().to_string())?;
        let mode = std::fs::metadata(&path)?.permissions().mode() & 0o777;
        Ok(Self { path, text, mode })
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new("."))
    }

    fn document(&self) -> Result<DocumentMut> {
        let text = if self.text.is_empty() { NEW_FILE } else { &self.text };
        text.parse().map_err(|error| eyre!("{}: {error}", self.path.display()))
    }

    fn present(&self, questions: &[Question]) -> Result<Answers> {
        let document = self.document()?;
        let Some(business) = document.get("business") else { return Ok(Answers::default()) };
        let table: &dyn TableLike = business
            .as_table_like()
            .ok_or_else(|| eyre!("{}: [business] is not a table", self.path.display()))?;
        Answers::read(table, questions).wrap_err_with(|| self.path.display().to_string())
    }

    /// The text with the answers in it, which the program is sure to read again.
    fn with(
        &self,
        questions: &[Question],
        (before, after): (&Answers, &Answers),
    ) -> Result<String> {
        let mut document = self.document()?;
        after.write(before, questions, &mut document)?;
        let text = document.to_string();
        toml::from_str::<Config>(&text).map_err(|error| {
            eyre!("nothing was written: {} would not be read: {error}", self.path.display())
        })?;
        Ok(text)
    }

    /// Takes the file's place, whole or not at all.
    fn replace(&self, text: &str) -> Result<()> {
        let now =
            if self.path.exists() { std::fs::read_to_string(&self.path)? } else { String::new() };
        if now != self.text {
            bail!("{} was changed meanwhile; nothing was written", self.path.display());
        }
        keys::keep(&self.path, self.mode, text)
    }
}
