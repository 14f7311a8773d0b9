// A letter as a mail program of the customer's would read it: heads unfolded, the plain words decoded.
export function letter(raw) {
  const cut = raw.search(/\r?\n\r?\n/);
  const heads = raw.slice(0, cut).replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/).map((line) => /^([^:]+):\s*(.*)$/.exec(line)).filter(Boolean);
  const head = (name) => heads.find(([, it]) => it.toLowerCase() === name.toLowerCase())?.[2] ?? "";
  const body = raw.slice(cut).replace(/^\r?\n\r?\n/, "");
  return { head, raw, text: plain(head, body).replace(/\r\n/g, "\n") };
}

function plain(head, body) {
  const boundary = /^multipart\/.*boundary="?([^";]+)/i.exec(head("Content-Type"))?.[1];
  if (!boundary) return decoded(head("Content-Transfer-Encoding"), body);
  const parts = body.split(`--${boundary}`).slice(1, -1).map((part) => letter(part.replace(/^\r?\n/, "")));
  return (parts.find((part) => !/^text\/html/i.test(part.head("Content-Type"))) ?? parts[0])?.text ?? "";
}

function decoded(encoding, body) {
  if (/base64/i.test(encoding)) return Buffer.from(body, "base64").toString("utf8");
  if (!/quoted-printable/i.test(encoding)) return body;
  const bytes = body.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
