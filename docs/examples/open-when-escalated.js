// Opens a chat when a case is escalated. The control is hidden in the form designer, its start mode is Automatic.
// Form event On Load: Contoso.openWhenEscalated, with "Pass execution context as first parameter".
var Contoso = Contoso || {};

Contoso.openWhenEscalated = function (executionContext) {
    const formContext = executionContext.getFormContext();
    const chat = formContext.getControl("contoso_help"); // the column that the control sits on
    const escalated = formContext.getAttribute("isescalated");
    if (!chat || !escalated) return; // not on this form

    escalated.addOnChange(function () {
        chat.setVisible(escalated.getValue() === true);
    });
};
