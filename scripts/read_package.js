// Reads a data package by the JavaScript Data Package reader, and says what it made of it, as JSON.
//
//     node read_package.js DIR
//
// runs where `npm install datapackage` was run: tests/test_metadata_readers.py does it.
const { createRequire } = require("module");
const path = require("path");

const { Package } = createRequire(path.join(process.cwd(), "here.js"))("datapackage");

// Every cell is cast to the type of its field, unique keys are compared, and each reference is followed.
async function rows(resource) {
  try {
    return (await resource.read({ keyed: true, relations: true })).length;
  } catch (error) {
    return (error.errors && error.errors.length ? error.errors : [error]).map((each) => each.message);
  }
}

(async () => {
  const read = await Package.load(path.join(process.argv[2], "datapackage.json"));
  const tables = {};
  for (const resource of read.resources.filter((each) => each.tabular)) tables[resource.name] = await rows(resource);
  process.stdout.write(JSON.stringify({ errors: read.errors.map((each) => each.message), tables }));
})();
