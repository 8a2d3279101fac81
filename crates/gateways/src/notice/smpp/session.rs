//! The one connection: binding, the submits in flight, signs of life, receipts, and starting over.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use rusmpp::pdus::BindTransceiver;
use rusmpp::pdus::builders::DeliverSmRespBuilder;
use rusmpp::tokio_codec::CommandCodec;
use rusmpp::values::InterfaceVersion;
use rusmpp::{Command, CommandId, CommandStatus, Pdu};
use tokio::net::TcpStream;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_util::codec::Framed;

use super::{DeliveryReceipt, Job, Outcome, SmppSettings, SmppSettingsError, field};

/// The highest sequence number of a request (§3.2.4).
const LAST_SEQUENCE_NUMBER: u32 = 0x7fff_ffff;

type Link = Framed<TcpStream, CommandCodec>;

/// Owns the connection and everything that waits for it.
pub(super) struct Session {
    settings: SmppSettings,
    bind: BindTransceiver,
    jobs: mpsc::Receiver<Job>,
    receipts: mpsc::Sender<DeliveryReceipt>,
    sequence_number: u32,
}

/// A submit that was written and not yet answered.
struct Pending {
    job: Job,
    deadline: Instant,
}

/// One bound connection.
struct Bound {
    link: Link,
    pending: BTreeMap<u32, Pending>,
    /// When to ask whether the connection lives.
    next_enquiry: Instant,
    /// Until when the question asked must be answered.
    enquiry_deadline: Option<Instant>,
    /// Whether the server said anything since it was bound.
    heard: bool,
}

/// What happened next on a bound connection.
enum Event {
    Heard(Command),
    Submit(Job),
    /// The gateway was dropped.
    NobodyLeft,
    /// Some deadline passed.
    Time,
    /// The connection ended.
    Ended,
}

/// Why a bound connection is no more.
enum End {
    /// With this code for those who ask next.
    Lost(&'static str),
    NobodyLeft,
}

impl Session {
    pub(super) fn new(
        settings: SmppSettings,
        jobs: mpsc::Receiver<Job>,
        receipts: mpsc::Sender<DeliveryReceipt>,
    ) -> Result<Self, SmppSettingsError> {
        let bind = BindTransceiver::builder()
            .system_id(field("system_id", &settings.system_id)?)
            .password(field("password", &settings.password)?)
            .system_type(field("system_type", &settings.system_type)?)
            .interface_version(InterfaceVersion::Smpp3_4)
            .build();
        Ok(Self { settings, bind, jobs, receipts, sequence_number: 0 })
    }

    /// Binds and serves until the gateway is dropped.
    pub(super) async fn run(mut self) {
        let mut pause = self.settings.pause_first;
        loop {
            let code = match self.connect_and_bind().await {
                Ok(link) => {
                    let now = Instant::now();
                    let mut bound = Bound::new(link, now + self.settings.enquire_every);
                    let end = self.serve(&mut bound).await;
                    bound.give_up();
                    match end {
                        End::NobodyLeft => return,
                        End::Lost(code) => {
                            if bound.heard {
                                pause = self.settings.pause_first;
                            }
                            tracing::warn!(gateway = "smpp", code, "connection lost");
                            code.to_owned()
                        }
                    }
                }
                Err(code) => {
                    tracing::warn!(gateway = "smpp", code, "cannot bind");
                    code
                }
            };
            if !self.turn_away_for(pause, &code).await {
                return;
            }
            pause = (pause * 2).min(self.settings.pause_longest);
        }
    }

    fn next_sequence_number(&mut self) -> u32 {
        self.sequence_number = self.sequence_number % LAST_SEQUENCE_NUMBER + 1;
        self.sequence_number
    }

    async fn connect_and_bind(&mut self) -> Result<Link, String> {
        let server = (self.settings.host.as_str(), self.settings.port);
        let stream = match timeout(self.settings.answer_within, TcpStream::connect(server)).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(_)) => return Err("unreachable".to_owned()),
            Err(_) => return Err("time_out".to_owned()),
        };
        // Small packets that must not wait for each other; without it everything is slower, not wrong.
        let _ = stream.set_nodelay(true);
        let mut link = Framed::new(stream, CommandCodec::new());
        let sequence_number = self.next_sequence_number();
        let bind = Command::new(CommandStatus::EsmeRok, sequence_number, self.bind.clone());
        let dialogue = async {
            link.send(bind).await.map_err(|_| "connection_lost".to_owned())?;
            while let Some(Ok(command)) = link.next().await {
                let answer =
                    matches!(command.id(), CommandId::BindTransceiverResp | CommandId::GenericNack);
                if !answer {
                    continue;
                }
                let status = u32::from(command.status());
                let bound = status == 0 && command.id() == CommandId::BindTransceiverResp;
                return if bound { Ok(()) } else { Err(format!("bind_0x{status:08X}")) };
            }
            Err("connection_lost".to_owned())
        };
        match timeout(self.settings.answer_within, dialogue).await {
            Ok(result) => result.map(|()| link),
            Err(_) => Err("time_out".to_owned()),
        }
    }

    /// While there is no connection nobody waits for one. False when the gateway was dropped.
    async fn turn_away_for(&mut self, pause: Duration, code: &str) -> bool {
        let until = Instant::now() + pause;
        loop {
            tokio::select! {
                () = sleep_until(until) => return true,
                job = self.jobs.recv() => match job {
                    Some(job) => job.answer(Outcome::NotSent(code.to_owned())),
                    None => return false,
                },
            }
        }
    }

    async fn serve(&mut self, bound: &mut Bound) -> End {
        loop {
            let going_on = match self.next_event(bound).await {
                Event::Heard(command) => self.hear(bound, command).await,
                Event::Submit(job) => self.submit(bound, job).await,
                Event::Time => self.look_at_the_time(bound).await,
                Event::Ended => Err("connection_lost"),
                Event::NobodyLeft => {
                    self.unbind(bound).await;
                    return End::NobodyLeft;
                }
            };
            if let Err(code) = going_on {
                return End::Lost(code);
            }
        }
    }

    async fn next_event(&mut self, bound: &mut Bound) -> Event {
        let deadline = bound.next_deadline();
        tokio::select! {
            incoming = bound.link.next() => match incoming {
                Some(Ok(command)) => Event::Heard(command),
                Some(Err(_)) | None => Event::Ended,
            },
            job = self.jobs.recv() => job.map_or(Event::NobodyLeft, Event::Submit),
            () = sleep_until(deadline) => Event::Time,
        }
    }

    async fn submit(&mut self, bound: &mut Bound, job: Job) -> Result<(), &'static str> {
        let sequence_number = self.next_sequence_number();
        let command = Command::new(CommandStatus::EsmeRok, sequence_number, job.submit.clone());
        let deadline = Instant::now() + self.settings.answer_within;
        // Counted as written before it is: a write that fails half-way may have reached the server.
        bound.pending.insert(sequence_number, Pending { job, deadline });
        self.write(bound, command).await
    }

    async fn write(&self, bound: &mut Bound, command: Command) -> Result<(), &'static str> {
        match timeout(self.settings.answer_within, bound.link.send(command)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err("connection_lost"),
            Err(_) => Err("time_out"),
        }
    }

    async fn hear(&self, bound: &mut Bound, command: Command) -> Result<(), &'static str> {
        bound.heard = true;
        let sequence_number = command.sequence_number();
        let answer = match command.id() {
            CommandId::SubmitSmResp | CommandId::GenericNack => {
                bound.answered(sequence_number, &command);
                return Ok(());
            }
            CommandId::EnquireLinkResp => {
                bound.enquiry_deadline = None;
                return Ok(());
            }
            CommandId::EnquireLink => {
                Command::new(CommandStatus::EsmeRok, sequence_number, Pdu::EnquireLinkResp)
            }
            CommandId::DeliverSm => {
                let status = self.take_delivery(command.pdu());
                Command::new(status, sequence_number, DeliverSmRespBuilder::new().build())
            }
            CommandId::Unbind => {
                let farewell =
                    Command::new(CommandStatus::EsmeRok, sequence_number, Pdu::UnbindResp);
                self.write(bound, farewell).await?;
                return Err("unbound");
            }
            // Answers to nothing, and requests we do not serve. The highest bit tells an answer.
            id if u32::from(id) & 0x8000_0000 != 0 => return Ok(()),
            _ => Command::new(CommandStatus::EsmeRinvcmdid, sequence_number, Pdu::GenericNack),
        };
        self.write(bound, answer).await
    }

    /// A receipt is acknowledged once it is in the channel. A message from a phone is turned away, since
    /// nobody here would read it.
    fn take_delivery(&self, pdu: Option<&Pdu>) -> CommandStatus {
        let Some(Pdu::DeliverSm(deliver)) = pdu else { return CommandStatus::EsmeRinvcmdlen };
        let Some(receipt) = DeliveryReceipt::read(deliver) else {
            tracing::warn!(gateway = "smpp", "turned away a delivery that is not a receipt");
            return CommandStatus::EsmeRxPAppn;
        };
        match self.receipts.try_send(receipt) {
            Ok(()) => CommandStatus::EsmeRok,
            Err(TrySendError::Full(_) | TrySendError::Closed(_)) => CommandStatus::EsmeRxTAppn,
        }
    }

    async fn look_at_the_time(&mut self, bound: &mut Bound) -> Result<(), &'static str> {
        let now = Instant::now();
        bound.expire(now);
        if bound.enquiry_deadline.is_some_and(|deadline| deadline <= now) {
            return Err("time_out");
        }
        if bound.next_enquiry <= now {
            bound.next_enquiry = now + self.settings.enquire_every;
            bound.enquiry_deadline.get_or_insert(now + self.settings.answer_within);
            let enquiry =
                Command::new(CommandStatus::EsmeRok, self.next_sequence_number(), Pdu::EnquireLink);
            self.write(bound, enquiry).await?;
        }
        Ok(())
    }

    /// Takes leave and waits for the answer, or for the connection's end, but not for long.
    async fn unbind(&mut self, bound: &mut Bound) {
        let sequence_number = self.next_sequence_number();
        let unbind = Command::new(CommandStatus::EsmeRok, sequence_number, Pdu::Unbind);
        if self.write(bound, unbind).await.is_err() {
            return;
        }
        let leave = async {
            while let Some(Ok(command)) = bound.link.next().await {
                if command.id() == CommandId::UnbindResp {
                    return;
                }
            }
        };
        // Nothing depends on the answer.
        let _ = timeout(self.settings.answer_within, leave).await;
    }
}

impl Bound {
    fn new(link: Link, next_enquiry: Instant) -> Self {
        Self { link, pending: BTreeMap::new(), next_enquiry, enquiry_deadline: None, heard: false }
    }

    fn next_deadline(&self) -> Instant {
        let submits = self.pending.values().map(|pending| pending.deadline);
        submits.chain(self.enquiry_deadline).fold(self.next_enquiry, Instant::min)
    }

    fn answered(&mut self, sequence_number: u32, command: &Command) {
        // A late answer finds nothing: its caller was told that nobody knows.
        let Some(pending) = self.pending.remove(&sequence_number) else { return };
        let status = u32::from(command.status());
        let outcome = match (command.id(), status, command.pdu()) {
            (CommandId::SubmitSmResp, 0, Some(Pdu::SubmitSmResp(answer))) => {
                Outcome::Taken(answer.message_id().as_str().to_owned())
            }
            (CommandId::SubmitSmResp, 0, _) => Outcome::Taken(String::new()),
            (_, 0, _) => Outcome::Unknown("refused without a reason"),
            (_, status, _) => Outcome::Refused(status),
        };
        pending.job.answer(outcome);
    }

    fn expire(&mut self, now: Instant) {
        let late: Vec<u32> = self
            .pending
            .iter()
            .filter(|(_, pending)| pending.deadline <= now)
            .map(|(sequence_number, _)| *sequence_number)
            .collect();
        for sequence_number in late {
            if let Some(pending) = self.pending.remove(&sequence_number) {
                pending.job.answer(Outcome::Unknown("time_out"));
            }
        }
    }

    fn give_up(&mut self) {
        for (_, pending) in std::mem::take(&mut self.pending) {
            pending.job.answer(Outcome::Unknown("connection_lost before the answer"));
        }
    }
}

impl Job {
    fn answer(self, outcome: Outcome) {
        let answer: oneshot::Sender<Outcome> = self.answer;
        // A caller that went away does not want to know.
        let _ = answer.send(outcome);
    }
}
