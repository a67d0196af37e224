//! The ceiling: what actix-web answers when there is nothing to do.

use std::{io::Write, time::Duration};

use actix_web::{
    App, HttpResponse, HttpServer,
    http::header::CONTENT_TYPE,
    rt,
    web::{self, Bytes},
};

use crate::Outcome;

/// Sizes of bodies, and how many workers answer.
#[derive(Debug, clap::Args)]
pub(crate) struct Settings {
    /// Bytes of the body at `/0`, `/1`, …
    #[arg(long, value_delimiter = ',')]
    sizes: Vec<usize>,
    /// Threads that answer.
    #[arg(long, default_value_t = 2)]
    workers: usize,
}

/// Serves until it is killed; says first on which port.
pub(crate) fn serve(settings: &Settings) -> Outcome<()> {
    let bodies: Vec<(String, Bytes)> = settings
        .sizes
        .iter()
        .enumerate()
        .map(|(place, size)| (format!("/{place}"), Bytes::from(vec![b'x'; *size])))
        .collect();
    rt::System::new().block_on(async move {
        let server = HttpServer::new(move || {
            bodies.iter().fold(App::new(), |app, (path, body)| {
                let body = body.clone();
                let answer = move || {
                    let body = body.clone();
                    async move {
                        if body.is_empty() {
                            HttpResponse::NotModified().finish()
                        } else {
                            HttpResponse::Ok()
                                .insert_header((CONTENT_TYPE, "application/json"))
                                .body(body)
                        }
                    }
                };
                app.route(path, web::get().to(answer))
            })
        })
        .workers(settings.workers)
        .keep_alive(Duration::from_secs(75))
        .bind(("127.0.0.1", 0))?;
        for address in server.addrs() {
            writeln!(std::io::stdout(), "{address}")?;
        }
        Ok(server.run().await?)
    })
}
