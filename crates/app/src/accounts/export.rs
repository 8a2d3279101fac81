//! Everything that is held about an account, as a file that programs can read.

use crate::accounts::profile;
use crate::ports::accounts::{LinePerson, StoredRequest};
use crate::{App, Problem, lines};
use farline_domain::accounts::Rights;
use farline_domain::auto_renew::ConsentRecord;
use farline_domain::kernel::{AccountId, LineId};
use farline_domain::lines::HolderName;
use farline_domain::orders::Order;
use serde_json::{Value, json};

/// Orders read at once.
const PAGE: u32 = 200;

/// Everything as JSON: the account, addresses, devices, lines and names with what was agreed to for
/// their renewing themselves, saved methods, requests, choices about promotions, paid orders with their contact records, and the audit. Secrets are named as existing, never shown.
pub async fn export(app: &App, id: AccountId) -> Result<Value, Problem> {
    let profile::Profile { account, contacts, sessions } = profile::profile(app, id).await?;
    let contacts: Vec<Value> = contacts
        .iter()
        .map(|contact| {
            json!({
                "id": contact.id.to_string(),
                "medium": contact.address.medium().code(),
                "address": contact.address.as_str(),
                "verified_at": contact.verified_at.rfc3339(),
            })
        })
        .collect();
    let sessions: Vec<Value> = sessions
        .iter()
        .map(|session| {
            json!({
                "id": session.id.to_string(),
                "device": session.device,
                "started_at": session.times.started_at.rfc3339(),
                "used_at": session.times.used_at.rfc3339(),
            })
        })
        .collect();
    let requests = app.store.requests_of_account(id).await?;
    Ok(json!({
        "format": 1,
        "made_at": app.now().rfc3339(),
        "account": {
            "id": id.to_string(),
            "opened_at": account.opened_at.rfc3339(),
            "language": account.language.tag(),
            "has_password": account.password.is_some(),
        },
        "contacts": contacts,
        "sessions": sessions,
        "lines": my_lines(app, id).await?,
        "given_up_lines": given_up(app, id).await?,
        "saved_methods": my_methods(app, id).await?,
        "requests": requests.iter().map(request).collect::<Vec<_>>(),
        "marketing_choices": app.store.marketing_choices(id).await?,
        "orders": my_orders(app, id).await?,
        "audit": audit(app, id).await?,
    }))
}

async fn my_lines(app: &App, id: AccountId) -> Result<Vec<Value>, Problem> {
    let mut mine = Vec::new();
    for LinePerson { line, rights, nickname, name, since, .. } in
        app.store.lines_of_account(id).await?
    {
        let view = lines::find::view(app, line).await?;
        // Who holds a line is nobody's business who only helps with it.
        let holder_name = match rights {
            Rights::Holder => app.store.holder_name(line).await?,
            Rights::Helper => None,
        };
        mine.push(json!({
            "auto_renew_consents": consents(app, id, line).await?,
            "id": line.to_string(),
            "number": view.line.msisdn.as_ref().map(|number| number.as_str().to_owned()),
            "iccid": view.line.iccid.as_str(),
            "rights": rights.code(),
            "nickname": nickname,
            "name_given_by_holder": name,
            "holder_name": holder_name.as_ref().map(HolderName::as_str),
            "since": since.rfc3339(),
        }));
    }
    Ok(mine)
}

/// The lines that it held and gave up, where it agreed to anything for them.
async fn given_up(app: &App, id: AccountId) -> Result<Vec<Value>, Problem> {
    let mut former = Vec::new();
    for line in app.store.former_lines(id).await? {
        let consents = consents(app, id, line).await?;
        if !consents.is_empty() {
            former.push(json!({ "id": line.to_string(), "auto_renew_consents": consents }));
        }
    }
    Ok(former)
}

/// What an account agreed to for a line.
async fn consents(app: &App, id: AccountId, line: LineId) -> Result<Vec<Value>, Problem> {
    let consents = app.store.consents(line).await?;
    let theirs = consents.iter().filter(|record| record.consent.payer.account == Some(id));
    Ok(theirs.map(consent).collect())
}

/// What was agreed to, in the words it was agreed to in.
fn consent(record: &ConsentRecord) -> Value {
    json!({
        "number": record.number,
        "agreed_at": record.consent.agreed_at.rfc3339(),
        "version": record.version,
        "text": record.text,
        "network_address": record.address,
    })
}

/// By what their owner knows them; what the provider calls them is of use to nobody else.
async fn my_methods(app: &App, id: AccountId) -> Result<Vec<Value>, Problem> {
    let methods = app.store.methods_of_account(id).await?;
    let shown = methods.iter().map(|method| {
        json!({
            "id": method.id.to_string(),
            "provider": method.provider,
            "method": method.saved.method.code(),
            "brand": method.saved.brand,
            "hint": method.saved.hint,
            "expiry": method.saved.expiry,
            "saved_at": method.saved_at.rfc3339(),
        })
    });
    Ok(shown.collect())
}

fn request(stored: &StoredRequest) -> Value {
    json!({
        "id": stored.request.id.to_string(),
        "line": stored.request.line.to_string(),
        "kind": stored.request.kind.code(),
        "state": stored.request.state.code(),
        "asked_at": stored.request.asked_at.rfc3339(),
        "sent_to": stored.sent_to.as_ref().map(|address| address.as_str().to_owned()),
        "name": stored.name,
    })
}

/// Every order an account paid, newest first.
pub(crate) async fn paid_orders(app: &App, id: AccountId) -> Result<Vec<Order>, Problem> {
    let mut all: Vec<Order> = Vec::new();
    loop {
        let before = all.last().map(|order| order.id);
        let page = app.store.orders_of_account(id, before, PAGE).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

async fn my_orders(app: &App, id: AccountId) -> Result<Vec<Value>, Problem> {
    let mut orders = Vec::new();
    for order in paid_orders(app, id).await? {
        let contact = match &order.payer {
            Some(payer) => app.store.contact(payer.contact).await?,
            None => None,
        };
        let contact = contact.map(|kept| json!({ "email": kept.email, "phone": kept.phone }));
        // What was agreed to on the telephone or by text message, in the words that came before the yes.
        let spoken = app.store.spoken_consents(order.line).await?;
        let agreed = spoken.into_iter().find(|consent| consent.order == order.id);
        orders.push(json!({ "order": order, "contact": contact, "spoken_consent": agreed }));
    }
    Ok(orders)
}

async fn audit(app: &App, id: AccountId) -> Result<Vec<Value>, Problem> {
    let lines = app.store.account_audit(id).await?;
    let shown = lines.iter().map(|line| {
        json!({
            "number": line.number,
            "at": line.at.rfc3339(),
            "actor": line.actor,
            "action": line.action,
        })
    });
    Ok(shown.collect())
}
