// Compile Python for the Python that runs in the browser, by that very Python: the bytecode of another version is worth nothing there.
//
// node compile.mjs <folder> : every .py below the folder becomes a .pyc beside it, and is removed. Code below a folder named
// in the arguments that follow keeps its docstrings and assertions; other code goes without both.
import { loadPyodide } from "pyodide";

const [folder, ...whole] = process.argv.slice(2);
const python = await loadPyodide();
python.FS.mkdirTree("/work");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/work");
python.globals.set("whole", python.toPy(whole));
python.runPython(`
import os, py_compile
for place, _, names in os.walk("/work"):
    for name in names:
        if name.endswith(".py"):
            path = os.path.join(place, name)
            # Alembic looks for the sources of migrations, and anyio reads its own to import what is asked for only then.
            if "/migrations" in place or "install_lazy_importer" in open(path, encoding="utf-8").read():
                continue
            shown = os.path.relpath(path, "/work")
            keeps = shown.split(os.sep)[0] in whole
            py_compile.compile(path, path + "c", dfile=shown, doraise=True, optimize=0 if keeps else 2,
                               invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
            os.unlink(path)
`);
