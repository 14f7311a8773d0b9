// The customer's own mail program: writes with another library, and reads the mailbox over IMAP and TLS.
import { readFileSync } from "node:fs";
import tls from "node:tls";
import nodemailer from "nodemailer";
import { letter } from "./letter.mjs";

/** Somebody with a mailbox on these servers. */
export function mailbox(servers, address, name) {
  const ca = readFileSync(servers.ca_file);
  const post = nodemailer.createTransport({
    host: servers.host, port: servers.submission, requireTLS: true, tls: { ca }, auth: { user: address, pass: servers.password },
  });
  return {
    address,
    /** Writes a letter; answers its Message-ID. */
    async write(words) {
      const done = await post.sendMail({ from: { name, address }, ...words });
      return done.messageId;
    },
    /** Every letter in the mailbox, in the order in which they came. */
    read: () => read(servers, ca, address),
  };
}

async function read(servers, ca, user) {
  const wire = tls.connect({ host: servers.host, port: servers.imaps, ca });
  const lines = answers(wire);
  let number = 0;
  async function command(words) {
    const tag = `a${number += 1}`;
    wire.write(`${tag} ${words}\r\n`);
    const literals = [];
    for await (const { line, literal } of lines) {
      if (literal !== undefined) literals.push(literal);
      else if (line.startsWith(`${tag} OK`)) return literals;
      else if (line.startsWith(`${tag} `)) throw new Error(`${words.split(" ")[0]}: ${line}`);
    }
    throw new Error("the mailbox hung up");
  }
  try {
    await command(`LOGIN "${user}" "${servers.password}"`);
    await command("EXAMINE INBOX");
    const found = await command("FETCH 1:* (BODY.PEEK[])").catch(() => []); // An empty mailbox has no first letter.
    return found.map((bytes) => letter(bytes.toString("utf8")));
  } finally {
    wire.destroy();
  }
}

// IMAP speaks in lines; one that ends with {n} is followed by n bytes.
function answers(wire) {
  async function* speak() {
    let bytes = Buffer.alloc(0);
    let wanted = null;
    for await (const more of wire) {
      bytes = Buffer.concat([bytes, more]);
      for (;;) {
        if (wanted !== null) {
          if (bytes.length < wanted) break;
          yield { literal: bytes.subarray(0, wanted) };
          bytes = bytes.subarray(wanted);
          wanted = null;
          continue;
        }
        const end = bytes.indexOf("\r\n");
        if (end < 0) break;
        const line = bytes.subarray(0, end).toString("utf8");
        bytes = bytes.subarray(end + 2);
        const size = /\{(\d+)\}$/.exec(line);
        if (size) wanted = Number(size[1]);
        yield { line };
      }
    }
  }
  const spoken = speak();
  // A `for await` that stops early would close the line; each command goes on where the last one stopped.
  return { [Symbol.asyncIterator]: () => ({ next: () => spoken.next() }) };
}
