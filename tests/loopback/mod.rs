//! A loopback server that speaks TLS and misbehaves on request, with a certificate authority of its own and a record of all it saw.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    pub at: Instant,
    pub method: String,
    pub path: String,
    pub host: String,
    /// The whole head, lower case.
    pub head: String,
}

/// What the server saw.
#[derive(Debug, Default)]
pub struct Record {
    requests: Mutex<Vec<Request>>,
    pub connections: AtomicUsize,
    active: AtomicUsize,
    pub peak: AtomicUsize,
}

impl Record {
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    pub fn of(&self, host: &str) -> Vec<Request> {
        self.requests().into_iter().filter(|r| r.host == host).collect()
    }
}

/// A listening server; its threads end with the test.
#[derive(Debug, Clone)]
pub struct Server {
    pub address: SocketAddr,
    pub record: Arc<Record>,
}

impl Server {
    /// Hands every connection to `serve` as it is.
    pub fn raw(serve: impl Fn(TcpStream, &Record) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let server = Server { address: listener.local_addr().unwrap(), record: Arc::default() };
        let (record, serve) = (server.record.clone(), Arc::new(serve));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (record, serve) = (record.clone(), serve.clone());
                std::thread::spawn(move || {
                    record.connections.fetch_add(1, Ordering::SeqCst);
                    let now = record.active.fetch_add(1, Ordering::SeqCst) + 1;
                    record.peak.fetch_max(now, Ordering::SeqCst);
                    serve(stream, &record);
                    record.active.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        server
    }

    /// Reads one request over TLS, then lets `answer` write what it likes; the request's number for its host counts from 1.
    pub fn https(
        tls: Arc<ServerConfig>,
        answer: impl Fn(&Request, usize, &mut dyn Write) + Send + Sync + 'static,
    ) -> Self {
        Server::raw(move |stream, record| {
            let connection = ServerConnection::new(tls.clone()).unwrap();
            let mut stream = StreamOwned::new(connection, stream);
            let Some(request) = read_head(&mut stream) else { return };
            let number = {
                let mut requests = record.requests.lock().unwrap();
                requests.push(request.clone());
                requests.iter().filter(|r| r.host == request.host).count()
            };
            answer(&request, number, &mut stream);
            stream.conn.send_close_notify();
            let _ = stream.flush();
            let _ = stream.sock.shutdown(Shutdown::Write);
        })
    }

    /// A proxy that leads every name to `target`, or nowhere if its name does not end in `.it`.
    pub fn proxy(target: SocketAddr) -> Self {
        Server::raw(move |mut stream, record| {
            let Some(request) = read_head(&mut stream) else { return };
            record.requests.lock().unwrap().push(request.clone());
            if request.method != "CONNECT" || !request.path.ends_with(".it:443") {
                let _ = stream.write_all(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n");
                return;
            }
            let mut inner = TcpStream::connect(target).unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
            let (mut from, mut to) = (stream.try_clone().unwrap(), inner.try_clone().unwrap());
            let up = std::thread::spawn(move || {
                let _ = std::io::copy(&mut from, &mut to);
                let _ = to.shutdown(Shutdown::Write);
            });
            let _ = std::io::copy(&mut inner, &mut stream);
            let _ = stream.shutdown(Shutdown::Write);
            up.join().unwrap();
        })
    }
}

fn read_head(stream: &mut impl Read) -> Option<Request> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let mut words = head.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let head = head.to_lowercase();
    let host = head.lines().find_map(|l| l.strip_prefix("host: "))?.to_owned();
    Some(Request { at: Instant::now(), method, path, host, head })
}

/// A certificate authority that nobody else trusts.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Authority(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    pub fn der(&self) -> Vec<u8> {
        self.0.der().to_vec()
    }

    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A server's side for these names, until the year given.
    pub fn tls(&self, names: &[&str], until: i32) -> Arc<ServerConfig> {
        let names: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
        let mut params = CertificateParams::new(names).unwrap();
        params.not_after = date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key.into())
            .unwrap();
        Arc::new(config)
    }
}
