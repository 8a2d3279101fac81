"""An SMTP server for the tests: aiosmtpd, told by the recipient's name how to behave.

Usage: smtp_peer.py [--tls PEM | --starttls PEM] [--user NAME --password WORD]
Prints JSON lines: {"listening": PORT} first, then {"letter": {...}} for each message whose content came.
Ends when its standard input ends, so that no server outlives its test.
"""

import argparse
import asyncio
import base64
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


def tell(**line):
    print(json.dumps(line), flush=True)


class Behaviour:
    """The part before the @ says what becomes of a message."""

    def __init__(self):
        self.taken = 0

    async def handle_NOOP(self, server, session, envelope, argument):
        if getattr(session, "hangs_up", False):
            server.transport.abort()
        return "250 2.0.0 still here"

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        envelope.mail_options = options
        return "250 2.1.0 sender noted"

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "refused":
            return "550 5.1.1 no such mailbox"
        if name == "later":
            return "451 4.7.1 greylisted, come back"
        if name == "lost-early":
            server.transport.abort()
            return "250 never seen"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 recipient noted"

    async def handle_DATA(self, server, session, envelope):
        tell(letter=letter(envelope, session, server))
        name = envelope.rcpt_tos[0].split("@")[0]
        if name == "lost":
            server.transport.abort()
            return "250 never seen"
        if name == "slow":
            await asyncio.Event().wait()
        if name == "refused-late":
            return "554 5.7.1 the content is not welcome"
        if name == "later-late":
            return "452 4.3.1 no room at present"
        session.hangs_up = name == "hangs-up"
        self.taken += 1
        return f"250 2.0.0 Ok: queued as TEST{self.taken}"


def letter(envelope, session, server):
    message = email.message_from_bytes(envelope.original_content, policy=email.policy.SMTP)
    plain = message.get_body(("plain",))
    html = message.get_body(("html",))
    return {
        "from": envelope.mail_from,
        "to": envelope.rcpt_tos,
        "connection": session.peer[1],
        "tls": server.transport.get_extra_info("sslcontext") is not None,
        "login": bool(session.authenticated),
        "headers": {name: str(value) for name, value in message.items()},
        "header_names": [name for name, _ in message.items()],
        "defects": [str(defect) for part in message.walk() for defect in part.defects],
        "structure": [part.get_content_type() for part in message.walk()],
        "text": plain.get_content() if plain else None,
        "html": html.get_content() if html else None,
        "attachments": [
            {
                "file_name": part.get_filename(),
                "media_type": part.get_content_type(),
                "base64": base64.b64encode(part.get_payload(decode=True)).decode(),
            }
            for part in message.iter_attachments()
        ],
        "content": envelope.original_content.decode("utf-8", "replace"),
    }


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tls")
    parser.add_argument("--starttls")
    parser.add_argument("--user")
    parser.add_argument("--password")
    options = parser.parse_args()

    def context(pem):
        made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        made.load_cert_chain(pem)
        return made

    def authenticate(server, session, envelope, mechanism, login):
        right = (
            login.login.decode() == options.user
            and login.password.decode() == options.password
        )
        return AuthResult(success=right, handled=False)

    behaviour = Behaviour()

    def connected():
        return SMTP(
            behaviour,
            hostname="peer.example.test",
            enable_SMTPUTF8=True,
            authenticator=authenticate if options.user else None,
            auth_required=bool(options.user),
            auth_require_tls=False,
            require_starttls=bool(options.starttls),
            tls_context=context(options.starttls) if options.starttls else None,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        connected, "127.0.0.1", 0, ssl=context(options.tls) if options.tls else None
    )
    tell(listening=server.sockets[0].getsockname()[1])
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
