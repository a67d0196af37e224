//! What all loads are told.

/// How the service is driven, whatever is measured.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Load {
    /// How many offers there are, beside those of a partner.
    #[arg(long, default_value_t = 40_000)]
    pub(crate) offers: usize,
    /// Connections at once.
    #[arg(long, default_value_t = 16)]
    pub(crate) connections: usize,
    /// Threads that answer, of the service and of what it is held against.
    #[arg(long, default_value_t = 2)]
    pub(crate) workers: usize,
    /// Other questions for another seed.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Ask, write and check, and judge no time; nor memory, of which a short run says nothing.
    #[arg(long)]
    pub(crate) smoke: bool,
}
