//! Where a database is and how it is reached, read from its URL as libpq reads it.

use super::fault::Fault;
use super::tls::{Tls, Trust};
use farline_app::ports::StoreError;
use percent_encoding::percent_decode_str;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{Client, Config, NoTls};

/// How long a connection may take until it can be used: reaching the server, TLS, its greeting.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);

/// What a connection does on its own until it ends.
type Driver = std::pin::Pin<Box<dyn Future<Output = Result<(), tokio_postgres::Error>> + Send>>;

/// A database, and how it is reached.
#[derive(Clone)]
pub(crate) struct Address {
    config: Config,
    tls: Option<Tls>,
}

/// What a URL says of TLS, which the driver knows by other words.
#[derive(Default)]
struct Wanted {
    mode: Option<String>,
    authorities: Option<PathBuf>,
}

fn refused(why: &str) -> StoreError {
    StoreError::Failed(why.to_owned())
}

/// Takes what is about TLS out of a URL.
fn divide(url: &str) -> (String, Wanted) {
    let Some((place, options)) = url.split_once('?') else {
        return (url.to_owned(), Wanted::default());
    };
    let (mut wanted, mut others) = (Wanted::default(), Vec::new());
    for option in options.split('&') {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
        match name {
            "sslmode" => wanted.mode = Some(value),
            // The machine's own authorities, which are also what is meant without a word.
            "sslrootcert" if value == "system" => wanted.authorities = None,
            "sslrootcert" => wanted.authorities = Some(PathBuf::from(value)),
            _ => others.push(option),
        }
    }
    (format!("{place}?{}", others.join("&")), wanted)
}

impl Address {
    /// Reads a URL. What is wrong with it is not repeated, as it may hold a password.
    pub(crate) fn of(url: &str) -> Result<Self, StoreError> {
        let (url, Wanted { mode, authorities }) = divide(url);
        let mut config = Config::from_str(&url)
            .map_err(|_| refused("the database's URL cannot be understood (postgres://…)"))?;
        let is_local = |host: &Host| matches!(host, Host::Unix(_));
        if config.get_hosts().iter().all(is_local) {
            // A socket on this machine is not encrypted, whatever is asked for.
            config.ssl_mode(SslMode::Disable);
            return Ok(Self { config, tls: None });
        }
        let (mode, trust) = match (mode.as_deref(), &authorities) {
            (Some("disable"), _) => (SslMode::Disable, None),
            (Some("prefer") | None, _) => (SslMode::Prefer, Some(Trust::Anybody)),
            (Some("require"), None) => (SslMode::Require, Some(Trust::Anybody)),
            (Some("require"), Some(_)) | (Some("verify-ca"), _) => {
                (SslMode::Require, Some(Trust::Authority))
            }
            (Some("verify-full"), _) => (SslMode::Require, Some(Trust::AuthorityAndName)),
            (Some(_), _) => {
                return Err(refused(
                    "the URL's sslmode is none of disable, prefer, require, verify-ca, verify-full",
                ));
            }
        };
        config.ssl_mode(mode);
        let tls = trust.map(|trust| Tls::new(trust, authorities.as_deref())).transpose()?;
        Ok(Self { config, tls })
    }

    /// Host and database, for people.
    pub(crate) fn place(&self) -> String {
        let host = match self.config.get_hosts().first() {
            Some(Host::Tcp(name)) => name.clone(),
            Some(Host::Unix(path)) => path.display().to_string(),
            None => "localhost".to_owned(),
        };
        let config = &self.config;
        let database = config.get_dbname().or_else(|| config.get_user()).unwrap_or("postgres");
        format!("PostgreSQL, {database} at {host}")
    }

    /// How a connection is made, to be adjusted.
    pub(crate) fn config(&mut self) -> &mut Config {
        &mut self.config
    }

    /// Connects. The second part has to be polled for the first to work.
    ///
    /// # Errors
    /// [`Fault::Silent`] if that takes longer than [`CONNECT_WITHIN`]; the driver's own limit ends where the server
    /// has accepted the connection.
    pub(crate) async fn connect(&self) -> Result<(Client, Driver), Fault> {
        let connected = tokio::time::timeout(CONNECT_WITHIN, self.connected()).await;
        connected.unwrap_or_else(|_| Err(Fault::Silent(CONNECT_WITHIN)))
    }

    async fn connected(&self) -> Result<(Client, Driver), Fault> {
        match &self.tls {
            None => {
                let (client, driver) = self.config.connect(NoTls).await?;
                Ok((client, Box::pin(driver)))
            }
            Some(tls) => {
                let (client, driver) = self.config.connect(tls.clone()).await?;
                Ok((client, Box::pin(driver)))
            }
        }
    }
}
