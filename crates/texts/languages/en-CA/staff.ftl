### Staff: signing in, people and roles, the audit.

staff-sign-in-title = Sign in to the desk
staff-sign-in-lead = With a passkey, or with your password and the code that your authenticator app shows now.
staff-sign-in-help = No access, or a new telephone? Whoever looks after the team sends you a new link.
staff-who = Name or e-mail address
staff-code = Code from your app
staff-code-hint = Six digits. A code is good once.
staff-as-agent = Sign in as an agent
staff-as-owner = Sign in as the owner

staff-join-title = Welcome to the team
staff-join-lead = You sign in by the name { $name }. Choose what you will sign in with.
staff-join-until = This link opens once, until { $time }.
staff-join-button = Join the team
staff-name = Your name
staff-name-hint = As your colleagues see it. Callers never do.
staff-app-title = Your authenticator app
staff-app-text = Add the desk to an authenticator app on your telephone. From then on it shows the code that you need beside your password.
staff-app-picture = Point the app’s camera here.
staff-app-secret = Or type this into the app:

passkey-sign-in = Sign in with a passkey
passkey-add = Add a passkey
passkey-stopped = Nothing happened: the passkey was not shown, or not in time. Try again.
passkey-elsewhere = Passkeys belong to the address { $site }.
passkey-elsewhere-way = Open this page there
passkey-unable = This browser has no passkeys for pages. The password and the code work in every browser.
passkey-script = A passkey needs JavaScript. The password and the code do not.
passkey-added = added { $day }
passkey-used = last used { $day }
passkey-unused = not used yet

me-title = My sign-in
me-lead = You sign in by the name { $name }.
me-passkeys = Passkeys
me-passkeys-text = A passkey is on your device or in your password manager, and opens with your finger, your face or a PIN. It works on this site only, so nobody can coax it out of you. The password and the code go on working.
me-passkeys-none = You have none yet.
me-passkeys-never = This site can have no passkeys: they need its name and a secure address (https) in base_url.
me-again = What you sign in with is changed only within ten minutes of signing in.
me-again-button = Sign in again

staff-role-agent = Agent
staff-role-senior-agent = Senior agent
staff-role-supervisor = Supervisor
staff-role-finance = Finance
staff-role-catalogue = Catalogue
staff-role-auditor = Auditor

desk-menu-desk = Desk
desk-menu-rescues = Orders that wait
desk-menu-today = Today
desk-menu-supervise = Supervision
desk-menu-plans = Plans
desk-menu-partners = Partners
desk-menu-team = Team
desk-menu-audit = Audit
desk-back = Back to the desk
desk-forbidden-title = Your roles do not allow this
desk-forbidden-lead = Nothing was shown or changed. These roles may do it:

team-invite = Invite somebody
team-invite-button = Make a link
team-sign-in = Name to sign in with
team-sign-in-hint = Their e-mail address, or a plain name.
team-roles = Roles
team-link-title = Pass this link on. It is not shown again.
team-link-text = It opens once, until { $time }. Whoever opens it chooses a password and joins.
team-invited = Invited; the link opens until { $time }.
team-alone = nobody else has to agree
team-ended = Does not work here any more
team-change = Change
team-end = End the work here
team-end-text = Signs them out at once. What they did stays in the audit.

audit-holds = Every chain of the audit holds: no line was altered, left out or cut off.
audit-broken = The audit was altered. The chain of these people does not hold:
audit-member = Who
audit-everybody = Everybody
audit-line = Card (number or ICCID)
audit-day = Day
audit-none = Nothing was written down.
audit-cut = There are more lines on this day. Narrow the search, or use the command farline audit.
