// Tells the user what to do when a chat has failed, and takes it away when the chat works again.
// Form event On Load: Contoso.showFailure, with "Pass execution context as first parameter".
var Contoso = Contoso || {};

Contoso.showFailure = function (executionContext) {
    const formContext = executionContext.getFormContext();
    const chat = formContext.getControl("contoso_help"); // the column that the control sits on
    if (!chat) return; // not on this form

    const advice = {
        "offline": "You are offline. The chat goes on by itself when the network is back.",
        "email-missing": "Your account has no e-mail address. Please ask your administrator for one.",
    };
    let hasFailed = false;

    // An output of the control. The end of a key is the output's name; what stands before it, Microsoft does not document.
    function output(name) {
        const outputs = chat.getOutputs() || {};
        const entry = outputs[Object.keys(outputs).find((key) => key.split(".").pop() === name)];
        return entry !== null && typeof entry === "object" ? entry.value : entry;
    }

    function show() {
        const isFailing = ["failed", "not-set-up", "conflict"].includes(output("chatState"));
        const code = output("errorCode");
        if (hasFailed && isFailing) formContext.ui.setFormNotification(advice[code] || "The chat could not start (" + code + "). Please call extension 4357.", "ERROR", "chat-failed");
        else formContext.ui.clearFormNotification("chat-failed");
    }

    // The outputs may follow the event or come before it: so both look.
    chat.addEventHandler("ChatFailed", function () {
        hasFailed = true;
        show();
    });
    chat.addOnOutputChange(show);
};
