import { createHash } from 'node:crypto';

/** A key of today's shape, another for each name; put together here so that no scanner takes this file for a leak. */
export function keyOf(name: string): string {
  const digest = createHash('sha512').update(name).digest('hex');
  return ['castai', 'v1', digest.slice(0, 64), digest.slice(64, 72)].join('_');
}

/** What a key is not: three ways to miss its shape by a little. */
export function nearMisses(key: string): readonly string[] {
  const body = key.slice(10, 74);
  return [
    key.replace(body, body.slice(1)),
    key.replace(body, `${body}0`),
    key.replace('_v1_', '_v2_').replace(body, body.split('').reverse().join('')),
  ];
}

const lines = (text: string, width: number, between: string): string =>
  text.match(new RegExp(`.{1,${width}}`, 'gs'))?.join(between) ?? '';

const each = (text: string, write: (code: string) => string): string =>
  [...text].map(character => write(character.charCodeAt(0).toString(16).padStart(2, '0'))).join('');

/** A key in a line of a file, in each way of writing it, by the encoding that is reported. */
export const writings: readonly (readonly [
  encoding: string,
  how: string,
  write: (key: string) => string | Buffer,
])[] = [
  ['plain', 'a line of a .env file', key => `CASTAI_API_TOKEN=${key}\n`],
  ['plain', 'behind an escaped line break', key => `"A=1\\n${key}\\nB=2"`],
  ['plain', 'in colour', key => `\x1b[32m${key}\x1b[0m`],
  ['plain', 'between zero bytes', key => Buffer.from(`\0\x01\xff${key}\0\xfe`, 'latin1')],
  ['utf-16', 'little-endian', key => Buffer.from(`\ufeffKEY=${key}\r\n`, 'utf16le')],
  ['utf-16', 'big-endian', key => Buffer.from(`\ufeffKEY=${key}\r\n`, 'utf16le').swap16()],
  ['base64', 'at the beginning of a group', key => Buffer.from(key).toString('base64')],
  ['base64', 'one byte into a group', key => Buffer.from(`=${key}\n`).toString('base64')],
  ['base64', 'two bytes into a group', key => Buffer.from(`:=${key}\n`).toString('base64')],
  [
    'base64',
    'the alphabet of URLs',
    key => Buffer.from(`\xff\xfe>??>${key}?`, 'latin1').toString('base64url'),
  ],
  ['base64', 'in lines of 64', key => lines(Buffer.from(`token: ${key}\n`).toString('base64'), 64, '\n')],
  ['base64', 'of UTF-16', key => Buffer.from(`$key = "${key}"`, 'utf16le').toString('base64')],
  ['hex', 'small letters', key => Buffer.from(`k=${key}`).toString('hex')],
  [
    'hex',
    'capitals, in lines of 60',
    key => lines(Buffer.from(`k=${key}`).toString('hex').toUpperCase(), 60, '\n'),
  ],
  ['url', 'the underscores', key => `?a=b&key%3D${key.replaceAll('_', '%5F')}&c=d`],
  ['url', 'every character, twice', key => each(key, code => `%25${code}`)],
  ['url', 'every character', key => each(key, code => `%${code}`)],
  ['json', 'the underscores', key => `{"k":"${key.replaceAll('_', '\\u005f')}"}`],
  ['json', 'every character', key => `{"k":"${each(key, code => `\\u00${code}`)}"}`],
  ['json', 'as a string of C', key => `"${each(key, code => `\\x${code}`)}"`],
  ['escaped', 'in Markdown', key => `the key ${key.replaceAll('_', '\\_')}.`],
  ['escaped', 'in XML', key => `<k>${key.replaceAll('_', '&#95;')}</k>`],
  ['wrapped', 'in lines of 40', key => lines(key, 40, '\n')],
  ['wrapped', 'in a block of YAML', key => `key: >-\n    ${lines(key, 30, '\n    ')}\nnext: 1\n`],
  ['wrapped', 'with backslashes', key => `KEY=${lines(key, 50, '\\\n')}\n`],
  ['wrapped', 'pieced together', key => `"${key.slice(0, 30)}" +\n  "${key.slice(30)}"`],
  ['wrapped', 'in quoted-printable mail', key => lines(`K=3D${key}`, 60, '=\n')],
];
