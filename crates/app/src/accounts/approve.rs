//! Asking the holder of a line, and answering by a signed link.

use crate::accounts::limits::{self, ASK, ASK_LINE};
use crate::accounts::{HolderOf, messages};
use crate::ports::accounts::{AccountChange, Changed, StoredRequest};
use crate::ports::lines::LineView;
use crate::tokens::Seal;
use crate::wording::account::{AccountMessage, Asked};
use crate::wording::{hint, masked};
use crate::{App, Problem, ProblemCode, lines, notices};
use farline_domain::accounts::{
    Address, LineRequest, RequestId, RequestKind, RequestRefusal, RequestReply, RequestState,
    Rights,
};
use farline_domain::commands::Actor;
use farline_domain::kernel::{AccountId, Instant, Language, LineId};
use farline_domain::notices::Medium;
use farline_texts::Words;

/// The purpose of the links.
const PURPOSE: &str = "line-request";

/// A request as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestView {
    /// The request.
    pub request: LineRequest,
    /// Who asks, masked.
    pub asker: String,
    /// The line, masked.
    pub line: String,
    /// Until when it can be answered.
    pub expires_at: Instant,
}

/// Asks whoever holds the line whether an account may help with it: the holder by their own address,
/// or, where there is none, whoever has the card, by text message in the line's language. Returns the
/// line, masked; whom the link went to is not told, as it would say whether there is a holder.
pub async fn ask_holder(app: &App, account: AccountId, line: LineId) -> Result<String, Problem> {
    let view = lines::find::view(app, line).await?;
    if app.store.rights_to_line(account, line).await?.is_some() {
        return Err(Problem::of(ProblemCode::WrongState));
    }
    limits::count(app, ASK, &account.to_string()).await?;
    limits::count(app, ASK_LINE, &line.to_string()).await?;
    let (to, language) = recipient(app, &view).await?;
    let request = match open_request(app, account, line).await? {
        Some(request) => request,
        None => make(app, (account, line), RequestKind::HelpWithLine, None).await?,
    };
    send(app, &request, (&to, language), &view).await?;
    Ok(masked(&view.line))
}

async fn recipient(app: &App, view: &LineView) -> Result<(Address, Language), Problem> {
    let people = app.store.people_of_line(view.line.id).await?;
    if let Some(holder) = people.iter().find(|person| person.rights == Rights::Holder) {
        let contacts = app.store.account_contacts(holder.account).await?;
        let by_email = contacts.iter().find(|one| one.address.medium() == Medium::Email);
        let contact = by_email.or(contacts.first());
        let account = app.store.account(holder.account).await?;
        if let Some((contact, account)) = contact.zip(account) {
            return Ok((contact.address.clone(), account.language));
        }
    }
    let failed = || Problem::of(ProblemCode::ProofFailed).in_field("proof");
    let number = view.line.msisdn.clone().ok_or_else(failed)?;
    Ok((Address::Sms(number), view.line.language))
}

/// The request of an account about a line that is still open.
async fn open_request(
    app: &App,
    account: AccountId,
    line: LineId,
) -> Result<Option<LineRequest>, Problem> {
    let requests = app.store.requests_of_account(account).await?;
    let fits = |request: &LineRequest| {
        request.line == line
            && request.kind == RequestKind::HelpWithLine
            && request.is_open_at(app.now())
    };
    Ok(requests.into_iter().map(|stored| stored.request).find(fits))
}

/// Makes and keeps a request. `to` is where it goes and how the asker calls that person.
pub(crate) async fn make(
    app: &App,
    (asker, line): (AccountId, LineId),
    kind: RequestKind,
    to: Option<(Address, String)>,
) -> Result<LineRequest, Problem> {
    let mut id = [0; 16];
    app.randomness.fill(&mut id);
    let request = LineRequest {
        id: RequestId::from_bytes(id),
        line,
        kind,
        asker,
        state: RequestState::Open,
        asked_at: app.now(),
    };
    let (sent_to, name) = to.unzip();
    let sent_to_key = sent_to.as_ref().map(|address| super::address_key(app, address));
    let name = name.unwrap_or_default();
    let stored = StoredRequest { request, sent_to, sent_to_key, name };
    let by = (Actor::Account(asker), app.now());
    app.store.change_account(asker, AccountChange::Ask(stored), by).await?;
    Ok(request)
}

/// Sends the link. A request whose link could not be sent is taken back.
pub(crate) async fn send(
    app: &App,
    request: &LineRequest,
    (to, language): (&Address, Language),
    view: &LineView,
) -> Result<(), Problem> {
    messages::count(app, to).await?;
    let token = Seal(&app.keys.tokens).token(PURPOSE, &request.id.to_string());
    let until = messages::house_time(app, request.expires_at());
    let what = AccountMessage::Approval {
        asked: match request.kind {
            RequestKind::HelpWithLine => Asked::HelpWithYourCard,
            RequestKind::BecomeHelper => Asked::BecomeHelper,
        },
        asker: &asker(app, request).await?,
        card: &hint(Words::of(language), &view.line),
        link: &format!("{}/{}/approve/{token}", app.base_url, language.path()),
        until: &until,
    };
    let sent = notices::send_now(app, &messages::about(app, to, language, &what)).await;
    if sent.is_err() {
        let by = (Actor::System, app.now());
        let change = AccountChange::Withdraw(request.id);
        app.store.change_account(request.asker, change, by).await?;
    }
    sent
}

/// Who asks, by their first address, masked.
async fn asker(app: &App, request: &LineRequest) -> Result<String, Problem> {
    let contacts = app.store.account_contacts(request.asker).await?;
    Ok(contacts.first().map(|contact| contact.address.masked()).unwrap_or_default())
}

/// The request of a link. One that was answered is shown as such; one that has expired is gone.
pub async fn see(app: &App, token: &str) -> Result<RequestView, Problem> {
    let request = by_token(app, token).await?;
    if request.state == RequestState::Withdrawn
        || (request.state == RequestState::Open && !request.is_open_at(app.now()))
    {
        return Err(Problem::of(ProblemCode::LinkExpired));
    }
    view(app, request).await
}

async fn view(app: &App, request: LineRequest) -> Result<RequestView, Problem> {
    let line = masked(&lines::find::view(app, request.line).await?.line);
    let asker = asker(app, &request).await?;
    Ok(RequestView { request, asker, line, expires_at: request.expires_at() })
}

async fn by_token(app: &App, token: &str) -> Result<LineRequest, Problem> {
    let not_found = || Problem::of(ProblemCode::NotFound);
    let id = Seal(&app.keys.tokens).said(PURPOSE, token).ok_or_else(not_found)?;
    let id = RequestId::parse(&id).ok_or_else(not_found)?;
    Ok(app.store.line_request(id).await?.ok_or_else(not_found)?.request)
}

/// Answers the request of a link. The link is enough to let somebody help with one's card; to become a
/// helper takes an account, as somebody has to be the helper.
pub async fn answer(
    app: &App,
    token: &str,
    reply: RequestReply,
    by: Option<AccountId>,
) -> Result<LineRequest, Problem> {
    let request = by_token(app, token).await?;
    if request.kind == RequestKind::BecomeHelper && reply == RequestReply::Approve && by.is_none() {
        return Err(Problem::of(ProblemCode::Unauthorized));
    }
    settle(app, request, reply, by).await
}

/// The holder answers a request about their line without the link.
pub async fn answer_as_holder(
    app: &App,
    holder: HolderOf,
    request: RequestId,
    reply: RequestReply,
) -> Result<LineRequest, Problem> {
    let not_found = || Problem::of(ProblemCode::NotFound);
    let request = app.store.line_request(request).await?.ok_or_else(not_found)?.request;
    if request.line != holder.line() || request.kind != RequestKind::HelpWithLine {
        return Err(not_found());
    }
    settle(app, request, reply, Some(holder.account())).await
}

async fn settle(
    app: &App,
    request: LineRequest,
    reply: RequestReply,
    by: Option<AccountId>,
) -> Result<LineRequest, Problem> {
    let answered = request.answer(reply, by, app.now()).map_err(|refusal| {
        Problem::of(match refusal {
            RequestRefusal::Expired => ProblemCode::LinkExpired,
            RequestRefusal::Answered => ProblemCode::WrongState,
            RequestRefusal::OwnRequest => ProblemCode::Forbidden,
        })
    })?;
    let helper = match request.kind {
        RequestKind::HelpWithLine => Some(request.asker),
        RequestKind::BecomeHelper => by,
    };
    // The change stands in the audit of whose rights it is about.
    let subject = match reply {
        RequestReply::Approve => helper.unwrap_or(request.asker),
        RequestReply::Refuse => request.asker,
    };
    let actor = by.map_or(Actor::Guest, Actor::Account);
    let change = AccountChange::Answer { request: answered, helper };
    match app.store.change_account(subject, change, (actor, app.now())).await? {
        Changed::Done => Ok(answered),
        Changed::Taken | Changed::Missing => Err(Problem::of(ProblemCode::WrongState)),
    }
}

/// The open requests about a holder's line, to be answered.
pub async fn waiting(app: &App, holder: HolderOf) -> Result<Vec<RequestView>, Problem> {
    let mut waiting = Vec::new();
    for stored in app.store.requests_of_line(holder.line()).await? {
        let request = stored.request;
        if request.kind == RequestKind::HelpWithLine && request.is_open_at(app.now()) {
            waiting.push(view(app, request).await?);
        }
    }
    Ok(waiting)
}
