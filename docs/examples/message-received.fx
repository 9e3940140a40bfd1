// MessageReceived of Chat
Collect(ChatLog, {At: Now(), What: "The helpdesk has written."})
