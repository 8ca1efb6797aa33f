// Ask TypeScript 5.9's LanguageService for references; the yardstick of benchmarks/references.py.
//
//   node language_service.mjs TYPESCRIPT_DIR PROJECT_DIR < spots.json
//
// spots.json: [{"file": …, "line": …, "column": …}], 0-based, UTF-16. Prints how many were found.
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";

const [typescript, project] = process.argv.slice(2).map((folder) => path.resolve(folder));
const ts = createRequire(path.join(typescript, "package.json"))("typescript");
const config = ts.readConfigFile(path.join(project, "tsconfig.json"), ts.sys.readFile).config;
const parsed = ts.parseJsonConfigFileContent(config, ts.sys, project);
const service = ts.createLanguageService({
  getScriptFileNames: () => parsed.fileNames,
  getScriptVersion: () => "0",
  getScriptSnapshot: (file) =>
    fs.existsSync(file) ? ts.ScriptSnapshot.fromString(fs.readFileSync(file, "utf8")) : undefined,
  getCurrentDirectory: () => project,
  getCompilationSettings: () => parsed.options,
  getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
  readDirectory: ts.sys.readDirectory,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});
const program = service.getProgram();
let found = 0;
for (const { file, line, column } of JSON.parse(fs.readFileSync(0, "utf8"))) {
  const name = path.join(project, file);
  const position = program.getSourceFile(name).getPositionOfLineAndCharacter(line, column);
  for (const group of service.findReferences(name, position) ?? []) found += group.references.length;
}
console.log(found);
