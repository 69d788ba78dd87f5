// Builds `.assets/`: every stylesheet of this folder compiled, and of the design system the script,
// the icon sprite and exactly the files the stylesheets name. Settings serve it beside `static/`.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const assets = join(root, ".assets");
const dkfds = join(root, "node_modules", "dkfds", "dist");

function write(name, text) {
  const target = join(assets, name);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

function copy(name) {
  mkdirSync(dirname(join(assets, name)), { recursive: true });
  copyFileSync(join(dkfds, name), join(assets, name));
}

// Every browser we support reads WOFF2, and nothing of ours is thinner than regular.
function onlyNeededFonts(css) {
  return css.replace(/@font-face\s*{[^}]*}/g, (face) => {
    if (/font-weight:\s*[123]00/.test(face)) return "";
    const woff2 = face.match(/url\([^)]*\.woff2["']?\)/);
    return woff2 ? face.replace(/src:[^;}]*;?/, `src:${woff2[0]} format("woff2");`) : face;
  });
}

// One folder per package would be tidier, but the design system's own paths are relative to css/.
const named = (css) => [...css.matchAll(/url\(["']?\.\.\/([^"')?#]+)/g)].map((match) => match[1]);

rmSync(assets, { recursive: true, force: true });
for (const file of readdirSync(here).filter((name) => /^[^_].*\.scss$/.test(name))) {
  const { css } = compile(join(here, file), {
    loadPaths: [join(root, "node_modules")],
    style: "compressed",
    quietDeps: true,
  });
  const lean = onlyNeededFonts(css);
  write(join("css", file.replace(/\.scss$/, ".css")), lean);
  for (const name of new Set(named(lean))) {
    try {
      copy(name);
    } catch (error) {
      if (error.code !== "ENOENT") throw error; // ours, in static/
    }
  }
}
copy("img/all-svg-icons.svg");
const script = readFileSync(join(dkfds, "js", "dkfds.min.js"), "utf8");
write("js/dkfds.min.js", script.replace(/\/\/# sourceMappingURL=.*\s*$/, ""));
