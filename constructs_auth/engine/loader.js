"use strict";
// Loads the JavaScript of a submodule from `modules.bin` at its first use. The package has one file
// instead of two thousand, because jsii creates each file of a package when it unpacks it.
// `modules.json` has, for each path below this folder, the place of the compressed code.
const fs = require("fs");
const Module = require("module");
const path = require("path");
const vm = require("vm");
const zlib = require("zlib");

const places = new Map(
  Object.entries(JSON.parse(fs.readFileSync(path.join(__dirname, "modules.json"), "utf8"))),
);
const prefix = `${require("../package.json").name}/lib/`;
const modules = new Map();

function codeOf(file) {
  const [start, length] = places.get(file);
  const packed = Buffer.alloc(length);
  const handle = fs.openSync(path.join(__dirname, "modules.bin"));
  try {
    fs.readSync(handle, packed, 0, length, start);
  } finally {
    fs.closeSync(handle);
  }
  return zlib.inflateRawSync(packed).toString("utf8");
}

// As Node resolves a file or a folder; undefined for what is not in the package.
function fileOf(name) {
  return [name, `${name}.js`, `${name}/index.js`].find((each) => places.has(each));
}

function moduleOf(file) {
  const known = modules.get(file);
  if (known) {
    return known;
  }
  const filename = path.join(__dirname, ...file.split("/"));
  const module = new Module(filename);
  module.filename = filename;
  const folder = path.posix.dirname(file);
  const requireFrom = (id) => (id.startsWith(".") ? load(path.posix.join(folder, id)) : require(id));
  const parameters = ["exports", "require", "module", "__filename", "__dirname"];
  const run = vm.compileFunction(codeOf(file), parameters, { filename });
  modules.set(file, module); // before it runs: modules may require each other
  try {
    run.call(module.exports, module.exports, requireFrom, module, filename, path.dirname(filename));
  } catch (error) {
    modules.delete(file);
    throw error;
  }
  module.loaded = true;
  return module;
}

function load(name) {
  const file = fileOf(path.posix.join(name));
  return file === undefined ? require(`./${name}`) : moduleOf(file).exports;
}

// Other packages may require a submodule by its path: `@cdktf/provider-aws/lib/s3-bucket`.
const resolveAsNode = Module._resolveFilename;
Module._resolveFilename = function (request, ...others) {
  const file = request.startsWith(prefix) ? fileOf(request.slice(prefix.length)) : undefined;
  if (file === undefined) {
    return resolveAsNode.call(this, request, ...others);
  }
  const module = moduleOf(file);
  Module._cache[module.filename] = module;
  return module.filename;
};

module.exports = load;
