import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  cleanFile,
  findPlaintext,
  type PlaintextInFile,
  restoreFile,
} from '../../source/plaintext/plaintext.ts';
import { type TemporaryDirectory, temporaryDirectory } from '../support/temporary.ts';
import { someKey } from './keys.ts';

const reference = 'castkeys://development/reader';

let directory: TemporaryDirectory;
beforeEach(() => {
  directory = temporaryDirectory();
  return () => directory[Symbol.dispose]();
});

const found = (): readonly PlaintextInFile[] =>
  findPlaintext({ cwd: directory.path, userHome: directory.at('home'), env: {} }).keys.filter(
    key => key.place === 'file',
  );

const asReferences = () => found().map(key => ({ key, reference }));
const asRemovals = () => found().map(key => ({ key }));

describe('taking keys out of a file', () => {
  const [one, other] = [someKey(), someKey()];
  const path = () => directory.at('.env');
  const content = `# ours\r\nCASTAI_READ_KEY="${one}" # reads\r\nPORT=80\r\nexport CASTAI_WRITE_KEY=${other}\nLAST=ü`;

  beforeEach(() => writeFileSync(path(), content));

  it('puts a reference in their place, and leaves every other byte', async () => {
    await cleanFile(path(), asReferences());
    expect(readFileSync(path(), 'utf8')).toBe(content.replace(one, reference).replace(other, reference));
  });

  it('takes the whole line, and leaves every other', async () => {
    await cleanFile(path(), asRemovals());
    expect(readFileSync(path(), 'utf8')).toBe('# ours\r\nPORT=80\r\nLAST=ü');
  });

  it('leaves a line that says something else, too, without the value', async () => {
    writeFileSync(path(), `CASTAI_API_KEY=${one}; run me\nURL=https://${other}@h\n`);
    await cleanFile(path(), asRemovals());
    expect(readFileSync(path(), 'utf8')).toBe('CASTAI_API_KEY=; run me\nURL=https://@h\n');
  });

  it('keeps mode, owner and link', async () => {
    chmodSync(path(), 0o640);
    const before = statSync(path());
    symlinkSync(path(), directory.at('.env.local'));
    const keys = found().filter(({ file }) => file.path.endsWith('.local'));
    await cleanFile(
      directory.at('.env.local'),
      keys.map(key => ({ key, reference })),
    );
    expect(lstatSync(directory.at('.env.local')).isSymbolicLink()).toBe(true);
    const { mode, uid, gid } = statSync(path());
    expect({ mode, uid, gid }).toEqual({ mode: before.mode, uid: before.uid, gid: before.gid });
    expect(readFileSync(path(), 'utf8')).not.toContain(one);
  });

  it('can be taken back, to the byte', async () => {
    const cleaned = await cleanFile(path(), asRemovals());
    await restoreFile(cleaned);
    expect(readFileSync(path(), 'utf8')).toBe(content);
  });

  it('is not taken back over what somebody wrote since', async () => {
    const cleaned = await cleanFile(path(), asRemovals());
    writeFileSync(path(), 'mine now');
    await expect(restoreFile(cleaned)).rejects.toMatchObject({ code: 'file-changed' });
    expect(readFileSync(path(), 'utf8')).toBe('mine now');
  });

  it('changes nothing in a file that says something else by now', async () => {
    const cleanings = asRemovals();
    writeFileSync(path(), `new line\n${content}`);
    await expect(cleanFile(path(), cleanings)).rejects.toMatchObject({ code: 'file-changed' });
    expect(readFileSync(path(), 'utf8')).toBe(`new line\n${content}`);
  });

  it('leaves nothing of the value, and the rest as it was, whatever the rest is', async () => {
    const plainLine = fc.string({ unit: 'binary' }).filter(line => !/[\n"']/.test(line));
    await fc.assert(
      fc.asyncProperty(fc.array(plainLine), fc.array(plainLine), async (above, below) => {
        writeFileSync(path(), [...above, `CASTAI_API_KEY=${one}`, ...below].join('\n'));
        await cleanFile(path(), asRemovals());
        const rest = [...above.map(line => `${line}\n`), below.join('\n')].join('');
        expect(readFileSync(path(), 'utf8')).toBe(Buffer.from(rest).toString('utf8'));
      }),
    );
  });
});
