//! A database that is taken away from a server, and given back.

use std::{
    fs,
    net::{Shutdown, TcpListener, TcpStream},
    path::PathBuf,
    sync::{Arc, Mutex},
    thread,
};

use persistence::{Engine, testing::TestDb};

use super::{Parts, Server};

/// What stands between a server and its database.
pub(crate) struct Away(Way);

enum Way {
    /// PostgreSQL: a proxy whose connections are cut.
    Proxy(Proxy),
    /// SQLite: the file is moved, as by somebody who puts the disk in order.
    File { here: PathBuf, away: PathBuf },
}

impl Away {
    /// A server, and the way to take its database away.
    pub(crate) fn serve(engine: Engine, parts: Parts) -> (Server, Self) {
        Self::serve_with(engine, parts, &[])
    }

    /// The same, with flags.
    pub(crate) fn serve_with(engine: Engine, parts: Parts, flags: &[&str]) -> (Server, Self) {
        let db = Arc::new(TestDb::migrated(engine));
        let url = db.url();
        match engine {
            Engine::Sqlite => {
                let here = PathBuf::from(url.strip_prefix("sqlite://").unwrap());
                let away = here.with_extension("away");
                let way = Way::File { here, away };
                (Server::serve(db, parts, flags), Self(way))
            }
            Engine::Postgres => {
                let (_, after) = url.split_once('@').unwrap();
                let (authority, _) = after.split_once('/').unwrap();
                let proxy = Proxy::to(authority.to_owned());
                let proxied = url.replace(authority, &proxy.address);
                let flags = [flags, &["--database-url", &proxied]].concat();
                let server = Server::serve(db, parts, &flags);
                (server, Self(Way::Proxy(proxy)))
            }
        }
    }

    /// Takes the database away.
    pub(crate) fn cut(&self) {
        match &self.0 {
            Way::Proxy(proxy) => proxy.cut(),
            Way::File { here, away } => fs::rename(here, away).unwrap(),
        }
    }

    /// Gives it back.
    pub(crate) fn mend(&self) {
        match &self.0 {
            Way::Proxy(proxy) => proxy.mend(),
            Way::File { here, away } => fs::rename(away, here).unwrap(),
        }
    }
}

/// A proxy that can be cut and mended.
struct Proxy {
    address: String,
    open: Arc<Mutex<bool>>,
    streams: Arc<Mutex<Vec<TcpStream>>>,
}

impl Proxy {
    fn to(target: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let open = Arc::new(Mutex::new(true));
        let streams = Arc::new(Mutex::new(Vec::new()));
        let (allowed, held) = (open.clone(), streams.clone());
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if *allowed.lock().unwrap() {
                    let server = TcpStream::connect(&target).unwrap();
                    let mut all = held.lock().unwrap();
                    all.extend([client.try_clone().unwrap(), server.try_clone().unwrap()]);
                    pump(client.try_clone().unwrap(), server.try_clone().unwrap());
                    pump(server, client);
                }
            }
        });
        Self {
            address,
            open,
            streams,
        }
    }

    fn cut(&self) {
        *self.open.lock().unwrap() = false;
        for stream in self.streams.lock().unwrap().drain(..) {
            let _closed = stream.shutdown(Shutdown::Both);
        }
    }

    fn mend(&self) {
        *self.open.lock().unwrap() = true;
    }
}

fn pump(mut from: TcpStream, mut to: TcpStream) {
    thread::spawn(move || {
        let _copied = std::io::copy(&mut from, &mut to);
        let _closed = to.shutdown(Shutdown::Both);
    });
}
