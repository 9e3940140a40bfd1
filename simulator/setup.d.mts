// Owns the types of setup.mjs, which is plain JavaScript because it runs before the package's dependencies are there.

/** Installs the package's dependencies and builds its browser scripts, where that is needed; says what it does. Well under 1 s when nothing is to do. */
export function ensureSimulator(report: (line: string) => void): Promise<void>;
/** Builds the browser scripts when they are missing or older than their inputs. Needs the dependencies. */
export function ensureWidgetBundle(report: (line: string) => void): Promise<void>;
/** Whether the installed dependencies fit the lockfile, by the stamp in `root`. */
export function dependenciesFit(root: string): boolean;
/** A hash of the inputs of the browser scripts. */
export function inputsHash(root: string): string;
/** Whether the built scripts in `root` are there and made from the present inputs. */
export function bundleFits(root: string): boolean;
