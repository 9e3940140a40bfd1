// Locks the priority of the case while the user is chatting, on whichever record the chat began.
// Form event On Load: Contoso.lockWhileChatting, with "Pass execution context as first parameter".
var Contoso = Contoso || {};

Contoso.lockWhileChatting = function (executionContext) {
    const formContext = executionContext.getFormContext();
    const chat = formContext.getControl("contoso_help"); // the column that the control sits on
    const priority = formContext.getAttribute("prioritycode");
    if (!chat || !priority) return; // not on this form

    // A column can be on the form more than once, for example in the header. What is locked for another reason stays so.
    const unlocked = [];
    priority.controls.forEach(function (control) {
        if (!control.getDisabled()) unlocked.push(control);
    });

    // An output of the control. The end of a key is the output's name; what stands before it, Microsoft does not document.
    function output(name) {
        const outputs = chat.getOutputs() || {};
        const entry = outputs[Object.keys(outputs).find((key) => key.split(".").pop() === name)];
        return entry !== null && typeof entry === "object" ? entry.value : entry;
    }

    function lock() {
        const isChatting = output("chatState") === "chatting";
        unlocked.forEach((control) => control.setDisabled(isChatting));
    }

    chat.addOnOutputChange(lock);
    lock(); // the control may have reported already
};
