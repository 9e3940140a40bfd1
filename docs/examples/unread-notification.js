// Tells at the top of the form that the helpdesk has written while the chat is minimized.
// Form event On Load: Contoso.showUnread, with "Pass execution context as first parameter".
var Contoso = Contoso || {};

Contoso.showUnread = function (executionContext) {
    const formContext = executionContext.getFormContext();
    const chat = formContext.getControl("contoso_help"); // the column that the control sits on
    if (!chat) return; // not on this form

    // An output of the control. The end of a key is the output's name; what stands before it, Microsoft does not document.
    function output(name) {
        const outputs = chat.getOutputs() || {};
        const entry = outputs[Object.keys(outputs).find((key) => key.split(".").pop() === name)];
        return entry !== null && typeof entry === "object" ? entry.value : entry;
    }

    function show() {
        const unread = output("unreadCount");
        if (unread > 0) formContext.ui.setFormNotification("New messages from the helpdesk: " + unread, "INFO", "chat-unread");
        else formContext.ui.clearFormNotification("chat-unread");
    }

    chat.addOnOutputChange(show);
    show(); // the control may have reported already
};
