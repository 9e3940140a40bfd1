// Writes into a date and time column of the case when a chat has begun. It is saved with the record.
// Form event On Load: Contoso.writeStartTime, with "Pass execution context as first parameter".
var Contoso = Contoso || {};

Contoso.writeStartTime = function (executionContext) {
    const formContext = executionContext.getFormContext();
    const chat = formContext.getControl("contoso_help"); // the column that the control sits on
    const started = formContext.getAttribute("contoso_chatstarted");
    if (!chat || !started) return; // not on this form

    chat.addEventHandler("ChatStarted", function () {
        started.setValue(new Date());
    });
};
