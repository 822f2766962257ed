import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { keyPrefix } from '../castai/castai.ts';
import type { Secret } from '../keychain/secret.ts';
import { type Masker, maskerOf } from '../masking/masking.ts';
import { withoutCredentials } from './credential-fields.ts';
import { answerHeaders } from './headers.ts';
import type { Refusal } from './refusal.ts';

export interface AnswerWay {
  readonly origin: string;
  readonly url: string;
  readonly secrets: readonly Secret[];
  /** Hide what is in credentials' fields; the answer is then read whole. */
  readonly hidesFields: boolean;
}

/** No list of Cast AI's is as long; what is longer is not looked into, and not passed on. */
const mostToLookInto = 16 * 1024 * 1024;

/**
 * Passes an answer on: as it comes, with everything key-shaped masked, or read whole and without credentials' fields.
 * @returns a refusal where nothing was passed on, because it could not be looked through. Throws where it breaks off.
 */
export async function passOn(
  answer: IncomingMessage,
  response: ServerResponse,
  way: AnswerWay,
): Promise<Refusal | undefined> {
  const hiding = { secrets: unusual(way.secrets), forms: 'plain', anyKey: true, keepsLength: true } as const;
  const hide = (text: string) => {
    // Most headers hold nothing that could be a key, and a masker for each would cost more than the rest of the way.
    if (!text.includes(keyPrefix) && !hiding.secrets.some(secret => text.includes(secret.reveal())))
      return text;
    const masker = maskerOf(hiding);
    return Buffer.concat([masker.push(Buffer.from(text, 'latin1')), masker.end()]).toString('latin1');
  };
  const headers = answerHeaders(answer.rawHeaders, { origin: way.origin, url: way.url, hide });
  const status = answer.statusCode ?? 502;
  const isEmpty = response.req.method === 'HEAD' || status === 204 || status === 304;
  const coding = answer.headers['content-encoding'] ?? 'identity';
  const content = isEmpty || coding === 'identity' ? answer : unpacked(answer, coding);
  if (!content) return notPassedOn(answer, "It is packed in a way that can't be looked through");
  const length = coding === 'identity' ? answer.headers['content-length'] : undefined;
  if (isEmpty || !way.hidesFields) {
    if (length !== undefined) headers.push('Content-Length', length);
    response.writeHead(status, headers);
    if (isEmpty) {
      answer.resume();
      response.end();
    } else await passMasked(content, response, maskerOf(hiding));
    return undefined;
  }
  const body = await fieldsHidden(content, status, hide);
  if (body === undefined) {
    return notPassedOn(answer, 'It may hold a credential, and is no JSON that could be looked through');
  }
  response.writeHead(status, [...headers, 'Content-Length', String(body.length)]);
  response.end(body);
  return undefined;
}

/** Keys that don't look like keys; the others are hidden by their shape. */
const unusual = (secrets: readonly Secret[]): readonly Secret[] =>
  secrets.filter(secret => !secret.reveal().startsWith(keyPrefix));

/**
 * Passes on what comes, masked. Written by hand, because a pipeline with a transform in it costs as much as everything else
 * that is done for a small answer. Rejects where the answer breaks off, or nobody takes it any more.
 */
function passMasked(content: Readable, response: ServerResponse, masker: Masker): Promise<void> {
  return new Promise((resolve, reject) => {
    const write = (bytes: Buffer) => bytes.length === 0 || response.write(bytes);
    content.on('data', (chunk: Buffer) => {
      if (!write(masker.push(chunk))) content.pause();
    });
    response.on('drain', () => content.resume());
    content.once('end', () => {
      write(masker.end());
      response.end();
      resolve();
    });
    content.once('error', reject);
    // `aborted` is no error event: an answer that breaks off just closes.
    content.once('close', () => {
      if (!content.readableEnded) reject(new Error('the answer broke off'));
    });
    response.once('close', () => {
      if (response.writableFinished) return;
      content.destroy();
      reject(new Error('nobody takes the answer any more'));
    });
  });
}

/** Undefined for what is not JSON in a successful answer; an error page is passed on without keys. */
async function fieldsHidden(
  content: Readable,
  status: number,
  hide: (text: string) => string,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > mostToLookInto) return undefined;
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks);
  if (text.length === 0) return text;
  const shown = shownJson(text.toString()) ?? (status >= 400 ? text.toString() : undefined);
  return shown === undefined ? undefined : Buffer.from(hide(Buffer.from(shown).toString('latin1')), 'latin1');
}

function shownJson(text: string): string | undefined {
  try {
    return JSON.stringify(withoutCredentials(JSON.parse(text)));
  } catch {
    return undefined;
  }
}

/** Some servers pack although they were asked not to. */
function unpacked(answer: IncomingMessage, coding: string): Readable | undefined {
  const unpacking = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  };
  const how = Object.hasOwn(unpacking, coding.trim().toLowerCase())
    ? unpacking[coding.trim().toLowerCase() as keyof typeof unpacking]
    : undefined;
  if (!how) return undefined;
  const content = how();
  // What breaks the answer off breaks its content off, too.
  pipeline(answer, content).catch(() => {});
  return content;
}

function notPassedOn(answer: IncomingMessage, why: string): Refusal {
  answer.destroy();
  return {
    code: 'unintelligible',
    status: 502,
    why: `Cast AI answered, and the answer was not passed on. ${why}. The request may have been carried out.`,
    next: 'run that one step without --broker',
  };
}
