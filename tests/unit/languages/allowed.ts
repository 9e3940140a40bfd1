// Owns the list of texts that are the same as in English, by language and key, each with its reason. A text on it that differs has to be taken off.

/** The language has taken the word from where English has it, or the other way round. */
const SAME_WORD = "the same word";

export const SAME_AS_ENGLISH: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    da: { details_version: SAME_WORD },
    de: { details_action: SAME_WORD, details_code: SAME_WORD, details_version: SAME_WORD },
    es: { no: SAME_WORD },
    fr: { message_name: SAME_WORD, details_code: SAME_WORD, details_cause: SAME_WORD, details_version: SAME_WORD },
    it: { no: SAME_WORD },
    nl: { details_action: SAME_WORD, details_code: SAME_WORD },
    sv: { details_version: SAME_WORD },
};
