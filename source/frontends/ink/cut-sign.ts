/** What Ink writes where it cuts a text, whatever signs the terminal has. */
const ofInk = '…';

/** The stream with another sign where a text was cut, of one column as well. Everything else of it is the stream's own. */
export function withCutSign(stream: NodeJS.WriteStream, sign: string): NodeJS.WriteStream {
  if (sign === ofInk) return stream;
  const write = (part: unknown, ...rest: readonly unknown[]) =>
    Reflect.apply(stream.write, stream, [
      typeof part === 'string' ? part.replaceAll(ofInk, sign) : part,
      ...rest,
    ]);
  return new Proxy(stream, {
    get(target, name) {
      if (name === 'write') return write;
      const own: unknown = Reflect.get(target, name, target);
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
}
