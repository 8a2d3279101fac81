//! How the telephone is set up.

use farline_app::ports::Telephone;
use farline_domain::hotline::robot::Tongue;
use std::fmt;
use std::sync::Arc;

/// Where callers who want a person are put through to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agents {
    /// A number that is called.
    Number(String),
    /// A queue at the carrier, which the agents' telephones serve.
    Queue(String),
    /// Nobody: callers are told how else we are reached.
    Nobody,
}

/// A voice and the language it speaks. Carriers refuse a voice that does not fit its language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiceName {
    /// The carrier's name of the voice; none for its own choice.
    pub voice: Option<String>,
    /// The language, such as `yue-CN`.
    pub language: String,
}

/// How the telephone is set up.
#[derive(Clone)]
pub struct Settings {
    /// Who carries the calls, as far as their signature goes.
    pub telephone: Arc<dyn Telephone>,
    /// Where callers are put through to.
    pub agents: Agents,
    /// The voices of the tongues, in the order of [`Tongue::ALL`].
    pub voices: [VoiceName; 4],
}

impl Settings {
    /// The voice of a tongue.
    pub fn voice(&self, tongue: Tongue) -> &VoiceName {
        let [mandarin, cantonese, english, french] = &self.voices;
        match tongue {
            Tongue::Mandarin => mandarin,
            Tongue::Cantonese => cantonese,
            Tongue::English => english,
            Tongue::French => french,
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("agents", &self.agents).finish_non_exhaustive()
    }
}
