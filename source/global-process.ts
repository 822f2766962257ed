/**
 * Stands in for `node:process` in the built program. An ES module that imports the real one reads every
 * property of it, and with that sets up stdin, stdout and stderr: 2 ms, whoever uses them.
 */
export default process;
export const { env } = process;
export const cwd = (): string => process.cwd();
