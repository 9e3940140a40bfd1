// Owns the rule that one call answers everybody on the page: those who ask meanwhile, and those who ask later.

export interface Shared<T> {
    /**
     * Runs `call` unless there is an answer, or a call under way, that covers all parts of the key. A failure is handed on and not remembered.
     * @param key what is asked for: the first part names it, further ones are details that another answer may bring along with more
     */
    (key: readonly string[], call: () => Promise<T>): Promise<T>;
    /** Forgets all answers: somebody may have mended what they said. */
    readonly forget: () => void;
}

export function createShared<T>(): Shared<T> {
    const answers = new Map<readonly string[], Promise<T>>();
    const share = (key: readonly string[], call: () => Promise<T>): Promise<T> => {
        for (const [known, answer] of answers) if (known[0] === key[0] && key.every((part) => known.includes(part))) return answer;
        const answer = call();
        answers.set(key, answer);
        answer.catch(() => answers.delete(key));
        return answer;
    };
    return Object.assign(share, { forget: () => answers.clear() });
}
