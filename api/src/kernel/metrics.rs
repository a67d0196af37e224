//! What the service counts, for Prometheus.

use std::time::Duration;

use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry,
    TextEncoder,
};

/// Every measure of the process.
#[derive(Debug, Clone)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    durations: HistogramVec,
    /// Documents in the index, by collection.
    pub index_documents: IntGaugeVec,
    /// The last change that the index has seen.
    pub catalogue_revision: IntGauge,
    /// How many changes the index has not seen yet.
    pub catalogue_lag: IntGauge,
    /// Connections of the pool, by state (`in_use`, `idle`).
    pub pool_connections: IntGaugeVec,
}

impl Metrics {
    /// Registers every measure; fails only if two had the same name.
    pub fn new() -> Result<Self, prometheus::Error> {
        let metrics = Self {
            registry: Registry::new(),
            requests: IntCounterVec::new(
                Opts::new(
                    "atigip_http_requests_total",
                    "Requests, by route, method and status",
                ),
                &["route", "method", "status"],
            )?,
            durations: HistogramVec::new(
                HistogramOpts::new(
                    "atigip_http_request_duration_seconds",
                    "Time to answer, by route",
                )
                .buckets(vec![
                    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0,
                ]),
                &["route"],
            )?,
            index_documents: IntGaugeVec::new(
                Opts::new("atigip_index_documents", "Documents in the index"),
                &["collection"],
            )?,
            catalogue_revision: IntGauge::new(
                "atigip_catalogue_revision",
                "The last change that the index has seen",
            )?,
            catalogue_lag: IntGauge::new(
                "atigip_catalogue_lag_changes",
                "Changes that the index has not seen yet",
            )?,
            pool_connections: IntGaugeVec::new(
                Opts::new("atigip_db_pool_connections", "Connections of the pool"),
                &["state"],
            )?,
        };
        metrics.register()?;
        Ok(metrics)
    }

    /// Counts one answer. `route` is the template, never the address asked for.
    pub fn observe(&self, route: &str, method: &str, status: u16, duration: Duration) {
        let status = status.to_string();
        self.requests
            .with_label_values(&[route, method, &status])
            .inc();
        self.durations
            .with_label_values(&[route])
            .observe(duration.as_secs_f64());
    }

    /// Every measure, in the text format of Prometheus.
    pub fn text(&self) -> Result<String, prometheus::Error> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    fn register(&self) -> Result<(), prometheus::Error> {
        self.registry.register(Box::new(self.requests.clone()))?;
        self.registry.register(Box::new(self.durations.clone()))?;
        self.registry
            .register(Box::new(self.index_documents.clone()))?;
        self.registry
            .register(Box::new(self.catalogue_revision.clone()))?;
        self.registry
            .register(Box::new(self.catalogue_lag.clone()))?;
        self.registry
            .register(Box::new(self.pool_connections.clone()))
    }
}
