// Owns the rule that one call answers everybody on the page: those who ask meanwhile, and those who ask later.

export interface Shared<T> {
    /** Runs `call` unless its key has an answer or a call under way. A failure is handed on and not remembered. */
    (key: string, call: () => Promise<T>): Promise<T>;
    /** Forgets all answers: somebody may have mended what they said. */
    readonly forget: () => void;
}

export function createShared<T>(): Shared<T> {
    const answers = new Map<string, Promise<T>>();
    const share = (key: string, call: () => Promise<T>): Promise<T> => {
        const known = answers.get(key);
        if (known) return known;
        const answer = call();
        answers.set(key, answer);
        answer.catch(() => answers.get(key) === answer && answers.delete(key));
        return answer;
    };
    return Object.assign(share, { forget: () => answers.clear() });
}
