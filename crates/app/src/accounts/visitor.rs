//! Where a person comes from, as far as coming in needs to know.

/// A visitor who is coming in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visitor {
    /// The network address, as the channel limits by it.
    pub network: String,
    /// What the device calls itself (`Firefox on Android`), for its owner to recognise it later.
    pub device: String,
    /// The session token the device brought along. It ends when the device signs in anew.
    pub token: Option<String>,
}

/// A device's name is cut off here, in characters.
const DEVICE_CHARACTERS: usize = 60;

impl Visitor {
    /// The device's name as it is kept.
    pub(crate) fn device_name(&self) -> String {
        self.device.chars().filter(|c| !c.is_control()).take(DEVICE_CHARACTERS).collect()
    }
}
