// Owns the way to a browser: the installed Chrome, Edge or Chromium, and where there is none on Debian, its chromium
// package.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const PLACES = [
    process.env.CHROME_PATH,
    // The same browser without its window, which costs tests more than half of their time (measured: 240 ms in place
    // of 650 for a new context).
    "/usr/bin/chromium-headless-shell",
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/usr/bin/microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * @param {boolean} isWhole whether it has to keep to a profile's settings, as the browser without its window does not
 * @returns {string | undefined} the path of an installed browser
 */
export function findBrowser(isWhole = false) {
    return PLACES.find((place) => place && !(isWhole && place.endsWith("headless-shell")) && existsSync(place));
}

/**
 * The path of a browser, which is installed where that is possible.
 * @param {(line: string) => void} report
 */
export function ensureBrowser(report) {
    const found = findBrowser(true);
    if (found) return found;
    if (process.platform === "linux" && existsSync("/usr/bin/apt-get")) {
        const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
        const apt = (...words) => {
            const [command, ...rest] = [...sudo, "apt-get", ...words];
            execFileSync(command, rest, {
                stdio: ["ignore", "ignore", "inherit"],
                env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
            });
        };
        report("No Chrome, Edge or Chromium was found: installing Debian's chromium (about a minute).");
        apt("update", "-qq");
        apt("install", "-y", "-qq", "--no-install-recommends", "chromium", "chromium-headless-shell");
        const installed = findBrowser();
        if (installed) return installed;
    }
    throw new Error(
        "The browser tests need Chrome, Edge or Chromium. Install one, or set CHROME_PATH to its program file.",
    );
}
