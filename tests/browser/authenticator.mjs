// What a member of the staff shows to sign in: the passkeys of a device, which Chromium plays itself, and the codes of an
// authenticator app.

import { createHmac } from "node:crypto";

/** The device of a browser: it has a place for passkeys, and says yes for its owner at once. */
export class Device {
  static async of(page) {
    const device = new Device();
    device.asked = await page.context().newCDPSession(page);
    await device.asked.send("WebAuthn.enable");
    const options = { protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
    const { authenticatorId } = await device.asked.send("WebAuthn.addVirtualAuthenticator", { options });
    device.id = authenticatorId;
    return device;
  }

  /** The passkeys on it. */
  async passkeys() {
    return (await this.asked.send("WebAuthn.getCredentials", { authenticatorId: this.id })).credentials;
  }

  /** Whether it can make sure who its owner is. */
  async verifies(isUserVerified) {
    await this.asked.send("WebAuthn.setUserVerified", { authenticatorId: this.id, isUserVerified });
  }

  /** Puts back a passkey as it was once: a copy of the device. */
  async restore(passkey) {
    await this.asked.send("WebAuthn.removeCredential", { authenticatorId: this.id, credentialId: passkey.credentialId });
    await this.asked.send("WebAuthn.addCredential", { authenticatorId: this.id, credential: passkey });
  }
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** What an authenticator app shows that was given this secret, at an instant in milliseconds (RFC 6238). */
export function codeOf(secret, at) {
  const bits = [...secret.replaceAll(" ", "")].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((octet) => Number.parseInt(octet, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const tag = createHmac("sha1", key).update(step).digest();
  const number = tag.readUInt32BE(tag.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}
