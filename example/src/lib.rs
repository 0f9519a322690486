//! Types to look at with Stowplan: hover a name, read the hints at the ends of the lines.

use std::net::IpAddr;
use std::rc::Rc;
use std::sync::Mutex;

/// rustc orders the fields: `name` comes first in memory, and its capacity hides `Option`'s tag.
pub struct Session {
    id: u64,
    peer: Option<IpAddr>,
    retries: u8,
    last_seen: Option<u32>,
    name: String,
    closed: bool,
}

/// One large variant makes every message large; the lightbulb on `Blob` boxes it.
pub enum Message {
    Ping,
    Text(String),
    Move { x: i32, y: i32 },
    Blob([u8; 1024]),
    Ack(u32),
}

/// `repr(C)` keeps the fields as written, with 10 bytes of padding between and after them.
#[repr(C)]
pub struct Header {
    kind: u8,
    len: u32,
    flags: u8,
    ts: u64,
}

/// The size of a generic type is a lower bound until its parameter is known.
pub struct Slot<T> {
    value: Option<T>,
    generation: u32,
}

/// A null pointer stands for `None`: no byte more than the pointer.
pub type Link = Option<Box<Node>>;

pub struct Node {
    next: Link,
    value: u32,
}

/// Not `Send`: `jobs` holds an `Rc`.
pub struct Queue {
    jobs: Vec<Rc<Mutex<Message>>>,
    first: Slot<u64>,
}
