// A feed reader without a screen: newsboat with a folder of its own, and what its cache then holds.
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
// Node of the oldest supported version has no SQLite; Python always has.
const ITEMS = `
import json, sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute('select guid, title, url, author, pubDate, unread, enclosure_url, content from rss_item order by id')
names = ['guid', 'title', 'url', 'author', 'published', 'unread', 'enclosure', 'content']
print(json.dumps([dict(zip(names, row)) for row in rows]))
`;

/** A reader that subscribes to one address. newsboat knows an item by its identity across feeds: a reader for each feed. */
export async function newsboat(folder, address) {
  await mkdir(folder, { recursive: true });
  const [config, urls, cache, read] = ['config', 'urls', 'cache.db', 'read'].map((name) => path.join(folder, name));
  await writeFile(config, '');
  await writeFile(urls, `${address}\n`);
  const env = { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8' };
  const call = async (...args) => (await run('newsboat', ['-C', config, '-u', urls, '-c', cache, ...args], { env })).stdout;
  const items = async () => JSON.parse((await run('python3', ['-c', ITEMS, cache], { maxBuffer: 2 ** 28 })).stdout);
  return {
    /** Fetches the feed; what is unread then, as newsboat counts it and as its cache holds it. */
    async fetched() {
      const said = await call('-x', 'reload', 'print-unread');
      const unread = (await items()).filter((item) => item.unread);
      if (Number.parseInt(said, 10) !== unread.length) throw new Error(`newsboat says “${said.trim()}”, its cache ${unread.length}`);
      return unread;
    },
    /** Marks everything as read. */
    async readAll() {
      await writeFile(read, (await items()).map(({ guid }) => `${guid}\n`).join(''));
      await call('-I', read);
    },
    items,
  };
}
