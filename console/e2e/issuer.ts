import { createHash, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export const client = { id: "ordinal", secret: "kept between us" };

/** An issuer of identities (OpenID Connect) on loopback, with a page on which somebody agrees or does not. */
export interface Issuer {
  address: string;
  close: () => void;
}

export async function startIssuer(name: string, groups: readonly string[]): Promise<Issuer> {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const codes = new Map<string, URLSearchParams>();
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

  const idToken = (asked: URLSearchParams) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...{ iss: address(), aud: client.id, sub: `id-of-${name}`, nonce: asked.get("nonce"), iat: now, exp: now + 300 },
      ...{ preferred_username: name, name, groups },
    };
    const signed = `${encoded({ alg: "ES256", kid: "one" })}.${encoded(claims)}`;
    const signature = sign("sha256", Buffer.from(signed), { key: privateKey, dsaEncoding: "ieee-p1363" });
    return `${signed}.${signature.toString("base64url")}`;
  };

  /** Each code once, with the client's secret and the verifier of its challenge. */
  const token = async (request: IncomingMessage) => {
    const form = new URLSearchParams(await text(request));
    const asked = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    const basic = [client.id, client.secret].map((part) => encodeURIComponent(part).replaceAll("%20", "+")).join(":");
    const isClient = request.headers.authorization === `Basic ${Buffer.from(basic).toString("base64")}`;
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (!asked || !isClient || asked.get("code_challenge") !== challenge) return { error: "invalid_grant" };
    return { token_type: "Bearer", access_token: "of no use", expires_in: 300, id_token: idToken(asked) };
  };

  const page = (asked: URLSearchParams) => {
    const code = `code-${codes.size}-${Date.now()}`;
    codes.set(code, asked);
    const back = (answer: Record<string, string>) =>
      `${asked.get("redirect_uri")}?${new URLSearchParams({ state: asked.get("state") ?? "", ...answer })}`.replaceAll(
        "&",
        "&amp;",
      );
    return `<!doctype html><title>Issuer</title><a href="${back({ code })}">I am ${name}</a>
      <a href="${back({ error: "access_denied" })}">No</a>`;
  };

  const configuration = () => ({
    issuer: address(),
    authorization_endpoint: `${address()}/authorize`,
    token_endpoint: `${address()}/token`,
    jwks_uri: `${address()}/keys`,
    id_token_signing_alg_values_supported: ["ES256"],
  });

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? "", address());
    const json = (value: object) => response.setHeader("Content-Type", "application/json").end(JSON.stringify(value));
    switch (pathname) {
      case "/.well-known/openid-configuration":
        return json(configuration());
      case "/keys":
        return json({ keys: [{ ...createPublicKey(privateKey).export({ format: "jwk" }), kid: "one", use: "sig" }] });
      case "/token":
        return json(await token(request));
      case "/authorize":
        return response.setHeader("Content-Type", "text/html").end(page(searchParams));
      default:
        return response.writeHead(404).end();
    }
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((e: unknown) => response.writeHead(500).end(String(e)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address: address(), close: () => server.close() };
}
