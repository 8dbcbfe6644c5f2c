// Sites to look at: the sample, and beside its notices some that strain a page or are in a rare state.
import { execFile, spawn } from 'node:child_process';
import { appendFile, cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = path.dirname(fileURLToPath(import.meta.url));
export const root = path.resolve(here, '../../..');
const fixtures = path.resolve(here, '../fixtures');
const target = process.env.CARGO_TARGET_DIR ?? path.join(root, 'target');
export const program = process.env.JINGSHI ?? path.resolve(root, target, 'debug/jingshi');

/** The clock of every site here: after the sample's last notice, after `expires` of 2026-801. */
export const NOW = '2026-11-23T10:00:00+08:00';
const SIGN_OFFS = [
  ['初审', '初审岗（示例）', '2026-11-16T09:00:00+08:00'],
  ['复审', '复审岗（示例）', '2026-11-16T15:00:00+08:00'],
  ['终审', '终审岗（示例）', '2026-11-17T09:30:00+08:00'],
];
const URGENT = ['2026-11-22T20:15:00+08:00', '正在销售的产品已致人伤亡（示例）'];

/** Runs the program; its standard output. */
export async function jingshi(...args) {
  const { stdout } = await promisify(execFile)(program, args);
  return stdout;
}

/** The same, whatever the exit code. */
jingshi.whatever = (...args) => new Promise((resolve) => execFile(program, args, { maxBuffer: 2 ** 28 }, (_, stdout) => resolve(stdout)));

/** A folder that goes when the test ends. */
export async function scratch(t) {
  const folder = await mkdtemp(path.join(tmpdir(), 'jingshi-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The sample as `init --sample` writes it. */
export async function sample(t) {
  const site = path.join(await scratch(t), 'site');
  await jingshi('init', '--sample', site);
  return site;
}

/** The sample and the notices of `fixtures`, signed, in lists short enough to have numbered pages. */
export async function fullSite(t) {
  const site = await sample(t);
  await appendFile(path.join(site, 'site.yaml'), '\npage_size: 5\n');
  const inSite = (...args) => jingshi('--site', site, '--now', NOW, ...args);
  for (const id of await readdir(fixtures)) {
    await cp(path.join(fixtures, id), path.join(site, 'content/drafts', id), { recursive: true });
  }
  for (const [stage, by, at] of SIGN_OFFS) {
    await inSite('review', 'sign', '--stage', stage, '--by', by, '--at', at, '2026-801', '2026-802');
  }
  const [stage, by] = SIGN_OFFS.at(-1);
  await inSite('review', 'sign', '--stage', stage, '--by', by, '--at', URGENT[0], '--urgent', '--reason', URGENT[1], '2026-803');
  return site;
}

/** Builds a site; the folder of the output. */
export async function build(site, output, baseUrl) {
  await jingshi('--site', site, '--now', NOW, 'build', '--output', output, ...(baseUrl ? ['--base-url', baseUrl] : []));
  return output;
}

/** Starts `serve` on a free port; its address. It ends with the test. */
export async function serve(t, site, ...args) {
  const child = spawn(program, ['--site', site, 'serve', '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  const said = [];
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(line);
        if (address) resolve(address[0]);
      });
    }
    child.once('exit', () => reject(new Error(`serve ended:\n${said.join('\n')}`)));
  });
}

/** Every file below a folder, as paths with slashes. */
export async function filesOf(folder, below = '') {
  const entries = await readdir(path.join(folder, below), { withFileTypes: true });
  const nested = entries.map((entry) => {
    const name = below ? `${below}/${entry.name}` : entry.name;
    return entry.isDirectory() ? filesOf(folder, name) : [name];
  });
  return (await Promise.all(nested)).flat().sort();
}
