//! Failures: the message and the exit code.

use std::io::Write;

use keiretsu::{Diagnostic, Error, ErrorKind};

use crate::output::{escape, problems};

/// The exit codes of the program.
pub(crate) mod exit {
    /// Answered, even if the answer is empty.
    pub(crate) const ANSWERED: u8 = 0;
    /// `check` found errors.
    pub(crate) const CHECK_FAILED: u8 = 1;
    /// Usage, or an unknown name.
    pub(crate) const USAGE: u8 = 2;
    /// Bad data.
    pub(crate) const BAD_DATA: u8 = 3;
    /// A limit was reached.
    pub(crate) const LIMIT: u8 = 4;
    /// Input or output failed.
    pub(crate) const INPUT_OUTPUT: u8 = 5;
}

/// A failure, reported on stderr.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: u8,
    message: String,
    hint: Option<String>,
    diagnostics: Vec<Diagnostic>,
    /// The message is complete and printed as it is.
    is_rendered: bool,
}

impl Failure {
    pub(crate) fn new(exit: u8, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), hint: None, diagnostics: Vec::new(), is_rendered: false }
    }

    pub(crate) fn hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }

    /// The problems of the input, for adding details.
    pub(crate) fn diagnostics_mut(&mut self) -> &mut [Diagnostic] {
        &mut self.diagnostics
    }

    /// Invalid arguments, or a request for help, which is an answer.
    pub(crate) fn usage(error: &clap::Error) -> Self {
        let styled = error.render().ansi().to_string();
        if !error.use_stderr() {
            return match crate::output::write_text(&styled) {
                Ok(()) => Self::new(exit::ANSWERED, ""),
                Err(failure) => failure,
            };
        }
        Self { exit: exit::USAGE, message: styled, hint: None, diagnostics: Vec::new(), is_rendered: true }
    }

    /// Writing failed. A closed pipe (`| head`) is not a failure.
    pub(crate) fn writing(error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self::new(exit::ANSWERED, "");
        }
        Self::new(exit::INPUT_OUTPUT, format!("cannot write the answer: {error}"))
    }

    /// Prints the failure and returns the exit code.
    pub(crate) fn report(&self) -> u8 {
        let text = match (self.diagnostics.is_empty(), self.message.is_empty()) {
            (false, _) => {
                format!("{}{}\n", problems::render(&self.diagnostics), problems::summary(&self.diagnostics))
            }
            (true, false) if self.is_rendered => self.message.clone(),
            (true, false) => problems::message(&self.message, self.hint.as_deref()),
            (true, true) => String::new(),
        };
        // If stderr cannot be written to, there is no way to report it.
        let _ = anstream::stderr().write_all(escape::styled(&text).as_bytes());
        self.exit
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let exit = match error.kind() {
            ErrorKind::Io | ErrorKind::Drawing => exit::INPUT_OUTPUT,
            ErrorKind::UnknownEntity
            | ErrorKind::AmbiguousName
            | ErrorKind::UnknownKind
            | ErrorKind::UnknownSource => exit::USAGE,
            ErrorKind::Limit => exit::LIMIT,
            _ => exit::BAD_DATA,
        };
        let diagnostics = error.diagnostics().to_vec();
        let hint = error.suggestion().map(str::to_owned);
        let message = if diagnostics.is_empty() { error.to_string() } else { String::new() };
        Self { exit, message, hint, diagnostics, is_rendered: false }
    }
}
