import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

const br = promisify(brotliCompress);
const gz = promisify(gzip);

/** What a fresh browser asks for before it shows a page: the modules that are loaded for it, and the most KB, brotli'd. */
const limits = [
  { page: "login", modules: ["/src/pages/LoginPage.tsx"], most: 240 },
  {
    page: "StatefulSet list",
    modules: ["/src/pages/Frame.tsx", "/src/pages/ListPage.tsx", "/src/kinds/statefulset/List.tsx"],
    most: 340,
  },
];

/**
 * Writes FILE.br and FILE.gz beside each text file of the build, so that no server compresses at run time; fails when a page has
 * grown over its limit.
 */
export function compressed(): Plugin {
  let folder = "dist";
  let bundle: Rolldown.OutputBundle = {};
  return {
    name: "compressed",
    apply: "build",
    configResolved(config) {
      folder = config.build.outDir;
    },
    writeBundle(_, written) {
      bundle = written;
    },
    async closeBundle() {
      const files = await readdir(folder, { recursive: true, withFileTypes: true });
      for (const file of files) {
        if (!file.isFile() || !/\.(js|css|html|svg|json)$/.test(file.name)) continue;
        const path = join(file.parentPath, file.name);
        const bytes = await readFile(path);
        await writeFile(`${path}.br`, await br(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
        await writeFile(`${path}.gz`, await gzip9(bytes));
      }
      for (const { page, modules, most } of limits) {
        const scripts = scriptsOf(bundle, [...modules, "/src/i18n/zh.ts"]);
        const sizes = await Promise.all(scripts.map(async (s) => (await readFile(join(folder, `${s}.br`))).length));
        const size = Math.ceil(sizes.reduce((sum, n) => sum + n, 0) / 1000);
        this.info(`${page}: ${size} KB of scripts, limit ${most}`);
        if (size > most) throw new Error(`the ${page} page asks for ${size} KB of scripts, its limit is ${most}`);
      }
    },
  };
}

/** The scripts of the entry and of some modules, with all that they import. */
function scriptsOf(bundle: Rolldown.OutputBundle, modules: readonly string[]): string[] {
  const chunks = Object.values(bundle).filter((c) => c.type === "chunk");
  const loaded = (module: string) => {
    const found = chunks.find((c) => c.moduleIds.some((id) => id.endsWith(module)));
    if (!found) throw new Error(`${module} is in no script of the build`);
    return found.fileName;
  };
  const todo = [...chunks.filter((c) => c.isEntry).map((c) => c.fileName), ...modules.map(loaded)];
  const all = new Set<string>();
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    if (all.has(next)) continue;
    all.add(next);
    const chunk = bundle[next];
    if (chunk?.type === "chunk") todo.push(...chunk.imports);
  }
  return [...all];
}

const gzip9 = (bytes: Buffer) => gz(bytes, { level: 9 });
