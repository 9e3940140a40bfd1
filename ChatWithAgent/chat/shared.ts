// Owns the rule that one call answers everybody on the page: those who ask meanwhile, and those who ask later.

/** Runs `call` unless its key has an answer or a call under way. A failure is handed on and not remembered. */
export type Shared<T> = (key: string, call: () => Promise<T>) => Promise<T>;

export function createShared<T>(): Shared<T> {
    const answers = new Map<string, Promise<T>>();
    return (key, call) => {
        const known = answers.get(key);
        if (known) return known;
        const answer = call();
        answers.set(key, answer);
        answer.catch(() => answers.delete(key));
        return answer;
    };
}
