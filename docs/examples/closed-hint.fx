// Visible of a hint
Chat.chatState = "unavailable"
