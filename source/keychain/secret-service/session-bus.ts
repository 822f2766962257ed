import { connect, type Socket } from 'node:net';
import { type DbusMessage, decodeMessage, encodeCall, type MethodCall } from './dbus-message.ts';
import type { DbusValue } from './dbus-values.ts';

/** The bus, or a service on it, answered a call with an error. `errorName` is `org.freedesktop.DBus.Error.…`. */
export class DbusCallError extends Error {
  override readonly name = 'DbusCallError';
  readonly errorName: string;

  constructor(errorName: string) {
    super(`answered ${errorName}`);
    this.errorName = errorName;
  }
}

/** The bus can't be talked to: nobody listens, it refused us, or it hung up. */
export class BusGone extends Error {
  override readonly name = 'BusGone';
}

interface Waiting {
  readonly resolve: (body: readonly DbusValue[]) => void;
  readonly reject: (error: Error) => void;
}

/** A connection to the session bus that can make calls, and no more. Whoever opens it sets the time limit, by `close()`. */
export class SessionBus {
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #unsent: Buffer[] = [];
  #received: Buffer = Buffer.alloc(0);
  #authenticated = false;
  #serial = 0;
  #end: Error | undefined;

  /**
   * @param socketPath path of a UNIX socket; one that starts with NUL is an abstract one
   * @param uid this user's number, which the bus compares with what the kernel says (SASL EXTERNAL)
   */
  constructor(socketPath: string, uid: number) {
    this.#socket = connect(socketPath);
    this.#socket.on('data', bytes => this.#receive(bytes));
    this.#socket.on('error', error => this.#fail(new BusGone(error.message)));
    this.#socket.on('close', () => this.#fail(new BusGone('the bus closed the connection')));
    this.#socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(uid)).toString('hex')}\r\n`);
    // The first call of every connection. Written after authentication, as all calls are.
    this.call({ ...theBus, member: 'Hello', arguments: [] }).catch(() => {});
  }

  /** The values of the answer. Throws {@link DbusCallError} or {@link BusGone}. */
  call(call: MethodCall): Promise<readonly DbusValue[]> {
    return new Promise((resolve, reject) => {
      if (this.#end) return reject(this.#end);
      this.#serial += 1;
      this.#waiting.set(this.#serial, { resolve, reject });
      const bytes = encodeCall(call, this.#serial);
      if (this.#authenticated) this.#socket.write(bytes);
      else this.#unsent.push(bytes);
    });
  }

  close(): void {
    this.#fail(new BusGone('closed'));
  }

  #receive(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    try {
      if (!this.#authenticated) this.#authenticate();
      if (this.#authenticated) this.#deliver();
    } catch (error) {
      this.#fail(new BusGone(error instanceof Error ? error.message : 'unreadable answer'));
    }
  }

  #authenticate(): void {
    const end = this.#received.indexOf('\r\n');
    if (end < 0) return;
    if (!this.#received.toString('latin1', 0, end).startsWith('OK '))
      throw new BusGone('the bus refused this user');
    this.#received = this.#received.subarray(end + 2);
    this.#authenticated = true;
    this.#socket.write(Buffer.concat([Buffer.from('BEGIN\r\n'), ...this.#unsent]));
  }

  #deliver(): void {
    for (let next = decodeMessage(this.#received); next; next = decodeMessage(this.#received)) {
      this.#received = this.#received.subarray(next.length);
      this.#answer(next.message);
    }
  }

  #answer({ kind, replyTo, errorName, body }: DbusMessage): void {
    if (replyTo === undefined) return;
    const waiting = this.#waiting.get(replyTo);
    this.#waiting.delete(replyTo);
    if (kind === 'return') waiting?.resolve(body);
    if (kind === 'error') waiting?.reject(new DbusCallError(errorName ?? 'an unnamed error'));
  }

  #fail(error: Error): void {
    this.#end ??= error;
    this.#socket.destroy();
    for (const { reject } of this.#waiting.values()) reject(this.#end);
    this.#waiting.clear();
  }
}

/** The bus itself, as the addressee of a call. */
export const theBus = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const;
