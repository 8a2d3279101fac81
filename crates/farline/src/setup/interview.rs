//! Asking on a terminal: the present answer is the default, what is wrong is said in words, and all of it is shown once
//! before anything is written.

use super::answers::Answers;
use super::questions::Question;
use crate::commands::talk;
use eyre::{Result, bail};
use std::io::{BufRead, Write};
use std::path::Path;

/// Where people are asked.
pub(super) trait Terminal {
    /// Says a line.
    fn tell(&mut self, line: &str);
    /// Asks, and waits for a line; nothing at the end of the input.
    fn hear(&mut self, prompt: &str) -> Result<Option<String>>;
}

/// The terminal that the program was started on.
pub(super) struct Own;

impl Terminal for Own {
    fn tell(&mut self, line: &str) {
        talk(line);
    }

    fn hear(&mut self, prompt: &str) -> Result<Option<String>> {
        let mut stderr = std::io::stderr().lock();
        write!(stderr, "{prompt}")?;
        stderr.flush()?;
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line)?;
        Ok((read > 0).then_some(line))
    }
}

/// Asks every question. Returns the answers.
pub(super) fn ask_all(
    terminal: &mut impl Terminal,
    questions: &[Question],
    present: &Answers,
    folder: &Path,
) -> Result<Answers> {
    terminal.tell("Enter keeps what stands in brackets; a hyphen empties what may be empty. Nothing is written yet.\n");
    let mut answers = present.clone();
    for question in questions {
        if question.is_asked(&answers) {
            ask(terminal, question, &mut answers, folder)?;
        } else {
            answers.put(&question.key, "");
        }
    }
    Ok(answers)
}

fn ask(
    terminal: &mut impl Terminal,
    question: &Question,
    answers: &mut Answers,
    folder: &Path,
) -> Result<()> {
    let present = answers.of(&question.key).to_owned();
    let default = match present.as_str() {
        "" => question.proposed(answers).unwrap_or_default(),
        _ => present,
    };
    let shown = match (default.as_str(), question.hint) {
        ("", "") => String::new(),
        ("", hint) => format!(" (like {hint})"),
        (default, _) => format!(" [{default}]"),
    };
    loop {
        let Some(typed) = terminal.hear(&format!("{}{shown}: ", question.ask))? else {
            bail!("the input ended; nothing was written");
        };
        match typed.trim() {
            "" => answers.put(&question.key, &default),
            "-" if question.is_optional(answers) => answers.put(&question.key, ""),
            typed => answers.put(&question.key, typed),
        }
        match question.fault(answers, folder) {
            None => return Ok(()),
            Some(fault) => terminal.tell(&format!("  That {fault}.")),
        }
    }
}

/// Shows all answers, marks those that are new, and asks whether to write them.
pub(super) fn confirm(
    terminal: &mut impl Terminal,
    questions: &[Question],
    (before, after): (&Answers, &Answers),
    file: &Path,
) -> Result<bool> {
    terminal.tell("\nThis is what customers will see:\n");
    for question in questions {
        let (old, new) = (before.of(&question.key), after.of(&question.key));
        if !(old.is_empty() && new.is_empty()) {
            let mark = if old == new { ' ' } else { '*' };
            terminal.tell(&format!(
                "{mark} {}: {}",
                question.ask,
                if new.is_empty() { "–" } else { new }
            ));
        }
    }
    let prompt = format!("\nWrite it to {}? (* is new) [Y/n] ", file.display());
    let answer = terminal.hear(&prompt)?.unwrap_or_else(|| "n".to_owned());
    Ok(matches!(answer.trim(), "" | "y" | "Y" | "yes"))
}
