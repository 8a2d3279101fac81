//! Time and randomness, which only the program itself may take from the machine.

use farline_domain::kernel::Instant;

/// The time. In sandbox mode it can be moved forward; it never goes back.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Instant;
}

/// Random bits from the operating system's generator.
pub trait Randomness: Send + Sync {
    /// Fills a buffer.
    fn fill(&self, buffer: &mut [u8]);

    /// 64 random bits.
    fn bits(&self) -> u64 {
        let mut buffer = [0; 8];
        self.fill(&mut buffer);
        u64::from_be_bytes(buffer)
    }
}
