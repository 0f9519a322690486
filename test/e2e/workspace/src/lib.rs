use std::net::IpAddr;

pub struct Session {
    id: u64,
    peer: Option<IpAddr>,
    retries: u8,
    last_seen: Option<u32>,
    name: String,
    closed: bool,
}

pub enum Message {
    Ping,
    Text(String),
    Move { x: i32, y: i32 },
    Blob([u8; 1024]),
    Ack(u32),
}

#[repr(C)]
pub struct Header {
    kind: u8,
    len: u32,
    flags: u8,
    ts: u64,
}

pub struct Inbox {
    last: Option<Box<u32>>,
    header: Header,
}
