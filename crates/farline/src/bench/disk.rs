//! What the disk did, and how fast it can be.

use eyre::Result;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::time::Instant;

/// How often the probe flushes.
const FLUSHES: usize = 200;

/// The median time in milliseconds that a small append takes to be durable in a folder.
pub(crate) fn flush_p50_ms(folder: &Path) -> Result<f64> {
    let path = folder.join("flush-probe");
    let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
    let mut took = Vec::with_capacity(FLUSHES);
    for _ in 0..FLUSHES {
        file.write_all(&[7; 4096])?;
        let started = Instant::now();
        file.sync_data()?;
        took.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    drop(file);
    std::fs::remove_file(path)?;
    took.sort_by(f64::total_cmp);
    Ok(took[FLUSHES / 2])
}

/// The octets that this process has had written to disk so far, where the system counts them.
pub(crate) fn written_by_us() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/io").ok()?;
    text.lines().find_map(|line| line.strip_prefix("write_bytes: ")?.trim().parse().ok())
}

/// The size of a file in octets; 0 if there is none.
pub(crate) fn size(path: &Path) -> u64 {
    File::open(path).and_then(|file| file.metadata()).map_or(0, |metadata| metadata.len())
}
