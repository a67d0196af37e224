//! What stands between a service and its database, so that the database can be taken away.

use std::{
    io,
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use crate::Outcome;

/// A proxy that can be cut and mended.
#[derive(Debug)]
pub(crate) struct Proxy {
    address: SocketAddr,
    way: Way,
}

/// Whether anything goes through, and what does.
type Way = Arc<Mutex<Streams>>;

#[derive(Debug)]
struct Streams {
    open: bool,
    all: Vec<TcpStream>,
}

impl Proxy {
    /// A proxy to the server at this address, `host:port`.
    pub(crate) fn to(target: String) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let way = Arc::new(Mutex::new(Streams {
            open: true,
            all: Vec::new(),
        }));
        let own = Arc::clone(&way);
        // It ends with the process, as what it serves does.
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                // A client that cannot be served is let go, which is all that it needs to know.
                drop(pass(client, &target, &own));
            }
        });
        Ok(Self { address, way })
    }

    /// The proxy to the server of this address of a database, and the address through it.
    pub(crate) fn before(database: &str) -> Outcome<(Self, String)> {
        let (head, server, tail) = parts(database).ok_or("no server in the database's address")?;
        let target = if server.contains(':') {
            server.to_owned()
        } else {
            format!("{server}:5432")
        };
        let proxy = Self::to(target)?;
        let through = format!("{head}{}{tail}", proxy.address);
        Ok((proxy, through))
    }

    /// Closes what goes through, and lets nothing through.
    pub(crate) fn cut(&self) {
        let mut streams = lock(&self.way);
        streams.open = false;
        for stream in streams.all.drain(..) {
            // One that was closed already is closed.
            drop(stream.shutdown(Shutdown::Both));
        }
    }

    /// Lets connections through again.
    pub(crate) fn mend(&self) {
        lock(&self.way).open = true;
    }
}

/// What comes before the server in an address, the server, and what comes after it.
fn parts(database: &str) -> Option<(&str, &str, &str)> {
    let scheme = database.find("://")? + 3;
    let (_, rest) = database.split_at(scheme);
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let server = authority.rfind('@').map_or(0, |at| at + 1);
    let (_, server_name) = authority.split_at(server);
    let (head, _) = database.split_at(scheme + server);
    Some((head, server_name, tail))
}

fn pass(client: TcpStream, target: &str, way: &Way) -> io::Result<()> {
    let mut streams = lock(way);
    if !streams.open {
        return Ok(());
    }
    let server = TcpStream::connect(target)?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    streams
        .all
        .extend([client.try_clone()?, server.try_clone()?]);
    pump(client.try_clone()?, server.try_clone()?);
    pump(server, client);
    Ok(())
}

fn pump(mut from: TcpStream, mut to: TcpStream) {
    thread::spawn(move || {
        // However it ended, the other side is told that it did.
        drop(io::copy(&mut from, &mut to));
        drop(to.shutdown(Shutdown::Both));
    });
}

fn lock(way: &Way) -> MutexGuard<'_, Streams> {
    way.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::*;

    #[test]
    fn an_address_is_told_with_another_server() {
        let (_, through) = Proxy::before("postgres://user:p@127.0.0.1:1/name?a=b").unwrap();
        assert!(through.starts_with("postgres://user:p@127.0.0.1:"));
        assert!(through.ends_with("/name?a=b") && !through.contains(":1/"));
        assert_eq!(
            parts("postgres://host/x"),
            Some(("postgres://", "host", "/x"))
        );
        assert_eq!(parts("sqlite"), None);
    }

    #[test]
    fn it_passes_until_it_is_cut_and_after_it_is_mended() {
        let echo = TcpListener::bind("127.0.0.1:0").unwrap();
        let target = echo.local_addr().unwrap().to_string();
        thread::spawn(move || {
            for stream in echo.incoming().map_while(Result::ok) {
                pump(stream.try_clone().unwrap(), stream);
            }
        });
        let proxy = Proxy::to(target).unwrap();
        let mut first = TcpStream::connect(proxy.address).unwrap();
        let said = |stream: &mut TcpStream| {
            let mut told = [0; 2];
            stream
                .write_all(b"ab")
                .and_then(|()| stream.read_exact(&mut told))
                .map(|()| told)
        };
        assert_eq!(&said(&mut first).unwrap(), b"ab");
        proxy.cut();
        assert!(said(&mut first).is_err(), "what went through is closed");
        let mut second = TcpStream::connect(proxy.address).unwrap();
        assert!(said(&mut second).is_err(), "nothing goes through");
        proxy.mend();
        assert_eq!(
            &said(&mut TcpStream::connect(proxy.address).unwrap()).unwrap(),
            b"ab"
        );
    }
}
