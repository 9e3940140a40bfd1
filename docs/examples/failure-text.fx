// Text of a label
If(Chat.chatState = "failed" Or Chat.chatState = "not-set-up" Or Chat.chatState = "conflict",
    Switch(Chat.errorCode,
        "offline", "You are offline. The chat goes on by itself when the network is back.",
        "email-missing", "Your account has no e-mail address. Please ask your administrator for one.",
        "Code for your administrator: " & Chat.errorCode
    ),
    ""
)
