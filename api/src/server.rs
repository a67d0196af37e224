//! The server: the routes in order, what surrounds them, and the sockets.

use std::{
    io,
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use actix_web::{
    App, Error, HttpServer,
    body::MessageBody,
    dev::{Server, ServerHandle, ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::{Compress, from_fn},
    rt,
    web::{self, Data},
};

use data::Reference;

use crate::{
    activities, audit, changes, clients, code_lists,
    config::Config,
    contacts, establishments, habilitations, holds,
    kernel::{
        cache,
        routes::Routes,
        shell::{self, shell, unmatched},
        tasks::Task,
    },
    matches, oauth, offers, partners,
    platform::Platform,
    service, suggestions, territories,
};

const KEEP_ALIVE: Duration = Duration::from_secs(75);
const HEADERS_TIMEOUT: Duration = Duration::from_secs(10);
const SHUTDOWN_S: u64 = 20;
const FORGET_EVERY: Duration = Duration::from_mins(1);

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// An address cannot be listened to.
    #[error("cannot listen on {address} ({setting}): {cause}")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// The flag and the variable that give it.
        setting: &'static str,
        /// What the system says.
        cause: io::Error,
    },
    /// The server stopped on an error of the system.
    #[error("the server stopped: {0}")]
    Run(#[from] io::Error),
}

/// Makes ready what whoever asks first would wait for.
pub(crate) fn prepare(reference: &'static Reference) {
    shell::prepare();
    cache::prepare();
    suggestions::prepare(reference);
}

/// Every route, the most asked first: the router tries them in order.
pub fn routes(config: &mut Routes<'_, '_>) {
    offers::reads(config);
    establishments::reads(config);
    partners::reads(config);
    establishments::configure(config);
    offers::configure(config);
    suggestions::configure(config);
    partners::configure(config);
    habilitations::configure(config);
    holds::configure(config);
    matches::configure(config);
    contacts::configure(config);
    changes::configure(config);
    territories::configure(config);
    activities::configure(config);
    code_lists::configure(config);
    clients::configure(config);
    audit::configure(config);
    oauth::configure(config);
    service::configure(config);
}

/// What time has to tell, of every resource that has a calendar.
pub(crate) const TASKS: &[Task] = &[habilitations::TIME, offers::TIME, holds::TIME];

/// The routes as actix-web takes them, with what answers when none matches.
pub fn configure(config: &mut web::ServiceConfig) {
    routes(&mut Routes::Served(config));
    config.default_service(web::to(unmatched));
}

/// The application, for the server and for tests in process.
pub fn app(
    platform: Data<Platform>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    assemble(platform, configure)
}

fn assemble(
    platform: Data<Platform>,
    configure: impl FnOnce(&mut web::ServiceConfig),
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(platform)
        .configure(configure)
        .wrap(Compress::default())
        .wrap(from_fn(shell))
}

/// Takes the sockets of the settings, and writes back the ports that were free to choose, so
/// that links are right before the first request.
pub fn listen(config: &mut Config) -> Result<Listeners, StartError> {
    let public = bind(config.bind, "--bind, ATIGIP_BIND")?;
    config.bind = public.local_addr()?;
    let wanted = config.metrics_bind.value();
    let metrics = wanted.map(|address| bind(address, "--metrics-bind, ATIGIP_METRICS_BIND"));
    Ok(Listeners {
        public,
        metrics: metrics.transpose()?,
    })
}

/// Sockets that are listened to.
#[derive(Debug)]
pub struct Listeners {
    public: TcpListener,
    metrics: Option<TcpListener>,
}

/// A server that runs.
pub struct Running {
    /// Where it answers.
    pub address: SocketAddr,
    /// Where `/metrics` answers, unless it is off.
    pub metrics_address: Option<SocketAddr>,
    server: Server,
    metrics: Option<Server>,
}

impl Running {
    /// What stops it: `handle().stop(true).await` lets requests finish.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Waits until it is stopped, by a signal or by its handle.
    pub async fn wait(self) -> Result<(), StartError> {
        let metrics = self.metrics.as_ref().map(Server::handle);
        let measures = self.metrics.map(rt::spawn);
        let outcome = self.server.await;
        if let Some(metrics) = metrics {
            metrics.stop(false).await;
        }
        if let Some(Err(error)) = match measures {
            Some(task) => Some(task.await),
            None => None,
        } {
            log::warn!(target: "atigip", cause:% = error; "The measures stopped badly.");
        }
        Ok(outcome?)
    }
}

/// Starts to answer on these sockets; must run within an actix runtime.
pub fn start(listeners: Listeners, platform: &Data<Platform>) -> Result<Running, StartError> {
    let address = listeners.public.local_addr()?;
    let shared = platform.clone();
    let server = HttpServer::new(move || app(shared.clone()))
        .workers(platform.config.worker_count())
        .keep_alive(KEEP_ALIVE)
        .client_request_timeout(HEADERS_TIMEOUT)
        .shutdown_timeout(SHUTDOWN_S)
        .tcp_nodelay(true)
        .listen(listeners.public)?
        .run();
    let measures = listeners
        .metrics
        .map(|listener| serve_measures(listener, platform));
    let (metrics, metrics_address) = measures.transpose()?.unzip();
    let forgetful = platform.clone();
    rt::spawn(async move {
        loop {
            rt::time::sleep(FORGET_EVERY).await;
            forgetful.limiter.forget();
            forgetful.client_limiter.forget();
            forgetful.token_limiter.forget();
            forgetful.failures.forget(forgetful.clock.now());
        }
    });
    Ok(Running {
        address,
        metrics_address,
        server,
        metrics,
    })
}

/// Serves until it is told to stop (`SIGTERM` lets requests finish).
pub async fn serve(listeners: Listeners, platform: Data<Platform>) -> Result<(), StartError> {
    start(listeners, &platform)?.wait().await
}

fn serve_measures(
    listener: TcpListener,
    platform: &Data<Platform>,
) -> Result<(Server, SocketAddr), StartError> {
    let address = listener.local_addr()?;
    let platform = platform.clone();
    let server = HttpServer::new(move || {
        App::new()
            .app_data(platform.clone())
            .route("/metrics", web::get().to(service::measures))
    });
    Ok((
        server.workers(1).disable_signals().listen(listener)?.run(),
        address,
    ))
}

fn bind(address: SocketAddr, setting: &'static str) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).map_err(|cause| StartError::Bind {
        address,
        setting,
        cause,
    })
}

#[cfg(test)]
mod tests;
