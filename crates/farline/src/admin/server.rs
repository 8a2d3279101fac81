//! The server's end of the local socket.

use super::{Reply, Request, listings, partners, promotions, socket, staff, vouchers, work};
use eyre::{Context, Result, eyre};
use farline_app::App;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::fs::File;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// How many files were received: each has a place of its own.
static TURN: AtomicU64 = AtomicU64::new(0);
/// The longest request line taken, in octets.
const LONGEST_LINE: u64 = 64 * 1024;

/// Listens until dropped.
pub(crate) struct Listening {
    path: PathBuf,
    task: JoinHandle<()>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Listens on the data folder's socket. The store's lock is held, so a socket file that is there
/// already was left behind by a crash.
pub(crate) fn listen(data: &Path, app: App) -> Result<Listening> {
    let path = socket(data);
    let _ = std::fs::remove_file(&path);
    let listener = UnixListener::bind(&path).wrap_err("the local socket cannot be made")?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    let folder = data.to_owned();
    let task = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (app, folder) = (app.clone(), folder.clone());
            tokio::spawn(async move {
                if let Err(error) = serve(stream, &app, &folder).await {
                    tracing::warn!(%error, "a local command ended early");
                }
            });
        }
    });
    Ok(Listening { path, task })
}

async fn serve(stream: UnixStream, app: &App, folder: &Path) -> Result<()> {
    let (reading, mut writing) = stream.into_split();
    let mut reading = BufReader::new(reading);
    let mut line = String::new();
    (&mut reading).take(LONGEST_LINE).read_line(&mut line).await?;
    let request: Request = serde_json::from_str(&line)?;
    let (progress, mut told) = mpsc::unbounded_channel();
    let telling = async {
        while let Some(count) = told.recv().await {
            say(&mut writing, &Reply::Progress(count)).await?;
        }
        Ok::<_, eyre::Report>(writing)
    };
    let doing = perform(request, &mut reading, (app, folder), progress);
    let (done, writing) = tokio::join!(doing, telling);
    let reply = match done {
        Ok(text) => Reply::Done(text),
        Err(error) => Reply::Refused(format!("{error:#}")),
    };
    say(&mut writing?, &reply).await
}

async fn say(writing: &mut (impl AsyncWriteExt + Unpin), reply: &Reply) -> Result<()> {
    let mut line = serde_json::to_vec(reply)?;
    line.push(b'\n');
    Ok(writing.write_all(&line).await?)
}

async fn perform(
    request: Request,
    reading: &mut (impl AsyncReadExt + Unpin + Send),
    (app, folder): (&App, &Path),
    progress: mpsc::UnboundedSender<u64>,
) -> Result<String> {
    match request {
        Request::ImportPlans { file, octets } => {
            let mut text = String::new();
            reading.take(octets).read_to_string(&mut text).await?;
            work::import_plans(app, &file, &text).await
        }
        Request::ImportLines { file, octets } => {
            let spool = Spool::fill(folder, reading, octets).await?;
            let tell = Box::new(move |count| {
                let _ = progress.send(count);
            });
            work::import_lines(app, (&file, &spool.path), tell).await
        }
        Request::ImportTrades { shop, octets } => {
            // What buyers wrote is not left on a disk.
            let mut text = Vec::new();
            reading.take(octets).read_to_end(&mut text).await?;
            let tell = move |count| {
                let _ = progress.send(count);
            };
            work::import_trades(app, (&shop, &text), &tell).await
        }
        Request::ImportListings { file, octets } => {
            let mut text = Vec::new();
            reading.take(octets).read_to_end(&mut text).await?;
            listings::keep_listings(app, &file, &text).await
        }
        Request::ImportRates { file, octets } => {
            let mut text = Vec::new();
            reading.take(octets).read_to_end(&mut text).await?;
            listings::keep_rates(app, &file, &text).await
        }
        Request::BookFees { provider, octets } => {
            let spool = Spool::fill(folder, reading, octets).await?;
            let tell = move |count| {
                let _ = progress.send(count);
            };
            work::book_fees(app, (&provider, &spool.path), &tell).await
        }
        Request::Voucher(asked) => {
            // Codes are as good as money: they stay in memory.
            let mut text = String::new();
            reading.take(asked.octets()).read_to_string(&mut text).await?;
            vouchers::run(app, asked, &text).await
        }
        Request::Promotion(asked) => {
            let mut text = String::new();
            reading.take(asked.octets()).read_to_string(&mut text).await?;
            promotions::run(app, asked, &text).await
        }
        Request::Refund(refund) => work::refund(app, &refund).await,
        Request::Partner(asked) => {
            let mut file = Vec::new();
            reading.take(asked.octets()).read_to_end(&mut file).await?;
            partners::run(app, asked, &file).await
        }
        Request::Staff(asked) => staff::change(app, asked).await,
        Request::Resolve { order, verdict, reason } => {
            work::resolve(app, &order, (&verdict, &reason)).await
        }
    }
}

/// A file received whole before anything is done with it, so that a slow or broken sender holds up
/// nobody. Removed when dropped.
struct Spool {
    path: PathBuf,
}

impl Spool {
    async fn fill(
        folder: &Path,
        reading: &mut (impl AsyncReadExt + Unpin),
        octets: u64,
    ) -> Result<Self> {
        let turn = TURN.fetch_add(1, Ordering::Relaxed);
        let path = folder.join(format!("import-{}-{turn}.tmp", std::process::id()));
        let spool = Self { path };
        let mut file = File::create(&spool.path).await?;
        let received = tokio::io::copy(&mut reading.take(octets), &mut file).await?;
        file.flush().await?;
        if received == octets { Ok(spool) } else { Err(eyre!("the file did not arrive whole")) }
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}
